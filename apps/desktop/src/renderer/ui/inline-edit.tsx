import { CircleAlert, EyeOff } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";
import { isComposing } from "./composing.ts";
import { neutralise } from "./safe-text.ts";

export interface InlineEditProps {
  readonly value: string;
  /** What the value is: read aloud with it. */
  readonly label: string;
  /** Shown instead of an empty value. */
  readonly placeholder?: string;
  /** Rejects when it could not be saved; what was typed then stays in the box. */
  readonly onSave: (value: string) => Promise<void>;
  /** A refusal in a sentence for people. */
  readonly explain: (cause: unknown) => string;
  /** The value is not the real one: writing begins with an empty box, so that no asterisks are saved. */
  readonly masked?: boolean;
  /** An empty value may be saved too. */
  readonly clearable?: boolean;
  readonly maxLength?: number;
  readonly disabled?: boolean;
  /** Long text is shown whole, on several lines. */
  readonly wrap?: boolean;
  readonly className?: string;
}

/** Text that turns into a box when it is pressed. Enter or leaving saves, Escape gives up. */
export function InlineEdit(props: InlineEditProps) {
  const { value, label, placeholder, masked = false, maxLength = 200, className } = props;
  const { disabled = false, wrap = false } = props;
  const t = useT();
  const box = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const edit = useEdit(props, { box, button });
  const text = "-mx-1.5 w-[calc(100%+12px)] min-w-0 rounded-tight px-1.5 py-0.5";
  if (edit.draft !== null)
    return (
      <span className="block min-w-0">
        <input
          ref={box}
          value={edit.draft}
          aria-label={label}
          aria-invalid={edit.problem !== null || undefined}
          maxLength={maxLength}
          placeholder={masked ? value : placeholder}
          autoComplete="off"
          onChange={(event) => edit.type(event.target.value)}
          onBlur={edit.commit}
          onKeyDown={edit.onKeyDown}
          className={cn(
            text,
            "border-0 bg-surface text-ink outline-2 outline-focus focus-visible:outline-offset-0 aria-invalid:outline-red",
            className,
          )}
        />
        {edit.problem !== null && (
          <span role="alert" className="mt-1.5 flex gap-1 text-small text-red-ink">
            <CircleAlert size={14} aria-hidden className="mt-px shrink-0" />
            {edit.problem}
          </span>
        )}
      </span>
    );
  // Only shown so: the box holds what is really there, so that it can be mended.
  const shown = neutralise(edit.saving ?? value);
  return (
    <button
      ref={button}
      type="button"
      disabled={disabled}
      aria-busy={edit.saving !== null || undefined}
      aria-label={t("record.editNamed", { name: label, value: shown || t("common.none") })}
      title={shown || undefined}
      onClick={edit.begin}
      className={cn(
        text,
        "flex items-center gap-1.5 text-left text-ink not-disabled:hover:bg-hover not-disabled:hover:shadow-[inset_0_0_0_1px_var(--line)]",
        edit.saving !== null && "text-ink-3",
        className,
      )}
    >
      <span
        className={cn(
          "min-w-0",
          wrap ? "wrap-anywhere" : "truncate",
          shown === "" && "font-normal text-ink-3",
        )}
      >
        {shown || placeholder}
      </span>
      {masked && (
        <EyeOff size={12} role="img" aria-label={t("customer.masked")} className="shrink-0 text-ink-3" />
      )}
    </button>
  );
}

interface Places {
  readonly box: RefObject<HTMLInputElement | null>;
  readonly button: RefObject<HTMLButtonElement | null>;
}

function useEdit(props: InlineEditProps, { box, button }: Places) {
  const { value, onSave, explain, masked = false, clearable = false } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [saving, setSaving] = useState<string | null>(null);
  // Explained when it is shown: by then the value may be another one, and the explanation may name it.
  const [refusal, setRefusal] = useState<{ readonly cause: unknown } | null>(null);
  const wantsFocus = useRef<"box" | "button" | null>(null);

  // The box and the button take each other's place; focus follows once the other one is there.
  const isEditing = draft !== null;
  useEffect(() => {
    if (isEditing && wantsFocus.current === "box") {
      box.current?.focus();
      box.current?.select();
    }
    if (!isEditing && wantsFocus.current === "button") button.current?.focus();
    wantsFocus.current = null;
  }, [isEditing, box, button]);

  function stop(focus: "button" | null): void {
    wantsFocus.current = focus;
    setDraft(null);
    setRefusal(null);
  }

  function save(focus: "button" | null): void {
    if (draft === null) return;
    const typed = draft.trim();
    const unchanged = typed === (masked ? "" : value) && refusal === null;
    stop(focus);
    if (unchanged || (typed === "" && !clearable)) return;
    setSaving(typed);
    onSave(typed)
      .catch((cause: unknown) => {
        setDraft(typed);
        setRefusal({ cause });
      })
      .finally(() => setSaving(null));
  }

  return {
    draft,
    saving,
    problem: refusal && explain(refusal.cause),
    begin() {
      wantsFocus.current = "box";
      setDraft(masked ? "" : value);
    },
    type: setDraft,
    commit: () => save(null),
    onKeyDown(event: KeyboardEvent) {
      if (isComposing(event.nativeEvent)) return;
      if (event.key === "Enter") save("button");
      else if (event.key === "Escape") stop("button");
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
