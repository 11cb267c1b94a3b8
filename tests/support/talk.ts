import type { CommandInput, Interaction } from "@tongdai/shared";
import type { Customer } from "../simulators/facebook/index.ts";
import type { Person } from "./person.ts";
import { PAGE, type World } from "./world.ts";

export interface Talk {
  readonly agent: Person;
  readonly customer: Customer;
  readonly conversationId: string;
  readonly interaction: Interaction;
}

/** A customer who wrote and an agent who has taken it. */
export async function talk(
  w: World,
  o: { agent?: Person; text?: string; name?: string } = {},
): Promise<Talk> {
  const agent = o.agent ?? (await w.agent("lan"));
  const customer = w.facebook.customer({ pageId: PAGE.pageId, name: o.name ?? "Trần Văn Khách" });
  const known = new Set(agent.heard.flatMap((e) => (e.name === "offer.made" ? [e.data.offer.id] : [])));
  await customer.text(o.text ?? "Xin chào");
  const { offer } = await agent.hear("offer.made", (d) => !known.has(d.offer.id));
  const { interaction } = await agent.call("offer.accept", { offerId: offer.id });
  await w.settle();
  return { agent, customer, conversationId: offer.conversationId, interaction };
}

export const say = (
  t: Pick<Talk, "agent" | "conversationId">,
  text: string,
  clientId = crypto.randomUUID(),
) => t.agent.call("message.send", { clientId, conversationId: t.conversationId, text });

/** The agent hands the work over. */
export const transfer = (t: Talk, to: CommandInput<"interaction.transfer">["to"], note = "") =>
  t.agent.call("interaction.transfer", {
    interactionId: t.interaction.id,
    version: t.interaction.version,
    to,
    note,
  });
