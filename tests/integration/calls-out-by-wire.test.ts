import { afterEach, beforeEach, expect, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { freePort } from "../support/free-port.ts";
import type { Person } from "../support/person.ts";
import { type Softphone, softphone } from "../support/softphone.ts";
import { type Trunk, trunkTo } from "../support/trunk.ts";
import { type World, world } from "../support/world.ts";

let w: World;
let trunk: Trunk;
let lan: Person;
let phone: Softphone;

beforeEach(async () => {
  const port = await freePort();
  trunk = await trunkTo(port);
  const telephony = {
    domain: "example.com",
    listen: { host: "127.0.0.1", port },
    trunks: [],
    rtpengine: null,
    music: null,
    outbound: { address: "127.0.0.1", port: trunk.port },
  };
  w = await world({ config: { telephony } });
  await saveAccount(w.gateway.ctx, null, {
    id: null,
    channel: "voice",
    name: "Tổng đài",
    queueId: w.queueId,
    enabled: true,
    config: { number: "02838123456" },
  });
  lan = await w.agent("lan");
  phone = await softphone(w.gateway.url, lan);
  await lan.hear("agent.changed", ({ agent }) => agent.userId === lan.userId && agent.phone === true);
});
afterEach(async () => {
  trunk.close();
  await phone.close();
  await w.close();
});

const dial = () => lan.call("call.dial", { clientId: crypto.randomUUID(), to: { number: "0909 123 456" } });

test("an agent calls a customer through the trunk, which sees our number and nothing of the agent", async () => {
  const { address } = await dial();
  const { answered, call } = phone.call(address);
  const invite = await trunk.hear("INVITE");
  expect(invite.text).toMatch(/^INVITE sip:\+84909123456@127\.0\.0\.1:\d+ SIP/);
  expect(invite.header("From")).toMatch(/^<sip:\+842838123456@example\.com>;tag=/);
  expect(invite.header("To")).toBe("<sip:+84909123456@example.com>");
  expect(invite.header("P-Asserted-Identity")).toBe("<sip:+842838123456@example.com>");
  expect(invite.text).not.toContain(lan.userId);

  await trunk.answer(180);
  await lan.hear("call.changed", (e) => e.call.state === "ringing");
  await trunk.answer(200);
  expect(await answered).toBe(200);
  await lan.hear("call.changed", (e) => e.call.legs.every((leg) => leg.phase === "up"));
  await call.bye();
  await trunk.hear("BYE");
  const { call: over } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(over).toMatchObject({ outcome: "answered", direction: "out", cause: { q850: 16 } });
  await lan.hear("interaction.ended");
});

test("the trunk's refusal reaches the agent's phone as it is, with its cause in the journal", async () => {
  const { answered } = phone.call((await dial()).address);
  await trunk.answer(486);
  expect(await answered).toBe(486);
  const { call } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(call).toMatchObject({ outcome: "unanswered", cause: { sip: 486, q850: 17, by: "party" } });
});

test("the agent who takes the call back stops the ringing outside", async () => {
  const { call } = phone.call((await dial()).address);
  await trunk.hear("INVITE");
  await trunk.answer(180);
  await lan.hear("call.changed", (e) => e.call.state === "ringing");
  await call.cancel();
  await trunk.hear("CANCEL");
  const { call: kept } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(kept.outcome).toBe("abandoned");
});

test("a number that is called without having been allowed never reaches the trunk, in whoever's name", async () => {
  expect(await phone.call("+84909123456").answered).toBe(403);
  expect(await phone.call("0909123456").answered).toBe(403);
  const { address } = await dial();
  expect(await phone.call(address, "boss").answered).toBe(403);
  // The INVITE that is allowed is the first that the trunk hears of.
  phone.call(address);
  expect((await trunk.hear("INVITE")).header("To")).toContain("+84909123456");
  expect(await w.gateway.ctx.store.db.selectFrom("call").selectAll().execute()).toHaveLength(1);
});
