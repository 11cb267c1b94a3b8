import type { Conversation } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";

const nobody: readonly never[] = [];

/** Keeps its height when nobody types, so that nothing moves. */
export function Typing({ conversation }: { readonly conversation: Conversation }) {
  const t = useT();
  const marks = useSelect((s) => s.typing[conversation.id] ?? nobody);
  const users = useSelect((s) => s.people.users);
  return (
    <p className="mx-auto h-6 max-w-240 truncate pt-1 text-small text-ink-3" aria-live="off">
      {marks.map((mark) => (
        <span key={mark.userId ?? "customer"} className="mr-3 animate-breathe">
          {mark.userId === null
            ? t("conversation.customerTyping")
            : t("conversation.alsoTyping", { name: users[mark.userId]?.name ?? t("common.unknown") })}
        </span>
      ))}
    </p>
  );
}
