import { AddressKind, AttachmentKind, cleanText, HealthState, SendFailure } from "@tongdai/shared";
import { z } from "zod";
import type { InboundAttachment, InboundEvent, ParsedItem } from "../channel.ts";

const Facts = z.record(z.string(), z.string());
const Ref = z.string().min(1);
const Text = z.string().transform(cleanText);

const Attachment: z.ZodType<InboundAttachment> = z.strictObject({
  kind: AttachmentKind,
  fetchUrl: z.string().nullable(),
  name: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
});

const Event: z.ZodType<InboundEvent> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("message"),
    from: Ref,
    externalId: Ref,
    text: Text,
    attachments: z.array(Attachment),
    replyToExternalId: z.string().nullable(),
    extra: Facts,
    live: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("echo"),
    to: Ref,
    externalId: Ref,
    ours: z.string().nullable(),
    byContent: z.boolean(),
    text: Text,
    attachments: z.array(Attachment),
  }),
  z.strictObject({
    kind: z.literal("delivered"),
    from: Ref,
    externalIds: z.array(Ref),
    watermark: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal("read"),
    from: Ref,
    externalIds: z.array(Ref),
    watermark: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal("reaction"),
    from: Ref,
    targetExternalId: Ref,
    emoji: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("edited"),
    from: Ref,
    externalId: Ref,
    text: Text,
    revision: z.int(),
  }),
  z.strictObject({ kind: z.literal("removed"), from: Ref, externalId: Ref }),
  z.strictObject({
    kind: z.literal("undelivered"),
    from: Ref,
    externalIds: z.array(Ref),
    code: SendFailure,
    detail: z.string(),
  }),
  z.strictObject({ kind: z.literal("typing"), from: Ref, on: z.boolean() }),
  z.strictObject({
    kind: z.literal("notice"),
    from: Ref,
    name: z.string(),
    data: Facts,
    opensWindow: z.boolean(),
    confirmed: z.strictObject({ kind: AddressKind, text: z.string() }).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("account"),
    name: z.string(),
    data: Facts,
    health: HealthState.nullable(),
  }),
  z.strictObject({ kind: z.literal("unsupported"), why: z.string() }),
]);

/** The fake vendor's webhook speaks the seam's own language. */
export const Item: z.ZodType<ParsedItem> = z.strictObject({
  accountExternalId: z.string(),
  key: Ref,
  at: z.number().nullable(),
  event: Event,
});

export const Body = z.object({ items: z.array(z.unknown()) });
