import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { softphone } from "../support/softphone.ts";
import { type World, world } from "../support/world.ts";

let w: World | undefined;
afterEach(() => w?.close());

const telephony = { domain: "example.com", listen: null, trunks: [], rtpengine: null, music: null };

describe.each(["sqlite", "postgres"] as const)("%s", (engine) => {
  test("a phone logs in with what its person is given, and everybody sees that calls can ring there", async () => {
    w = await world({ engine, config: { telephony } });
    const lan = await w.person("lan");
    const phone = await softphone(w.gateway.url, lan);
    const { agent } = await lan.hear("agent.changed", ({ agent: a }) => a.phone === true);
    expect(agent.userId).toBe(lan.userId);
    await phone.close();
    await lan.hear("agent.changed", ({ agent: a }) => a.userId === lan.userId && !a.phone);
  });

  test("logging out takes the phone off and closes its connection", async () => {
    w = await world({ engine, config: { telephony } });
    const lan = await w.person("lan");
    const phone = await softphone(w.gateway.url, lan);
    const out = await fetch(`${w.gateway.url}/api/v1/sessions/current`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${lan.token}` },
    });
    expect(out.status).toBe(204);
    await phone.gone;
    await w.settle();
    const row = await w.gateway.ctx.store.db.selectFrom("agent_state").select("phone").executeTakeFirst();
    expect(row?.phone).toBe(0);
  });
});

test("without telephony nobody gets a phone, and there is no road for one", async () => {
  w = await world();
  const lan = await w.person("lan");
  expect(await lan.call("phone.register", {})).toEqual({ phone: null });
});

test("a page of another site gets no road", async () => {
  w = await world({ config: { telephony } });
  const address = `${w.gateway.url.replace("http", "ws")}/sip`;
  const answered = Promise.withResolvers<number | undefined>();
  const socket = new WebSocket(address, "sip", { origin: "https://elsewhere.example" });
  socket.on("unexpected-response", (_, { statusCode }) => answered.resolve(statusCode));
  socket.on("open", () => answered.resolve(101));
  socket.on("error", () => {});
  expect(await answered.promise).toBe(403);
});
