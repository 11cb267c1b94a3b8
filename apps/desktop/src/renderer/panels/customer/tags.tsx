import { type Customer, fold } from "@tongdai/shared";
import { Plus } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { editCustomer } from "../../actions/edit-customer.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { tableValues } from "../../state/table.ts";
import { Tag } from "../../ui/badge.tsx";
import { cn } from "../../ui/cn.ts";
import { isComposing } from "../../ui/composing.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Section } from "../../ui/section.tsx";
import { causeText } from "../words.ts";

export function Tags({ customer }: { readonly customer: Customer }) {
  const t = useT();
  const client = useClient();
  const [isAdding, setAdding] = useState(false);
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const change = (tag: string, on: boolean) => {
    setProblem(null);
    editCustomer(client, customer.id, { kind: "tag", tag, on }).catch((cause: unknown) => {
      setProblem(causeText(cause, t));
      // What was typed is offered again rather than lost.
      if (on) setTyped(tag);
      if (on) setAdding(true);
    });
  };
  return (
    <Section
      title={t("customer.tags.title")}
      action={
        !isAdding && (
          <IconButton
            icon={Plus}
            size="small"
            label={t("customer.tags.add")}
            onClick={() => setAdding(true)}
            className="-mr-1"
          />
        )
      }
    >
      {customer.tags.length > 0 && (
        <ul className="flex flex-wrap gap-1">
          {customer.tags.map((tag) => (
            <li key={tag} className="max-w-full">
              <Tag label={neutralise(tag)} onRemove={() => change(tag, false)} />
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <NewTag
          taken={customer.tags}
          typed={typed}
          onType={setTyped}
          onAdd={(tag) => {
            setTyped("");
            change(tag, true);
          }}
          onEnd={() => setAdding(false)}
        />
      ) : (
        customer.tags.length === 0 && <p className="text-body text-ink-3">{t("customer.tags.empty")}</p>
      )}
      {problem !== null && (
        <p role="alert" className="mt-1 text-small text-red-ink">
          {problem}
        </p>
      )}
    </Section>
  );
}

interface NewTagProps {
  readonly taken: readonly string[];
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly onAdd: (tag: string) => void;
  readonly onEnd: () => void;
}

const shownSuggestions = 6;

/** A box with the tags that others carry below it; Enter takes the one that is lit, or what was typed. */
function NewTag({ taken, typed, onType, onAdd, onEnd }: NewTagProps) {
  const t = useT();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [lit, setLit] = useState(-1);
  const suggestions = useSuggestions(typed, taken);
  const choose = (tag: string) => {
    const clean = tag.trim();
    if (clean) onAdd(clean);
    setLit(-1);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const last = suggestions.length - 1;
    if (event.key === "ArrowDown") setLit(Math.min(last, lit + 1));
    else if (event.key === "ArrowUp") setLit(Math.max(-1, lit - 1));
    else if (event.key === "Enter") choose(suggestions[lit] ?? typed);
    else if (event.key === "Escape") onEnd();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative mt-1.5">
      <input
        ref={box}
        // biome-ignore lint/a11y/noAutofocus: the box comes when it is asked for
        autoFocus
        role="combobox"
        aria-label={t("customer.tags.add")}
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={lit >= 0 ? `${id}-${lit}` : undefined}
        autoComplete="off"
        maxLength={40}
        placeholder={t("customer.tags.placeholder")}
        value={typed}
        onChange={(event) => {
          onType(event.target.value);
          setLit(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => typed.trim() === "" && onEnd()}
        className="h-8 w-full rounded-ui border border-line-strong bg-surface px-2.5 text-body text-ink focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0"
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("record.suggestions")}
        className={cn(
          "absolute inset-x-0 top-9 z-10 rounded-ui bg-raised p-1 shadow-float",
          suggestions.length === 0 && "hidden",
        )}
      >
        {suggestions.map((tag, index) => (
          <div
            key={tag}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === lit}
            // The box keeps the focus: losing it would close the list before the press arrives.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(tag)}
            onKeyDown={undefined}
            className={cn(
              "flex h-8 items-center truncate rounded-tight px-2 text-body hover:bg-hover",
              index === lit && "bg-selected",
            )}
          >
            {neutralise(tag)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Tags of the customers known here, the commonest first. */
function useSuggestions(typed: string, taken: readonly string[]): readonly string[] {
  const customers = useSelect((s) => s.customers.byId);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { tags } of tableValues(customers))
      for (const tag of tags) found.set(tag, (found.get(tag) ?? 0) + 1);
    return [...found].sort((a, b) => b[1] - a[1]).map(([tag]) => tag);
  }, [customers]);
  const wanted = fold(typed.trim());
  return counts
    .filter((tag) => !taken.includes(tag) && fold(tag).includes(wanted))
    .slice(0, shownSuggestions);
}
