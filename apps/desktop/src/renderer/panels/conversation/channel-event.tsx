import { ChannelId, type Message } from "@tongdai/shared";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { formatDateTime, formatTime } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { channelEventText } from "../words.ts";
import { SharedContact } from "./shared-contact.tsx";

/** Something that happened on the channel and is not a message. */
export function ChannelEvent({ message }: { readonly message: Message }) {
  const t = useT();
  const client = useClient();
  const name = message.event?.name ?? "";
  const leadsTo = message.event?.data["conversationId"];
  const channel = ChannelId.safeParse(message.event?.data["channel"]).data;
  const source = message.event?.data["source"] ?? message.event?.data["title"] ?? message.text;
  const words =
    name === "referral" && source
      ? t("desk.message.referral", { source: neutralise(source) })
      : neutralise(message.text) || channelEventText(name, t);
  return (
    <li className="my-1.5 text-center text-small text-ink-3" id={`message-${message.id}`}>
      {channel && leadsTo ? (
        <button
          type="button"
          onClick={() => openConversation(client, leadsTo)}
          className="rounded-tight text-accent-ink hover:underline"
        >
          {words}: {t(`common.channel.${channel}`)}
        </button>
      ) : (
        words
      )}{" "}
      <time title={formatDateTime(message.at)} className="tabular">
        {formatTime(message.at)}
      </time>
      {name === "contact_shared" && <SharedContact message={message} />}
    </li>
  );
}
