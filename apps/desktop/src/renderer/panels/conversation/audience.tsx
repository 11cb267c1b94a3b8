import type { Conversation } from "@tongdai/shared";
import { Globe, Lock } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { DraftState } from "../../state/model.ts";
import { selectCapabilities } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { useTicking } from "../../ui/ticker.ts";
import { lengthText } from "../../ui/time.tsx";
import { commenter } from "./commenter.ts";
import { usePrivateAnswer } from "./use-private-answer.ts";

interface AudienceProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
}

/** Who will read what is being written, where that may be everybody: in words, a shape and a colour. */
export function Audience({ conversation, draft }: AudienceProps) {
  const t = useT();
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.public);
  const { target, obstacle } = usePrivateAnswer(conversation, draft);
  const within = rules?.privateReply?.within ?? 0;
  const time = useTicking((now) => lengthText((target?.at ?? 0) + within - now, t));
  if (!rules) return null;
  const Icon = draft.privately ? Lock : Globe;
  const isOpen = draft.privately && obstacle === null && target !== null;
  const text = isOpen
    ? t("comments.onlyThem", { name: commenter(target, conversation, t), time })
    : t(draft.privately ? "comments.noTarget" : "comments.everybody");
  return (
    <span
      role="status"
      className={cn(
        "inline-flex min-w-0 items-center gap-1 pr-1.5 text-small font-medium",
        draft.privately ? "text-ink-2" : "text-amber-ink",
      )}
    >
      <Icon size={13} aria-hidden className="shrink-0" />
      <span className="truncate" title={isOpen ? `${text}. ${t("comments.onceEach")}` : text}>
        {text}
      </span>
    </span>
  );
}
