import { seededRandom } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { entryOf, freshMid, fromCustomer } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { interactions, offersTo, pass } from "../support/work.ts";
import { APP, PAGE, SECOND_PAGE, type World, world } from "../support/world.ts";

const STEPS = 45;

describe.each(["sqlite", "postgres"] as const)("pictures on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const write = (psid: string, text: string, pageId: string) =>
    w.facebook.sendRaw(APP.appId, [
      entryOf([fromCustomer(psid, w.clock.now(), { message: { mid: freshMid(), text } }, pageId)], {
        pageId,
      }),
    ]);

  test.each([1, 2, 3])(
    "after a random hour what everybody sees is what the store holds (seed %i)",
    async (seed) => {
      const random = seededRandom(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const agents = [await w.agent("lan"), await w.agent("minh"), await w.person("bao", { queues: "both" })];
      const boss = await w.person("ha", { roles: ["supervisor"], queues: "none" });
      const away = new Set<Person>();
      const leaveOrReturn = async (who: Person) => {
        if (away.delete(who)) await who.connect();
        else {
          who.disconnect();
          away.add(who);
        }
      };
      for (let step = 0; step < STEPS; step++) {
        const who = pick(agents);
        const roll = random();
        if (roll < 0.3)
          await write(`80${step % 6}`, `bước ${step}`, pick([PAGE.pageId, PAGE.pageId, SECOND_PAGE.pageId]));
        else if (roll < 0.4) await leaveOrReturn(who);
        else if (roll < 0.5) await pass(w, random() * 40_000);
        else if (!away.has(who)) await act(who, { random, everybody: [...agents, boss] });
        await w.settle();
      }
      for (const p of away) await p.connect();
      await w.settle();
      for (const p of [...agents, boss]) await compare(p);
    },
    60_000,
  );

  /** Something that this agent might do now; refusals are part of the day. */
  async function act(who: Person, o: { random: () => number; everybody: readonly Person[] }): Promise<void> {
    const roll = o.random();
    const offer = offersTo(who).at(-1);
    const [mine] = (await interactions(w)).filter((i) => i.owner_id === who.userId && i.state !== "closed");
    const done = (() => {
      if (offer && roll < 0.35) return who.call("offer.accept", { offerId: offer.id });
      if (offer && roll < 0.5) return who.call("offer.decline", { offerId: offer.id });
      if (!mine || roll < 0.65) return who.call("agent.set_state", { state: "available" });
      const same = { interactionId: mine.id, version: mine.version };
      if (roll < 0.75) return who.call("interaction.end", same);
      const queueId = o.random() < 0.5 ? w.queueId : w.secondQueueId;
      const userId = o.everybody[Math.floor(o.random() * o.everybody.length)]?.userId ?? "";
      return who.call("interaction.transfer", { ...same, to: o.random() < 0.5 ? { queueId } : { userId } });
    })();
    await done.catch((error: unknown) => expect(error).toHaveProperty("code"));
  }

  async function compare(p: Person): Promise<void> {
    const shown = new Map<string, object>();
    for (const e of p.heard) {
      if (e.name === "conversation.hidden") shown.delete(e.data.conversationId);
      else if ("conversation" in e.data) shown.set(e.data.conversation.id, e.data.conversation);
    }
    const { conversations } = await p.call("conversation.list", { view: "all", limit: 100 });
    const offered = await w.gateway.ctx.store.db
      .selectFrom("offer as o")
      .innerJoin("interaction as i", "i.id", "o.interaction_id")
      .where("o.user_id", "=", p.userId)
      .where("o.state", "=", "open")
      .select("i.conversation_id")
      .execute();
    // What is being offered from another queue may be looked at, too.
    const may = new Set([...conversations.map((c) => c.id), ...offered.map((o) => o.conversation_id)]);
    expect([...shown.keys()].filter((id) => !may.has(id))).toEqual([]);
    for (const c of conversations) expect(shown.get(c.id) ?? c).toEqual(c);
  }
});
