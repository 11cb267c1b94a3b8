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

test("a gateway that stops hangs up, and keeps how the calls ended", async () => {
  trunk.invite(NUMBER, "0901234567");
  const call = await phone.rung();
  await call.accept();
  await trunk.hear("200");
  await trunk.ack();
  await lan.hear("call.changed", (e) => e.call.state === "talking");
  const { interactionId } = (await lan.hear("offer.made")).offer;
  const over = terminated(call);
  await w.restart();
  await Promise.all([over, trunk.hear("BYE")]);
  const { db } = w.gateway.ctx.store;
  const row = await db.selectFrom("call").selectAll().executeTakeFirst();
  expect(row).toMatchObject({ interaction_id: interactionId, state: "ended", outcome: "answered" });
});
