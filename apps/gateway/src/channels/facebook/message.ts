import { Id } from "@tongdai/shared";
import { z } from "zod";
import { keyOf, Text, VendorId } from "../kit/values.ts";
import { readAttachments } from "./attachments.ts";
import { addressee, customer, type Item, type Reader } from "./item.ts";
import { shownFacts } from "./shown-facts.ts";

const Loose = z.looseObject({}).nullish().catch(null);

/**
 * Strict in what decides whose message it is and what it says, lenient in what only adds to it: an odd quick reply must
 * not cost the customer's words.
 */
const Message = z.object({
  mid: VendorId,
  text: Text.nullish(),
  is_echo: z.boolean().nullish(),
  is_deleted: z.boolean().nullish(),
  attachments: z.array(z.unknown()).nullish(),
  metadata: z.unknown().optional(),
  quick_reply: z.object({ payload: Text }).nullish().catch(null),
  reply_to: z.object({ mid: VendorId }).nullish().catch(null),
  referral: Loose,
  commands: z
    .array(z.object({ name: Text }))
    .nullish()
    .catch(null),
});
type Message = z.infer<typeof Message>;

const referralFacts = (referral: Record<string, unknown> | null | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(shownFacts(referral ?? {})).map(([k, v]) => [`referral_${k}`, v]));

function extraOf(message: Message): Record<string, string> {
  return {
    ...(message.quick_reply && { payload: message.quick_reply.payload }),
    ...(message.commands?.length && { commands: message.commands.map((c) => c.name).join(", ") }),
    ...referralFacts(message.referral),
  };
}

/** Our sends carry our message id; another app's metadata, whatever it says, is not one. */
function ourId(metadata: unknown): string | null {
  const id = Id.safeParse(metadata);
  return id.success ? id.data : null;
}

function readEcho(message: Message, item: Item): ReturnType<Reader> {
  const to = addressee(item);
  const text = message.text ?? "";
  const attachments = readAttachments(message.attachments ?? [], text);
  const ours = ourId(message.metadata);
  return {
    key: keyOf(message.mid),
    event: { kind: "echo", to, externalId: message.mid, ours, byContent: false, text, attachments },
  };
}

/** `message`, in all its forms: the customer's words, an echo of the page's, or (documented for Instagram only) an unsend. */
export const readMessage: Reader = (value, item) => {
  const message = Message.parse(value);
  const key = keyOf(message.mid);
  const externalId = message.mid;
  if (message.is_deleted) {
    const from = message.is_echo ? addressee(item) : customer(item);
    return { key, event: { kind: "removed", from, externalId } };
  }
  if (message.is_echo) return readEcho(message, item);
  const from = customer(item);
  const text = message.text ?? "";
  const attachments = readAttachments(message.attachments ?? [], text);
  const replyToExternalId = message.reply_to?.mid ?? null;
  const extra = extraOf(message);
  return {
    key,
    event: {
      kind: "message",
      from,
      externalId,
      text,
      attachments,
      replyToExternalId,
      extra,
      live: item.live,
    },
  };
};

/** Older postbacks and some standby copies carry neither id nor payload. */
const Postback = z.object({
  mid: VendorId.nullish(),
  title: Text.nullish(),
  payload: Text.nullish().catch(null),
  referral: Loose,
});

/** A tapped button: Messenger shows its title as the customer's own message, and so do we. */
export const readPostback: Reader = (value, item) => {
  const postback = Postback.parse(value);
  const from = customer(item);
  const externalId = postback.mid ?? keyOf("postback", from, item.at, postback.title ?? "");
  const payload = postback.payload ?? null;
  return {
    key: keyOf(externalId),
    event: {
      kind: "message",
      from,
      externalId,
      text: postback.title ?? "",
      attachments: [],
      replyToExternalId: null,
      extra: { ...(payload !== null && { payload }), ...referralFacts(postback.referral) },
      live: item.live,
    },
  };
};

const Edit = z.object({
  mid: VendorId,
  text: Text,
  num_edit: z.union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ]),
});

export const readEdit: Reader = (value, item) => {
  const edit = Edit.parse(value);
  const { mid: externalId, text, num_edit: revision } = edit;
  return {
    key: keyOf(externalId, revision),
    event: { kind: "edited", from: customer(item), externalId, text, revision },
  };
};
