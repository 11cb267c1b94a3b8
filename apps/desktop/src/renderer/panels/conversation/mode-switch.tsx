import { focusOn } from "../../actions/navigate.ts";
import { useClient } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";

interface ModeSwitchProps {
  readonly conversationId: string;
  readonly note: boolean;
}

/** To the customer, or between agents: said in words and in colour, because mixing them up is costly. */
export function ModeSwitch({ conversationId, note }: ModeSwitchProps) {
  const t = useT();
  const client = useClient();
  const set = (next: boolean) => {
    changeDraft(client, conversationId, { note: next });
    focusOn(client, "composer");
  };
  const modes = [
    { value: false, label: t("conversation.composer.replyMode") },
    { value: true, label: t("conversation.composer.noteMode") },
  ];
  return (
    <div role="radiogroup" aria-label={t("conversation.composer.label")} className="flex">
      {modes.map(({ value, label }) => (
        // biome-ignore lint/a11y/useSemanticElements: two words that look like a tab, not round buttons
        <button
          key={label}
          type="button"
          role="radio"
          aria-checked={note === value}
          onClick={() => set(value)}
          className={cn(
            "h-7 rounded-tight px-2 text-small font-medium",
            note === value
              ? "text-ink underline decoration-2 underline-offset-6"
              : "text-ink-3 hover:text-ink",
            note === value && (value ? "decoration-amber" : "decoration-accent"),
          )}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
