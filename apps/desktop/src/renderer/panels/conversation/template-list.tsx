import type { MessageTemplate } from "@tongdai/shared";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { isComposing } from "../../ui/composing.ts";
import { Field } from "../../ui/field.tsx";
import { formatTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { foldForSearch } from "../../ui/text.ts";
import { priceText } from "./price-text.ts";

interface TemplateListProps {
  readonly templates: readonly MessageTemplate[];
  readonly fetchedAt: number;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  /** The choice stands: on to what is to be put in. */
  readonly onEnter: () => void;
  readonly onRefresh: () => void;
}

/** Those that may be sent, by name; the arrow keys go through them from the box that searches. */
export function TemplateList(props: TemplateListProps) {
  const { templates, fetchedAt, chosen, onChoose, onEnter, onRefresh } = props;
  const t = useT();
  const [query, setQuery] = useState("");
  const wanted = foldForSearch(query);
  const shown = templates.filter(({ name }) => foldForSearch(name).includes(wanted));
  const step = (by: number) => {
    const at = shown.findIndex(({ id }) => id === chosen);
    const to = shown[(Math.max(at, by > 0 ? -1 : 0) + by + shown.length) % shown.length];
    if (to) onChoose(to.id);
  };
  const search = (text: string) => {
    setQuery(text);
    const first = templates.find(({ name }) => foldForSearch(name).includes(foldForSearch(text)));
    if (first) onChoose(first.id);
  };
  return (
    <div className="flex min-h-0 w-64 shrink-0 flex-col gap-2">
      <Field label={t("template.search")} hideLabel>
        <Input
          value={query}
          placeholder={t("template.search")}
          onChange={(event) => search(event.target.value)}
          onKeyDown={(event) => {
            if (isComposing(event.nativeEvent)) return;
            if (event.key === "ArrowDown") step(1);
            else if (event.key === "ArrowUp") step(-1);
            else if (event.key === "Enter") onEnter();
            else return;
            event.preventDefault();
          }}
        />
      </Field>
      <div
        role="radiogroup"
        aria-label={t("template.list")}
        className="min-h-40 flex-1 overflow-y-auto rounded-ui border border-line"
      >
        {shown.map((template) => (
          <Row
            key={template.id}
            template={template}
            isChosen={template.id === chosen}
            onChoose={() => onChoose(template.id)}
          />
        ))}
        {shown.length === 0 && <p className="px-3 py-4 text-center text-ink-3">{t("template.noneFound")}</p>}
      </div>
      <p className="flex items-center justify-between gap-2 text-small text-ink-3">
        {t("template.asOf", { time: formatTime(fetchedAt) })}
        <IconButton icon={RefreshCw} label={t("template.refresh")} side="top" onClick={onRefresh} />
      </p>
    </div>
  );
}

interface RowProps {
  readonly template: MessageTemplate;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ template, isChosen, onChoose }: RowProps) {
  const t = useT();
  const { name, price, quality } = template;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of two lines, not round buttons
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      onClick={onChoose}
      className={cn(
        "focus-inset flex w-full flex-col px-3 py-1.5 text-left",
        isChosen ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <span className="line-clamp-2 text-body">{neutralise(name)}</span>
      <span className="tabular text-small text-ink-3">
        {price ? priceText(price) : t("template.priceUnknown")}
        {quality === "low" && <span className="text-amber-ink"> · {t("template.quality.low")}</span>}
      </span>
    </button>
  );
}
