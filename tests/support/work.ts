import type { EventData } from "@tongdai/shared";
import type { Customer } from "../simulators/facebook/index.ts";
import type { Person } from "./person.ts";
import { PAGE, type World } from "./world.ts";

export type Offer = EventData<"offer.made">["offer"];

let customers = 0;

/** A new customer who has written. */
export async function arrives(w: World, o: { pageId?: string; text?: string } = {}): Promise<Customer> {
  const customer = w.facebook.customer({ pageId: o.pageId ?? PAGE.pageId, name: `Khách ${++customers}` });
  await customer.text(o.text ?? "Xin chào");
  await w.settle();
  return customer;
}

/** Offers that this person has heard of, oldest first. */
export const offersTo = (p: Person): Offer[] =>
  p.heard.flatMap((e) => (e.name === "offer.made" ? [e.data.offer] : []));

/** The newest offer to this person. Throws when there was none. */
export function lastOffer(p: Person): Offer {
  const offer = offersTo(p).at(-1);
  if (!offer) throw new Error("nothing was offered");
  return offer;
}

export async function interactions(w: World) {
  return w.gateway.ctx.store.db.selectFrom("interaction").selectAll().orderBy("id").execute();
}

export async function agentRow(w: World, userId: string) {
  return w.gateway.ctx.store.db
    .selectFrom("agent_state")
    .selectAll()
    .where("user_id", "=", userId)
    .executeTakeFirstOrThrow();
}

/** Lets fake time pass and everything that falls due happen. */
export async function pass(w: World, ms: number): Promise<void> {
  w.clock.advance(ms);
  await w.settle();
}
