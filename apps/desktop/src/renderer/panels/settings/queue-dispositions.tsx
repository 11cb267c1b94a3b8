import { ArrowDown, ArrowUp, CornerDownRight, CornerLeftUp, Plus, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { isComposing } from "../../ui/composing.ts";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { added, isGroup, moved, namePaths, removed, shifted, type TreeLine } from "./disposition-tree.ts";
import { newKey } from "./queue-draft.ts";
import { type QueuePartProps, withLine } from "./queue-part.ts";

const steps = {
  ArrowLeft: (lines: readonly TreeLine[], at: number) => shifted(lines, at, -1),
  ArrowRight: (lines: readonly TreeLine[], at: number) => shifted(lines, at, 1),
  ArrowUp: (lines: readonly TreeLine[], at: number) => moved(lines, at, -1),
  ArrowDown: (lines: readonly TreeLine[], at: number) => moved(lines, at, 1),
} as const;
const indents = ["", "ml-6", "ml-12"] as const;

/** The tree of codes that say how work ended, a line each; all of it can be done by keys. */
export function QueueDispositions({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  const lines = draft.dispositions;
  const paths = namePaths(lines);
  const box = useRef<HTMLFieldSetElement>(null);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    box.current?.querySelector<HTMLElement>(`[data-line="${wanted.current}"]`)?.focus();
    wanted.current = null;
  });

  function put(next: readonly TreeLine[] | null, focus: number | undefined): void {
    if (!next) return;
    wanted.current = focus ?? null;
    onChange({ dispositions: next });
  }
  function add(at: number): void {
    const key = newKey();
    put(lines.length === 0 ? [{ key, depth: 0, name: "", resolved: true }] : added(lines, at, key), key);
  }
  const remove = (at: number) => put(removed(lines, at), lines[at - 1]?.key ?? lines[at + 1]?.key);
  function onKeyDown(event: KeyboardEvent, at: number): void {
    const line = lines[at];
    if (!line || isComposing(event.nativeEvent)) return;
    const { key } = event;
    if (event.altKey && key in steps) put(steps[key as keyof typeof steps](lines, at), line.key);
    else if (key === "Enter" && !event.ctrlKey && !event.metaKey) add(at);
    else if (key === "Backspace" && line.name === "" && lines.length > 1) remove(at);
    else return;
    event.preventDefault();
  }

  return (
    <fieldset ref={box} className="flex min-w-0 flex-col items-start gap-1.5">
      <legend className="mb-1 text-small font-medium text-ink-2">
        {t("admin.queues.dispositionsLabel")}
      </legend>
      <p className="mb-1 text-pretty text-small text-ink-3">{t("wrapUp.edit.keys")}</p>
      {lines.map((line, at) => (
        <Line
          key={line.key}
          line={line}
          isGroup={isGroup(lines, at)}
          error={errorOf(paths[at] || "none")}
          onKeyDown={(event) => onKeyDown(event, at)}
          onChange={(change) => onChange({ dispositions: withLine(lines, line.key, change) })}
          onStep={(step) => put(steps[step](lines, at), line.key)}
          may={(step) => steps[step](lines, at) !== null}
          onRemove={() => remove(at)}
        />
      ))}
      <Button size="small" icon={Plus} onClick={() => add(lines.length - 1)}>
        {t("wrapUp.edit.add")}
      </Button>
    </fieldset>
  );
}

type Step = keyof typeof steps;

interface LineProps {
  readonly line: TreeLine;
  readonly isGroup: boolean;
  readonly error: ReturnType<QueuePartProps["errorOf"]>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onChange: (change: Partial<TreeLine>) => void;
  readonly may: (step: Step) => boolean;
  readonly onStep: (step: Step) => void;
  readonly onRemove: () => void;
}

const buttons = [
  { step: "ArrowLeft", icon: CornerLeftUp, label: "wrapUp.edit.out" },
  { step: "ArrowRight", icon: CornerDownRight, label: "wrapUp.edit.in" },
  { step: "ArrowUp", icon: ArrowUp, label: "wrapUp.edit.up" },
  { step: "ArrowDown", icon: ArrowDown, label: "wrapUp.edit.down" },
] as const;

function Line({ line, isGroup: group, error, onKeyDown, onChange, may, onStep, onRemove }: LineProps) {
  const t = useT();
  const name = line.name.trim() || t("wrapUp.edit.unnamed");
  return (
    <div className="flex w-full items-start gap-2">
      <Field
        label={t("wrapUp.edit.name", { level: line.depth + 1 })}
        hideLabel
        className={`flex-1 ${indents[line.depth] ?? ""}`}
        {...error}
      >
        <Input
          value={line.name}
          maxLength={100}
          data-line={line.key}
          onKeyDown={onKeyDown}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <div className="flex h-8 w-32 shrink-0 items-center">
        {group ? (
          <span className="text-small text-ink-3">{t("wrapUp.edit.group")}</span>
        ) : (
          <Checkbox
            checked={line.resolved}
            onChange={(resolved) => onChange({ resolved })}
            label={
              <>
                {t("wrapUp.edit.resolved")}
                <span className="sr-only">: {name}</span>
              </>
            }
          />
        )}
      </div>
      <span className="flex h-8 shrink-0 items-center">
        {buttons.map(({ step, icon, label }) => (
          <IconButton
            key={step}
            size="small"
            icon={icon}
            label={t(label, { name })}
            disabled={!may(step)}
            onClick={() => onStep(step)}
          />
        ))}
        <IconButton size="small" icon={X} label={t("wrapUp.edit.remove", { name })} onClick={onRemove} />
      </span>
    </div>
  );
}
