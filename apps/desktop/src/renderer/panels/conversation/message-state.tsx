import type { Message } from "@tongdai/shared";
import { Check, CheckCheck, Clock, type LucideIcon, MessageCircleDashed } from "lucide-react";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { formatTime } from "../../ui/format.ts";

type Shown = "queued" | "sending" | "sent" | "delivered" | "read";

const looks: { readonly [S in Shown]: { readonly icon: LucideIcon; readonly tint: string } } = {
  queued: { icon: Clock, tint: "text-ink-3" },
  sending: { icon: MessageCircleDashed, tint: "text-ink-3" },
  sent: { icon: Check, tint: "text-ink-3" },
  delivered: { icon: CheckCheck, tint: "text-ink-3" },
  read: { icon: CheckCheck, tint: "text-accent-ink" },
};

/** Where an outgoing message is on its road: a shape and a word, never a colour alone. */
export function MessageState({ message }: { readonly message: Message }) {
  const t = useT();
  const { state } = message;
  const isEdited = message.revision > 0 && message.direction === "in";
  if (message.kind === "note" || state === "removed" || state === "received")
    return isEdited ? <p className="text-small text-ink-3">{t("conversation.edited")}</p> : null;
  // These two say more than a word: see Trouble.
  if (state === "failed" || state === "unknown") return null;
  const { icon: Icon, tint } = looks[state];
  return (
    <p className={cn("mt-0.5 flex flex-row-reverse items-center gap-1 text-small", tint)}>
      <Icon size={13} aria-hidden />
      <span
        className={cn(
          (state === "sent" || state === "delivered" || state === "read") &&
            "opacity-0 group-hover:opacity-100 group-focus-within:opacity-100",
        )}
      >
        {t(`conversation.state.${state}`)} <span className="tabular">{formatTime(message.stateAt)}</span>
      </span>
    </p>
  );
}
