import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { goBy, saveHours } from "../support/opening.ts";
import type { Person } from "../support/person.ts";
import { type Talk, talk } from "../support/talk.ts";
import { interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const MINUTE = 60_000;
const GREETING = "Dạ bên em nghỉ, sáng mai em trả lời ạ.";

describe.each(["sqlite", "postgres"] as const)("work that comes back to a closed queue on %s", (engine) => {
  let w: World;
  let lan: Person;
  let minh: Person;
  let t: Talk;
  beforeEach(async () => {
    w = await world({ engine });
    const admin = await w.person("quan-tri", { roles: ["admin"] });
    lan = await w.agent("lan");
    t = await talk(w, { agent: lan });
    minh = await w.agent("minh");
    // It closes in ten minutes, until tomorrow.
    const hoursId = await saveHours({ w, admin }, { from: -60, to: 10 });
    await goBy({ w, admin }, hoursId, { outOfHours: { reply: GREETING, action: "hold" } });
  });
  afterEach(() => w.close());

  const row = async () => (await interactions(w)).find((i) => i.id === t.interaction.id);
  const isClosing = () => pass(w, 11 * MINUTE);
  const serves = async (who: Person) => {
    await lan.call("agent.set_state", { state: "away", reason: "break" });
    const other = await talk(w, { agent: who, name: "Khách Khác" });
    await lan.call("agent.set_state", { state: "available" });
    return other;
  };

  /** Each way in which work in hand is given up. */
  const ways: Record<string, () => Promise<unknown>> = {
    "its agent is lost": async () => {
      lan.disconnect();
      await w.settle();
      await pass(w, 46_000);
    },
    "its agent hands it back at sign-off": () => lan.call("agent.sign_off", { work: { what: "return" } }),
    "it was parked to the queue and its time comes": async () => {
      const { id: interactionId, version } = t.interaction;
      const until = w.clock.now() + MINUTE;
      await lan.call("interaction.park", { interactionId, version, until, returnTo: "queue" });
      await pass(w, MINUTE);
    },
    "its agent hands it to the queue": () =>
      lan.call("interaction.transfer", {
        interactionId: t.interaction.id,
        version: t.interaction.version,
        to: { queueId: w.queueId },
      }),
  };

  test.each(Object.keys(ways))(
    "is held at its age until the opening, without another word to the customer, when %s",
    async (way) => {
      await isClosing();
      await ways[way]?.();
      await w.settle();
      expect(offersTo(minh)).toEqual([]);
      expect(await row()).toMatchObject({
        state: "waiting",
        owner_id: null,
        wait_reason: "closed",
        waiting_since: t.interaction.waitingSince,
      });
      await pass(w, 23 * 60 * MINUTE);
      expect(lastOffer(minh).interactionId).toBe(t.interaction.id);
      expect(t.customer.transcript().messages.filter((m) => m.from === "page")).toEqual([]);
    },
  );

  test.each(["its agent is lost", "it was parked to the queue and its time comes"])(
    "is offered at once to somebody else who is still there and serving, when %s",
    async (way) => {
      await serves(minh);
      await isClosing();
      await ways[way]?.();
      await w.settle();
      expect(lastOffer(minh).interactionId).toBe(t.interaction.id);
      expect(await row()).toMatchObject({ state: "offered", held_until: null });
    },
  );

  test("whoever has work in hand but is away does not keep it open", async () => {
    await serves(minh);
    await isClosing();
    await minh.call("agent.set_state", { state: "away", reason: "break" });
    await lan.call("agent.sign_off", { work: { what: "return" } });
    expect(await row()).toMatchObject({ state: "waiting", wait_reason: "closed" });
  });
});
