import type { Conversation } from "@tongdai/shared";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { useT } from "../../i18n/index.ts";
import type { DraftState } from "../../state/model.ts";
import { selectCapabilities } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";

interface ModeSwitchProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
}

type Mode = "public" | "private" | "reply" | "note";

/** To the customer, to everybody, or between agents: said in words and in colour, because mixing them up is costly. */
export function ModeSwitch({ conversation, draft }: ModeSwitchProps) {
  const t = useT();
  const client = useClient();
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.public);
  const set = (mode: Mode) => {
    changeDraft(client, conversation.id, { note: mode === "note", privately: mode === "private" });
    focusOn(client, "composer");
  };
  const now: Mode = draft.note ? "note" : !rules ? "reply" : draft.privately ? "private" : "public";
  const note = { value: "note", label: t("conversation.composer.noteMode") } as const;
  const modes: readonly { value: Mode; label: string }[] = !rules
    ? [{ value: "reply", label: t("conversation.composer.replyMode") }, note]
    : [
        { value: "public", label: t("comments.publicMode") },
        ...(rules.privateReply ? [{ value: "private" as const, label: t("comments.privateMode") }] : []),
        note,
      ];
  return (
    <div role="radiogroup" aria-label={t("conversation.composer.label")} className="flex">
      {modes.map(({ value, label }) => (
        // biome-ignore lint/a11y/useSemanticElements: two words that look like a tab, not round buttons
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={now === value}
          onClick={() => set(value)}
          className={cn(
            "h-7 rounded-tight px-2 text-small font-medium",
            now === value
              ? "text-ink underline decoration-2 underline-offset-6"
              : "text-ink-3 hover:text-ink",
            now === value &&
              (value === "note" || value === "public" ? "decoration-amber" : "decoration-accent"),
          )}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
