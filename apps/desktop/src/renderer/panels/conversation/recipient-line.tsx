import { type Correspondent, readRecipients } from "@tongdai/shared";
import { TriangleAlert, X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { useT } from "../../i18n/index.ts";
import { isAddress } from "../../state/letters.ts";
import { cn } from "../../ui/cn.ts";
import { isComposing } from "../../ui/composing.ts";
import { neutralise } from "../../ui/safe-text.ts";

interface RecipientLineProps {
  readonly label: string;
  readonly people: readonly Correspondent[];
  readonly known: readonly Correspondent[];
  /** In place of nobody. */
  readonly placeholder?: string;
  readonly name: "to" | "cc" | "bcc";
  readonly children?: ReactNode;
  /** Whoever asked for the line goes on in it. */
  readonly autoFocus?: boolean;
  readonly onChange: (people: Correspondent[]) => void;
}

/** People as chips and a field for more. A comma, Enter or leaving the field takes what was typed; Backspace takes the last away. */
export function RecipientLine(props: RecipientLineProps) {
  const { label, people, known, placeholder, name, autoFocus, children, onChange } = props;
  const t = useT();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const wrong = people.filter((person) => !isAddress(person));
  const add = (text: string) => {
    setTyped("");
    const fresh = readRecipients(text).map((each) => known.find((k) => same(k, each)) ?? each);
    const added = fresh.filter(
      (each, i) => !people.some((p) => same(p, each)) && fresh.findIndex((f) => same(f, each)) === i,
    );
    if (added.length > 0) onChange([...people, ...added]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return;
    const takes = event.key === "Enter" || event.key === "," || event.key === ";";
    if (takes && typed.trim() !== "") {
      // Ctrl+Enter goes on to send, with what was typed here in it.
      if (!event.ctrlKey && !event.metaKey) event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "") onChange(people.slice(0, -1));
  };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[,;\n]/.test(text)) return;
    event.preventDefault();
    add(typed + text);
  };
  return (
    <div className="flex items-start gap-2 border-b border-line px-3 py-0.5">
      <label htmlFor={id} className="w-12 shrink-0 pt-1 text-small text-ink-3">
        {label}
      </label>
      <div className="min-w-0 flex-1">
        <ul className="flex flex-wrap items-center gap-1">
          {people.map((person) => (
            <Chip
              key={person.address}
              person={person}
              onRemove={() => {
                onChange(people.filter((p) => p !== person));
                field.current?.focus();
              }}
            />
          ))}
          <li className="min-w-32 flex-1">
            <input
              ref={field}
              id={id}
              // biome-ignore lint/a11y/noAutofocus: the button that unfolds it is gone
              autoFocus={autoFocus}
              data-recipients={name}
              list={`${id}-known`}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              placeholder={people.length === 0 ? (placeholder ?? t("desk.letter.address")) : undefined}
              aria-invalid={wrong.length > 0 || undefined}
              aria-describedby={wrong.length > 0 ? `${id}-wrong` : undefined}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={onKeyDown}
              onPaste={onPaste}
              onBlur={() => add(typed)}
              className="h-6 w-full min-w-0 bg-transparent text-body text-ink outline-none placeholder:text-ink-3 [&::-webkit-calendar-picker-indicator]:hidden!"
            />
            <datalist id={`${id}-known`}>
              {known.map(({ address, name: full }) => (
                <option key={address} value={address}>
                  {full}
                </option>
              ))}
            </datalist>
          </li>
        </ul>
        {wrong.length > 0 && (
          <p id={`${id}-wrong`} role="alert" className="text-small text-red-ink">
            {t("desk.letter.badAddress", { address: wrong.map((p) => p.address).join(", ") })}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}

interface ChipProps {
  readonly person: Correspondent;
  readonly onRemove: () => void;
}

function Chip({ person, onRemove }: ChipProps) {
  const t = useT();
  const isWrong = !isAddress(person);
  const shown = neutralise(person.name) || person.address;
  return (
    <li
      title={person.address}
      className={cn(
        "flex h-6 max-w-full min-w-0 items-center gap-1 rounded-tight pl-1.5 text-small",
        isWrong ? "bg-red-soft text-red-ink" : "bg-sunken text-ink",
      )}
    >
      {isWrong && <TriangleAlert size={12} aria-hidden className="shrink-0" />}
      <span className="truncate">{shown}</span>
      <button
        type="button"
        aria-label={t("letter.removeRecipient", { who: shown })}
        onClick={onRemove}
        className="flex size-6 shrink-0 items-center justify-center rounded-tight text-ink-3 hover:text-ink"
      >
        <X size={12} aria-hidden />
      </button>
    </li>
  );
}

const same = (a: Correspondent, b: Correspondent): boolean =>
  a.address.toLowerCase() === b.address.toLowerCase();
