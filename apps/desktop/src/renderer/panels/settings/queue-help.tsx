import { Plus, X } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { addsRow, Rows, removesRow } from "../../ui/rows.tsx";
import { Select } from "../../ui/select.tsx";
import { NumberField } from "./number-field.tsx";
import { newKey } from "./queue-draft.ts";
import { type QueuePartProps, withLine, withoutLine } from "./queue-part.ts";

interface QueueHelpProps extends QueuePartProps {
  /** A queue does not help itself; a new one has no id yet. */
  readonly queueId: string | null;
}

/** Which other queues' people are asked too, and when. */
export function QueueHelp({ queueId, draft, onChange, errorOf }: QueueHelpProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const { overflow } = draft;
  const others = Object.values(queues)
    .filter((queue) => queue.id !== queueId)
    .sort((a, b) => a.name.localeCompare(b.name));
  const free = others.filter((queue) => !overflow.some((help) => help.queueId === queue.id));
  const next = free[0];
  const nameOf = (id: string) => queues[id]?.name ?? t("common.unknown");
  return (
    <>
      <p className="text-pretty text-ink-2">{t("rules.help.lead")}</p>
      {others.length === 0 && <p className="text-ink-3">{t("rules.help.alone")}</p>}
      {others.length > 0 && overflow.length === 0 && <p className="text-ink-3">{t("rules.help.none")}</p>}
      <Rows>
        {overflow.map(({ key, queueId: helper, after, longerThan }, at) => (
          <div key={key} className="flex items-start gap-3 border-b border-line pb-3">
            <div className="flex min-w-0 flex-1 flex-col gap-1">
              <span aria-hidden className="text-small font-medium text-ink-2">
                {t("rules.help.queue")}
              </span>
              <Select
                label={t("rules.help.queue")}
                value={helper}
                onChange={(chosen) => onChange({ overflow: withLine(overflow, key, { queueId: chosen }) })}
                options={others
                  .filter((queue) => queue.id === helper || free.includes(queue))
                  .map((queue) => ({ value: queue.id, label: queue.name }))}
              />
            </div>
            <NumberField
              label={t("rules.help.after")}
              unit={t("rules.seconds")}
              value={after}
              onChange={(value) => onChange({ overflow: withLine(overflow, key, { after: value }) })}
              error={errorOf(`rules.overflow.${at}.afterMs`)}
              className="w-44 shrink-0"
            />
            <NumberField
              label={t("rules.help.longerThan")}
              value={longerThan}
              onChange={(value) => onChange({ overflow: withLine(overflow, key, { longerThan: value }) })}
              error={errorOf(`rules.overflow.${at}.longerThan`)}
              className="w-44 shrink-0"
            />
            <IconButton
              icon={X}
              label={t("rules.help.remove", { queue: nameOf(helper) })}
              onClick={() => onChange({ overflow: withoutLine(overflow, key) })}
              {...removesRow}
              className="mt-5"
            />
          </div>
        ))}
        {next && (
          <Button
            size="small"
            icon={Plus}
            {...addsRow}
            onClick={() =>
              onChange({
                overflow: [...overflow, { key: newKey(), queueId: next.id, after: "120", longerThan: "" }],
              })
            }
            className="self-start"
          >
            {t("rules.help.add")}
          </Button>
        )}
      </Rows>
    </>
  );
}
