import { ChannelId } from "@tongdai/shared";
import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { addsRow, Rows, removesRow } from "../../ui/rows.tsx";
import { NumberField } from "./number-field.tsx";
import { PriorityExample } from "./priority-example.tsx";
import { newKey, typedPriority } from "./queue-draft.ts";
import { type QueuePartProps, withLine, withoutLine } from "./queue-part.ts";

/** Points, where they come from, and what they lead to. */
export function QueuePriority({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  const part = { draft, onChange, errorOf };
  return (
    <>
      <p className="text-pretty text-ink-2">{t("rules.priority.lead")}</p>
      <div className="grid grid-cols-2 gap-4">
        {(["base", "perMinute"] as const).map((key) => (
          <NumberField
            key={key}
            label={t(`rules.priority.${key}`)}
            hint={t(`rules.priority.${key}Hint`)}
            unit={t("rules.points")}
            value={draft[key]}
            onChange={(value) => onChange({ [key]: value })}
            error={errorOf(`rules.priority.${key}`)}
          />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-x-6 gap-y-4">
        <Tags {...part} />
        <Windows {...part} />
      </div>
      <Channels {...part} />
      <PriorityExample rule={typedPriority(draft)} />
    </>
  );
}

interface PointListProps {
  readonly title: string;
  readonly hint: string;
  readonly add: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
}

function PointList({ title, hint, add, onAdd, children }: PointListProps) {
  return (
    <fieldset className="flex min-w-0 flex-col items-start gap-1.5">
      <legend className="text-small font-medium text-ink-2">{title}</legend>
      <p className="text-small text-ink-3">{hint}</p>
      <Rows>
        {children}
        <Button size="small" variant="ghost" icon={Plus} onClick={onAdd} {...addsRow}>
          {add}
        </Button>
      </Rows>
    </fieldset>
  );
}

const row = "flex w-full min-w-0 items-start gap-1";

function Tags({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  const { byTag } = draft;
  return (
    <PointList
      title={t("rules.priority.byTag")}
      hint={t("rules.priority.byTagHint")}
      add={t("rules.priority.addTag")}
      onAdd={() => onChange({ byTag: [...byTag, { key: newKey(), tag: "", points: "10" }] })}
    >
      {byTag.map(({ key, tag, points }, at) => (
        <div key={key} className={row}>
          <Field
            label={t("rules.priority.tag")}
            hideLabel
            className="flex-1"
            {...errorOf(`rules.priority.byTag.${at}.tag`)}
          >
            <Input
              value={tag}
              maxLength={40}
              placeholder={t("rules.priority.tag")}
              onChange={(event) => onChange({ byTag: withLine(byTag, key, { tag: event.target.value }) })}
            />
          </Field>
          <NumberField
            label={t("rules.priority.pointsOf", { name: tag })}
            hideLabel
            unit={t("rules.points")}
            value={points}
            onChange={(value) => onChange({ byTag: withLine(byTag, key, { points: value }) })}
            error={errorOf(`rules.priority.byTag.${at}.points`)}
            className="w-24 shrink-0"
          />
          <IconButton
            icon={X}
            label={t("rules.priority.removeTag", { tag })}
            onClick={() => onChange({ byTag: withoutLine(byTag, key) })}
            {...removesRow}
          />
        </div>
      ))}
    </PointList>
  );
}

function Windows({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  const { byWindow } = draft;
  return (
    <PointList
      title={t("rules.priority.byWindow")}
      hint={t("rules.priority.byWindowHint")}
      add={t("rules.priority.addWindow")}
      onAdd={() => onChange({ byWindow: [...byWindow, { key: newKey(), hours: "2", points: "10" }] })}
    >
      {byWindow.map(({ key, hours, points }, at) => (
        <div key={key} className={row}>
          <NumberField
            label={t("rules.priority.within")}
            hideLabel
            unit={t("rules.hours")}
            value={hours}
            onChange={(value) => onChange({ byWindow: withLine(byWindow, key, { hours: value }) })}
            error={errorOf(`rules.priority.byWindow.${at}.withinMs`)}
            className="flex-1"
          />
          <NumberField
            label={t("rules.priority.pointsOf", { name: `${hours} ${t("rules.hours")}` })}
            hideLabel
            unit={t("rules.points")}
            value={points}
            onChange={(value) => onChange({ byWindow: withLine(byWindow, key, { points: value }) })}
            error={errorOf(`rules.priority.byWindow.${at}.points`)}
            className="w-24 shrink-0"
          />
          <IconButton
            icon={X}
            label={t("rules.priority.removeWindow", { hours })}
            onClick={() => onChange({ byWindow: withoutLine(byWindow, key) })}
            {...removesRow}
          />
        </div>
      ))}
    </PointList>
  );
}

/** Those of the gateway, and any that has points already. */
function Channels({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  const channels = useSelect((s) => s.people.channels);
  const { byChannel } = draft;
  const shown = ChannelId.options.filter((id) => channels[id] || byChannel[id] !== undefined);
  return (
    <fieldset>
      <legend className="mb-1 text-small font-medium text-ink-2">{t("rules.priority.byChannel")}</legend>
      <div className="grid grid-cols-5 gap-4">
        {shown.map((id) => (
          <NumberField
            key={id}
            label={t(`common.channel.${id}`)}
            unit={t("rules.points")}
            value={byChannel[id] ?? "0"}
            onChange={(value) => onChange({ byChannel: { ...byChannel, [id]: value } })}
            error={errorOf(`rules.priority.byChannel.${id}`)}
          />
        ))}
      </div>
    </fieldset>
  );
}
