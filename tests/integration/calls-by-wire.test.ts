import { type Invitation, SessionState } from "sip.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { freePort } from "../support/free-port.ts";
import type { Person } from "../support/person.ts";
import { type Softphone, softphone } from "../support/softphone.ts";
import { type Trunk, trunkTo } from "../support/trunk.ts";
import { type World, world } from "../support/world.ts";

const NUMBER = "19001234";

let w: World;
let trunk: Trunk;
let lan: Person;
let phone: Softphone;

beforeEach(async () => {
  const port = await freePort();
  const telephony = {
    domain: "example.com",
    listen: { host: "127.0.0.1", port },
    trunks: [{ id: "carrier", addresses: ["127.0.0.1"] }],
    rtpengine: null,
    music: null,
  };
  w = await world({ config: { telephony } });
  const account = {
    id: null,
    channel: "voice",
    name: "Tổng đài",
    queueId: w.queueId,
    enabled: true,
  } as const;
  await saveAccount(w.gateway.ctx, null, { ...account, config: { number: NUMBER } });
  lan = await w.agent("lan");
  phone = await softphone(w.gateway.url, lan);
  trunk = await trunkTo(port);
});
afterEach(async () => {
  trunk.close();
  await phone.close();
  await w.close();
});

/** Resolves when the phone has heard that a call is over. */
const terminated = (call: Invitation): Promise<void> =>
  new Promise((resolve) => {
    call.stateChange.addListener((state) => {
      if (state === SessionState.Terminated) resolve();
    });
  });

test("a call from the trunk waits with its place, rings where the offer was told, is answered, and wraps up", async () => {
  trunk.invite(NUMBER, "0901234567");
  expect((await trunk.hear("182")).header("X-Queue-Position")).toBe("1");
  const call = await phone.rung();
  const { offer } = await lan.hear("offer.made");
  expect(call.request.getHeader("X-Interaction-Id")).toBe(offer.interactionId);
  // What its agent may not read does not come by the wire either.
  expect(call.request.toString()).not.toContain("901234567");

  await call.accept();
  await trunk.hear("200");
  await trunk.ack();
  await lan.hear("interaction.accepted", (e) => e.conversation.interaction?.ownerId === lan.userId);
  await lan.hear("call.changed", (e) => e.call.state === "talking");

  trunk.bye();
  await lan.hear("interaction.ended");
  const { call: over } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(over).toMatchObject({ outcome: "answered", cause: { q850: 16, by: "party" } });
});

test("a caller who gives up while it rings stops the ringing, and is owed a call", async () => {
  trunk.invite(NUMBER, "0901234567");
  const call = await phone.rung();
  const over = terminated(call);
  trunk.cancel();
  await over;
  await trunk.hear("487");
  const { call: kept } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(kept.outcome).toBe("abandoned");
  await lan.hear("ticket.created");
});

test("the agent's busy declines the offer, and the caller goes on waiting", async () => {
  trunk.invite(NUMBER, "0901234567");
  const call = await phone.rung();
  await call.reject({ statusCode: 486 });
  await lan.hear("offer.ended", (e) => e.outcome === "declined");
  const { call: now } = await lan.hear("call.changed", (e) =>
    e.call.legs.some((leg) => leg.cause?.q850 === 17),
  );
  expect(now.state).toBe("waiting");
});

test("a number that is not ours is answered with 404", async () => {
  trunk.invite("5555", "0901234567");
  await trunk.hear("404");
});

test("an agent whose desktop is gone in mid-call has a moment to come back, then the caller is told", async () => {
  trunk.invite(NUMBER, "0901234567");
  await (await phone.rung()).accept();
  await trunk.hear("200");
  await trunk.ack();
  await lan.hear("call.changed", (e) => e.call.state === "talking");
  await phone.drop();
  await lan.hear("agent.changed", ({ agent }) => agent.phone === undefined);
  await w.settle();
  w.clock.advance(15_000);
  await trunk.hear("BYE");
  const { call } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(call).toMatchObject({ outcome: "answered", cause: { q850: 27, by: "edge" } });
  await lan.hear("interaction.ended");
});

/** Lan talks with a caller. */
async function talk(): Promise<Invitation> {
  trunk.invite(NUMBER, "0901234567");
  const call = await phone.rung();
  await call.accept();
  await trunk.hear("200");
  await trunk.ack();
  await lan.hear("call.changed", (e) => e.call.legs.every((leg) => leg.phase === "up"));
  return call;
}
/** Lan hands the talk on to Minh, whose phone is there. */
async function handOn(): Promise<{ minh: Person; other: Softphone }> {
  const minh = await w.agent("minh");
  const other = await softphone(w.gateway.url, minh);
  await lan.hear("agent.changed", (e) => e.agent.userId === minh.userId && e.agent.phone === true);
  const { conversation } = await lan.hear("interaction.accepted");
  const { id: interactionId, version } = conversation.interaction ?? { id: "", version: 0 };
  await lan.call("interaction.transfer", { interactionId, version, to: { userId: minh.userId }, note: "" });
  return { minh, other };
}

test("a talk that is handed on ends at its agent, rings at the next, and the caller's sound goes there", async () => {
  const call = await talk();
  const over = terminated(call);
  const { minh, other } = await handOn();
  await over;
  const next = await other.rung();
  expect(next.request.getHeader("X-Interaction-Id")).toBe(
    (await minh.hear("offer.made")).offer.interactionId,
  );
  // The caller has been asked for nothing yet: only who takes the call brings media.
  expect(next.request.body).toBe("");
  await next.accept();
  await trunk.hear("INVITE");
  await minh.hear("interaction.accepted", (e) => e.conversation.interaction?.ownerId === minh.userId);
  const gone = terminated(next);
  trunk.bye();
  await gone;
  const { call: ended } = await minh.hear("call.changed", (e) => e.call.state === "ended");
  expect(ended.legs.map((leg) => leg.userId)).toEqual([null, lan.userId, minh.userId]);
  await other.close();
});

test("a caller who waits for the next agent waits on through a restart, and is put through", async () => {
  await talk();
  const { minh, other } = await handOn();
  await other.rung();
  await w.settle();
  await w.restart();
  await minh.connect();
  await other.back();
  await (await other.rung()).accept();
  await trunk.hear("INVITE");
  await minh.hear("interaction.accepted", (e) => e.conversation.interaction?.ownerId === minh.userId);
  expect(await kept()).toMatchObject({ state: "talking" });
  await other.close();
});

const kept = () => w.gateway.ctx.store.db.selectFrom("call").selectAll().executeTakeFirstOrThrow();

test("a talk goes on through a restart of the gateway: the phone comes back, and either side can end it", async () => {
  const call = await talk();
  await w.restart();
  expect(await kept()).toMatchObject({ state: "talking", ended_at: null });
  await phone.back();
  w.clock.advance(15_000);
  const over = terminated(call);
  trunk.bye();
  await Promise.all([over, trunk.hear("200", "BYE")]);
  await w.settle();
  expect(await kept()).toMatchObject({ state: "ended", outcome: "answered", talk: null });
  const work = await w.gateway.ctx.store.db.selectFrom("interaction").select("state").executeTakeFirst();
  expect(work?.state).toBe("wrap_up");
});

test("after a restart the agent ends the talk by the screen", async () => {
  const call = await talk();
  await w.restart();
  await lan.connect();
  await phone.back();
  const { conversation } = await lan.hear("interaction.accepted");
  const { id, version } = conversation.interaction ?? { id: "", version: 0 };
  const over = terminated(call);
  await lan.call("interaction.end", { interactionId: id, version });
  await Promise.all([over, trunk.hear("BYE")]);
});

test("whose phone does not come back after a restart is hung up on, and the caller is told", async () => {
  await talk();
  await w.restart();
  w.clock.advance(15_000);
  await trunk.hear("BYE");
  await w.settle();
  expect(await kept()).toMatchObject({ state: "ended", outcome: "answered" });
});

test("a caller who waits when the gateway stops is let go", async () => {
  await phone.close();
  trunk.invite(NUMBER, "0901234567");
  await trunk.hear("182");
  await w.settle();
  await w.restart();
  await trunk.hear("500");
  expect(await kept()).toMatchObject({ state: "ended", outcome: "unanswered" });
});
