import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { countOf, rowsOf } from "../support/meta.ts";
import { say, talk } from "../support/talk.ts";
import { drain } from "../support/until.ts";
import { PAGE, type World, world } from "../support/world.ts";

const QUEUED = 40;

describe.each(["sqlite", "postgres"] as const)("T21: a revoked token on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  test("one alarm, the queue is kept, and a check after the new log-in sends all of it in order", async () => {
    const t = await talk(w);
    const admin = await w.person("quantri", { roles: ["admin"] });
    w.facebook.revokeToken(PAGE.pageId);
    const said = Array.from({ length: QUEUED }, (_, i) => `câu ${i}`);
    for (const text of said) await say(t, text);
    await w.settle();

    const alarms = t.agent.heard.filter((e) => e.name === "channel_account.changed");
    expect(alarms.map((e) => e.name === "channel_account.changed" && e.data.account.health.state)).toEqual([
      "login_needed",
    ]);
    const states = (await rowsOf(w, t.customer.psid))
      .filter((r) => r.direction === "out")
      .map((r) => r.state);
    expect(states).toEqual(said.map(() => "queued"));
    // A pause is not a busy wait: hours later nothing has been tried again.
    w.clock.advance(3_600_000);
    await w.settle();
    expect(t.customer.transcript().messages.filter((m) => m.from === "page")).toEqual([]);

    w.facebook.restoreToken(PAGE.pageId);
    const { account } = await admin.call("channel_account.check", { accountId: w.accountId });
    expect(account.health.state).toBe("ok");
    await drain(w);
    const arrived = t.customer.transcript().messages.filter((m) => m.from === "page");
    expect(arrived.map((m) => m.text)).toEqual(said);
    expect(await countOf(w, "outbox")).toBe(0);
  });

  test("many conversations in flight raise one alarm together", async () => {
    const lan = await w.agent("lan");
    const admin = await w.person("quantri", { roles: ["admin"] });
    const talks = [];
    for (let i = 0; i < 3; i++) talks.push(await talk(w, { agent: lan, name: `Khách ${i}` }));
    const heard = admin.heard.length;
    w.facebook.revokeToken(PAGE.pageId);
    await Promise.all(talks.map((t) => say(t, "cùng lúc")));
    await w.settle();
    const alarms = admin.heard.slice(heard).filter((e) => e.name === "channel_account.changed");
    expect(alarms).toHaveLength(1);
  });
});
