import { type MessageTemplate, maskText, type TemplateAddress, TemplateUse } from "@tongdai/shared";
import { z } from "zod";
import type { OutgoingTemplate } from "../../channels/channel.ts";
import { fromJson } from "../../store/json.ts";
import type { MessageRow } from "../../store/schema.ts";

/** What `message.template` holds: what clients see, and what only sending needs. */
const TemplateRow = TemplateUse.extend({
  /** See `OutgoingTemplate`. */
  to: z.string(),
  values: z.record(z.string(), z.string()),
});

export function templateColumn(
  { id, name, price }: Pick<MessageTemplate, "id" | "name" | "price">,
  o: { by: TemplateAddress; to: string; values: Record<string, string> },
): string {
  const phone = o.by === "phone" ? maskText(o.to) : null;
  return JSON.stringify({ id, name, price, phone, ...o } satisfies z.infer<typeof TemplateRow>);
}

/** What leaves for a message that was made of a template; `null`: it was not. */
export function outgoingTemplateOf(row: Pick<MessageRow, "id" | "template">): OutgoingTemplate | null {
  if (row.template === null) return null;
  const { id: templateId, by, to, values } = fromJson(TemplateRow, row.template);
  return { messageId: row.id, templateId, by, to, values };
}
