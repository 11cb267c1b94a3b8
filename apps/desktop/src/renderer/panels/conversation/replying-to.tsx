import type { Conversation } from "@tongdai/shared";
import { X } from "lucide-react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { useT } from "../../i18n/index.ts";
import { selectMessage } from "../../state/selectors.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { commenter } from "./commenter.ts";

interface ReplyingToProps {
  readonly conversation: Conversation;
  readonly id: string;
}

export function ReplyingTo({ conversation, id }: ReplyingToProps) {
  const t = useT();
  const client = useClient();
  const message = useSelect((s) => selectMessage(s, conversation.id, id));
  const kind = message?.attachments[0]?.kind;
  const name = message?.direction === "in" ? commenter(message, conversation, t) : t("common.you");
  return (
    <div className="mx-3 mt-1 flex items-center gap-2 border-l-2 border-accent pl-2">
      <p className="min-w-0 flex-1 text-small">
        <span className="block truncate font-medium text-accent-ink">
          {t("conversation.composer.replyingTo", { name })}
        </span>
        <span className="block truncate text-ink-3">
          {neutralise(message?.text ?? "") || (kind ? t(`desk.attachment.${kind}`) : "")}
        </span>
      </p>
      <IconButton
        icon={X}
        size="small"
        label={t("conversation.composer.cancelReply")}
        onClick={() => changeDraft(client, conversation.id, { replyToId: null })}
      />
    </div>
  );
}
