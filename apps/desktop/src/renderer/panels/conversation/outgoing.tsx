import { Clock, MessageCircleDashed, StickyNote } from "lucide-react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { discardRefused, editRefused, retryRefused } from "../../actions/send-message.ts";
import { useT } from "../../i18n/index.ts";
import type { MessageItem } from "../../state/outgoing.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { FileChip } from "../../ui/files.tsx";
import { SafeText } from "../../ui/safe-text-view.tsx";
import { errorText } from "../words.ts";
import { bubbleLook } from "./bubble.tsx";
import { Box, Choices } from "./trouble.tsx";

/** What was written here and the gateway has not yet confirmed. */
export function Outgoing({ item }: { readonly item: MessageItem }) {
  const t = useT();
  const media = useSelect((s) => s.media);
  const isNote = item.name === "note.add";
  const mediaIds = item.name === "message.send" ? (item.input.mediaIds ?? []) : [];
  return (
    <li className="mt-0.5 flex flex-col items-end" aria-busy={item.status !== "refused"}>
      <div className="flex max-w-[min(76%,44rem)] min-w-0 flex-col items-end gap-1">
        {item.name === "message.send" && item.input.letter && (
          <p className="max-w-full truncate text-small text-ink-3">
            {item.input.letter.subject}
            {item.input.letter.to && ` · ${item.input.letter.to.map((p) => p.address).join(", ")}`}
          </p>
        )}
        {item.input.text !== "" && (
          <div
            className={cn(
              "rounded-ui px-3 py-1.5 text-read",
              bubbleLook[isNote ? "note" : "out"],
              item.status !== "refused" && "opacity-80",
            )}
          >
            {isNote && <StickyNote size={12} aria-hidden className="mr-1 inline" />}
            <SafeText text={item.input.text} />
          </div>
        )}
        {mediaIds.map((id) => (
          <FileChip
            key={id}
            name={media[id]?.name ?? t("common.file")}
            {...(media[id] ? { bytes: media[id].size, type: media[id].mime } : {})}
          />
        ))}
      </div>
      {item.status === "refused" ? <Refused item={item} /> : <Status item={item} />}
    </li>
  );
}

function Status({ item }: { readonly item: MessageItem }) {
  const t = useT();
  const isLive = useSelect((s) => s.connection.status === "live");
  const Icon = isLive ? MessageCircleDashed : Clock;
  return (
    <p className="mt-0.5 flex items-center gap-1 text-small text-ink-3">
      <Icon size={13} aria-hidden />
      {isLive
        ? t(item.status === "sending" ? "conversation.state.sending" : "conversation.state.queued")
        : t("conversation.state.heldOffline")}
    </p>
  );
}

function Refused({ item }: { readonly item: MessageItem }) {
  const t = useT();
  const client = useClient();
  return (
    <Box tone="red">
      <p>
        {t("desk.message.refused", { reason: errorText(item.error?.code ?? "internal", t) })}.{" "}
        {t("conversation.failed.kept")}
      </p>
      <Choices>
        <Button size="small" onClick={() => retryRefused(client, item.id)}>
          {t("conversation.failed.resend")}
        </Button>
        <Button size="small" onClick={() => editRefused(client, item.id)}>
          {t("conversation.failed.editAndResend")}
        </Button>
        <Button size="small" variant="ghost" onClick={() => discardRefused(client, item.id)}>
          {t("conversation.failed.discard")}
        </Button>
      </Choices>
    </Box>
  );
}
