import { defaultLimits } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { arrives, interactions, lastOffer, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const MINUTE = 60_000;

describe.each(["sqlite", "postgres"] as const)("the expected wait on %s", (engine) => {
  let w: World;
  let lan: Person;
  beforeEach(async () => {
    w = await world({ engine });
    const admin = await w.person("quantri", { roles: ["admin"] });
    lan = await w.agent("lan");
    await admin.call("user.update", { userId: lan.userId, limits: { ...defaultLimits, chat: 1 } });
    await w.settle();
  });
  afterEach(() => w.close());

  const wait = (position?: number) => w.gateway.ctx.expectedWait(w.queueId, position);

  async function take(): Promise<void> {
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    await w.settle();
  }

  async function finish(): Promise<void> {
    const work = (await interactions(w)).find((i) => i.owner_id === lan.userId && i.state !== "closed");
    await lan.call("interaction.close", {
      interactionId: work?.id ?? "",
      version: work?.version ?? 0,
      disposition: "Đã giải quyết",
    });
    await w.settle();
  }

  /** One customer is served for so long. */
  async function serve(ms: number): Promise<void> {
    await take();
    await pass(w, ms);
    await finish();
  }

  test("is unknown until work has been done, then follows from handling times and from the line itself", async () => {
    expect(wait()).toBe(0);
    await arrives(w);
    expect(wait()).toBeNull();
    await serve(4 * MINUTE);
    expect(wait()).toBe(0);

    await arrives(w);
    await take();
    await arrives(w);
    expect(wait(1)).toBe(4 * MINUTE);
    expect(wait()).toBe(8 * MINUTE);
    // Nothing moves for an hour: what was learned before holds less and less.
    await pass(w, 60 * MINUTE);
    expect(wait(1)).toBe(16 * MINUTE);
  });

  test("with nobody there it is unknown, and a restart begins with what was learned before", async () => {
    await arrives(w);
    await serve(6 * MINUTE);
    await arrives(w);
    await take();
    // Reports, from which a start learns, are a few seconds behind.
    await pass(w, 20_000);
    await w.restart();
    await lan.connect();
    expect(wait()).toBe(6 * MINUTE);
    await lan.call("agent.set_state", { state: "offline" });
    await w.settle();
    expect(wait()).toBeNull();
  });
});
