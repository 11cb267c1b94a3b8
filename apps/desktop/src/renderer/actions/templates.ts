import {
  AppError,
  type CommandInput,
  type CommandOutput,
  type Conversation,
  type Way,
} from "@tongdai/shared";
import { z } from "zod";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export type ToldTemplates = CommandOutput<"template.list">;

/** What may be sent to this customer beforehand approved, and by which of their numbers. */
export interface TemplateOffer extends ToldTemplates {
  readonly phones: readonly Way[];
}

interface Asked {
  /** Of another channel than the conversation's. */
  readonly accountId: string | undefined;
  /** The gateway is to ask the vendor anew. */
  readonly refresh: boolean;
}

/** Asks the gateway for both. */
export const templatesFor =
  ({ id, customerId }: Pick<Conversation, "id" | "customerId">, { accountId, refresh }: Asked) =>
  async (client: Client): Promise<TemplateOffer> => {
    const [told, { ways }] = await Promise.all([
      client.request("template.list", { conversationId: id, refresh, ...(accountId && { accountId }) }),
      client.request("conversation.ways", { customerId }),
    ]);
    const { channels } = client.store.getState().people;
    const phones = ways.filter((way) => channels[way.channel]?.capabilities.address === "phone");
    return { ...told, phones };
  };

export async function sendTemplate(client: Client, input: CommandInput<"template.send">): Promise<void> {
  const { message } = await client.request("template.send", input);
  client.update((s) => learn(s, { message }, client.now()));
}

const Refusal = z.object({
  values: z.record(z.string(), z.string()).optional(),
  field: z.string().optional(),
  reason: z.enum(["template_unavailable", "price_changed"]).optional().catch(undefined),
});

/** What a refusal of `template.send` says beside its code. */
export const templateRefusal = (cause: unknown): z.infer<typeof Refusal> =>
  cause instanceof AppError ? (Refusal.safeParse(cause.details).data ?? {}) : {};
