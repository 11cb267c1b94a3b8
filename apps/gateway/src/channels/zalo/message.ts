import { z } from "zod";
import { Text, Unreadable, VendorId } from "../kit/values.ts";
import { readAttachments } from "./attachments.ts";
import { userOf, type ZaloEvent } from "./event.ts";
import type { Reader } from "./parse.ts";
import { visitorAddress } from "./visitor.ts";

const Message = z.object({
  msg_id: VendorId,
  text: Text.nullish().catch(null),
  quote_msg_id: VendorId.nullish().catch(null),
  attachments: z.array(z.unknown()).nullish().catch(null),
  conversation_id: VendorId.nullish().catch(null),
});

function messageIn(event: ZaloEvent) {
  const message = Message.parse(event.raw["message"]);
  const attachments = readAttachments(message.attachments ?? []);
  // The address of a link stands in both; once is enough.
  const only = attachments.length === 1 ? attachments[0] : undefined;
  const text = message.text ?? "";
  const isRepeated = only?.kind === "link" && only.url === text.trim();
  return { ...message, text: isRepeated ? "" : text, attachments };
}

const from = (event: ZaloEvent, address: string): ReturnType<Reader> => {
  const message = messageIn(event);
  return {
    key: message.msg_id,
    event: {
      kind: "message",
      from: address,
      externalId: message.msg_id,
      text: message.text,
      attachments: message.attachments,
      replyToExternalId: message.quote_msg_id ?? null,
      extra: {},
      live: true,
    },
  };
};

export const readMessage: Reader = (event) => from(event, userOf(event));

/** Somebody without a log-in, on the account's page. */
export const readVisitor: Reader = (event) => {
  const talkId = messageIn(event).conversation_id;
  if (!talkId) throw new Unreadable("no conversation id");
  return from(event, visitorAddress(userOf(event), talkId));
};

/** Sent in the account's name: by us, or by a person in the vendor's own tool. It carries no word of ours. */
export const readEcho: Reader = (event) => echoTo(event, userOf(event));

/** The same to somebody without a log-in. */
export const readVisitorEcho: Reader = (event) => {
  const talkId = messageIn(event).conversation_id;
  if (!talkId) throw new Unreadable("no conversation id");
  return echoTo(event, visitorAddress(userOf(event), talkId));
};

const echoTo = (event: ZaloEvent, to: string): ReturnType<Reader> => {
  const message = messageIn(event);
  return {
    key: message.msg_id,
    event: {
      kind: "echo",
      to,
      externalId: message.msg_id,
      ours: null,
      byContent: !event.byAdmin,
      ...(event.name === "oa_send_template" && { template: true }),
      text: message.text,
      attachments: message.attachments,
    },
  };
};
