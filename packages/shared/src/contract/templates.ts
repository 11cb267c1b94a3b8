import { z } from "zod";

/** Of a value that goes into a template. `date`: dd/MM/yyyy, perhaps with a time before it. */
export const TemplateParam = z.object({
  /** As the vendor calls it. */
  name: z.string(),
  kind: z.enum(["text", "number", "date"]),
  required: z.boolean(),
  minLength: z.number().int(),
  maxLength: z.number().int(),
});
export type TemplateParam = z.infer<typeof TemplateParam>;

/** What it costs to send one, in the currency's own unit. */
export const Price = z.object({ amount: z.number().nonnegative(), currency: z.string().length(3) });
export type Price = z.infer<typeof Price>;

/** Words that the vendor has approved, with places for values: they may be sent when nothing else may. */
export const MessageTemplate = z.object({
  id: z.string(),
  name: z.string(),
  /** Only what is `ready` can be sent. */
  state: z.enum(["ready", "pending", "rejected", "disabled"]),
  /** BCP 47; `null`: the vendor does not tell. */
  language: z.string().nullable(),
  /** With `{{name}}` for each value; `null`: the vendor does not tell the words. */
  text: z.string().nullable(),
  /** The vendor's own picture of it. */
  previewUrl: z.url({ protocol: /^https?$/ }).nullable(),
  params: z.array(TemplateParam),
  /** `null`: the vendor does not tell. */
  price: Price.nullable(),
  quality: z.enum(["high", "medium", "low"]).nullable(),
});
export type MessageTemplate = z.infer<typeof MessageTemplate>;

/** By the number of a telephone, or by the customer's id on the channel. */
export const TemplateAddress = z.enum(["phone", "id"]);
export type TemplateAddress = z.infer<typeof TemplateAddress>;

/** What a message is that was made of a template. */
export const TemplateUse = z.object({
  id: z.string(),
  name: z.string(),
  price: Price.nullable(),
  by: TemplateAddress,
  /** Masked; `null`: the customer's id on the channel. */
  phone: z.string().nullable(),
});
export type TemplateUse = z.infer<typeof TemplateUse>;
