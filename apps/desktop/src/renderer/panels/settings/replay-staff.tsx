import { Plus, X } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import type { Submit } from "../use-submit.ts";
import { NumberField } from "./number-field.tsx";
import { newKey } from "./queue-draft.ts";
import { withLine, withoutLine } from "./queue-part.ts";
import type { StaffDraft } from "./replay-draft.ts";

interface ReplayStaffProps {
  /** With which a new line begins; `null`: the first. */
  readonly queueId: string | null;
  readonly lines: readonly StaffDraft[];
  readonly onChange: (lines: readonly StaffDraft[]) => void;
  readonly errorOf: Submit["errorOf"];
}

/** More or fewer agents, by queue and hours. */
export function ReplayStaff({ queueId, lines, onChange, errorOf }: ReplayStaffProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const sorted = Object.values(queues).sort((a, b) => a.name.localeCompare(b.name));
  const first = queues[queueId ?? ""] ?? sorted[0];
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("replay.staff")}</legend>
      {lines.map((line, at) => (
        <div key={line.key} className="flex items-start gap-3">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <span aria-hidden className="text-small font-medium text-ink-2">
              {t("report.rows.queue")}
            </span>
            <Select
              label={t("report.rows.queue")}
              value={line.queueId}
              onChange={(queueId) => onChange(withLine(lines, line.key, { queueId }))}
              options={sorted.map((queue) => ({ value: queue.id, label: queue.name }))}
            />
          </div>
          {(["count", "fromHour", "toHour"] as const).map((key) => (
            <NumberField
              key={key}
              label={t(`replay.${key}`)}
              value={line[key]}
              onChange={(value) => onChange(withLine(lines, line.key, { [key]: value }))}
              error={errorOf(`changes.staff.${at}.${key}`)}
              className="w-32 shrink-0"
            />
          ))}
          <IconButton
            icon={X}
            label={t("replay.removeStaff", { queue: queues[line.queueId]?.name ?? t("common.unknown") })}
            onClick={() => onChange(withoutLine(lines, line.key))}
            className="mt-5"
          />
        </div>
      ))}
      {first && (
        <Button
          size="small"
          icon={Plus}
          onClick={() =>
            onChange([
              ...lines,
              { key: newKey(), queueId: first.id, count: "1", fromHour: "8", toHour: "18" },
            ])
          }
          className="self-start"
        >
          {t("replay.addStaff")}
        </Button>
      )}
    </fieldset>
  );
}
