import { DISPOSITION_MARK, type DispositionLeaf } from "@tongdai/shared";
import { Check } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { foldForSearch } from "../../ui/text.ts";

interface DispositionPickerProps {
  readonly leaves: readonly DispositionLeaf[];
  readonly value: string | null;
  readonly onChange: (path: string | null) => void;
  /** Nobody has to say how it ended. */
  readonly optional: boolean;
  readonly error?: string | undefined;
}

/** How it ended: typed letters narrow the tree, the arrows go through what is left. */
export function DispositionPicker(props: DispositionPickerProps) {
  const { leaves, value, onChange, optional, error } = props;
  const t = useT();
  const id = useId();
  const [query, setQuery] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const words = foldForSearch(query).split(/\s+/).filter(Boolean);
  const shown = leaves.filter(({ path }) => words.every((word) => foldForSearch(path).includes(word)));
  const at = shown.findIndex(({ path }) => path === value);

  function narrow(next: string): void {
    setQuery(next);
    const found = foldForSearch(next).split(/\s+/).filter(Boolean);
    const left = leaves.filter(({ path }) => found.every((word) => foldForSearch(path).includes(word)));
    if (found.length > 0 && !left.some(({ path }) => path === value)) onChange(left[0]?.path ?? null);
  }
  function move(event: KeyboardEvent): void {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next =
      at < 0 && event.key === "ArrowUp" ? shown.length - 1 : at + (event.key === "ArrowDown" ? 1 : -1);
    const to = shown[(next + shown.length) % shown.length];
    if (!to) return;
    onChange(to.path);
    list.current?.children[shown.indexOf(to)]?.scrollIntoView?.({ block: "nearest" });
  }

  return (
    <div className="flex flex-col gap-1.5">
      <Field label={t("wrapUp.disposition")} optional={optional} {...(error ? { error } : {})}>
        <Input
          value={query}
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          autoComplete="off"
          placeholder={t("wrapUp.search")}
          onChange={(event) => narrow(event.target.value)}
          onKeyDown={move}
        />
      </Field>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t("wrapUp.disposition")}
        className="max-h-44 overflow-y-auto rounded-ui border border-line"
      >
        {shown.map(({ path, resolved }, i) => (
          <div
            key={path}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={path === value}
            onMouseDown={(event) => {
              // The field keeps the focus: its keys go on working.
              event.preventDefault();
              onChange(optional && path === value ? null : path);
            }}
            className={cn(
              "flex min-h-8 cursor-default items-center gap-2 px-2.5 py-1",
              path === value ? "bg-selected" : "hover:bg-hover",
            )}
          >
            <Path path={path} />
            {path === value && <Check size={14} aria-hidden className="shrink-0 text-accent-ink" />}
            {!resolved && <span className="shrink-0 text-small text-amber-ink">{t("wrapUp.open")}</span>}
          </div>
        ))}
        {shown.length === 0 && <p className="px-2.5 py-3 text-center text-ink-3">{t("wrapUp.nothing")}</p>}
      </div>
    </div>
  );
}

/** The code itself in full, what stands above it quietly. */
function Path({ path }: { readonly path: string }) {
  const names = path.split(` ${DISPOSITION_MARK} `);
  const above = names.slice(0, -1).join(` ${DISPOSITION_MARK} `);
  return (
    <span className="min-w-0 flex-1">
      {above && (
        <span className="text-ink-3">
          {above} {DISPOSITION_MARK}{" "}
        </span>
      )}
      {names.at(-1)}
    </span>
  );
}
