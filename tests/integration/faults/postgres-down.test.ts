import { afterEach, beforeEach, expect, test } from "vitest";
import { entryOf, freshMid, fromCustomer, rowsOf } from "../../support/meta.ts";
import { type OwnPostgres, ownPostgres } from "../../support/own-postgres.ts";
import { personAt } from "../../support/person.ts";
import { say, talk } from "../../support/talk.ts";
import { until } from "../../support/until.ts";
import { APP, PASSWORD, type World, world } from "../../support/world.ts";

let pg: OwnPostgres;
let w: World;
beforeEach(async () => {
  pg = await ownPostgres();
  w = await world({ engine: "sqlite", config: { databaseUrl: pg.url } });
}, 60_000);
afterEach(async () => {
  await pg.start().catch(() => {});
  await w.close();
  await pg.remove();
}, 60_000);

test("X3, F19: while PostgreSQL is down everything is answered as unavailable, and nothing that was is lost", async () => {
  const t = await talk(w);
  const body = (text: string) => [
    entryOf([fromCustomer(t.customer.psid, w.clock.now(), { message: { mid: freshMid(), text } })]),
  ];
  const before = body("trước khi hỏng");
  const during = body("trong khi hỏng");
  expect((await w.facebook.sendRaw(APP.appId, before)).status).toBe(200);
  // In mid-traffic: some of these find the connection gone under a running query.
  const traffic = Array.from({ length: 30 }, (_, i) => w.facebook.sendRaw(APP.appId, body(`lúc hỏng ${i}`)));
  await pg.stop();
  const statuses = (await Promise.all(traffic)).map((a) => a.status);
  expect(statuses.filter((s) => s !== 200 && s !== 503)).toEqual([]);
  expect((await w.facebook.sendRaw(APP.appId, during)).status).toBe(503);
  await expect(say(t, "gửi lúc hỏng")).rejects.toMatchObject({ code: "unavailable" });
  await expect(t.agent.call("conversation.list", { view: "mine" })).rejects.toMatchObject({
    code: "unavailable",
  });
  expect((await fetch(`${w.gateway.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${w.gateway.url}/healthz`)).status).toBe(200);
  // A desktop that reconnects now must not be told that its session is over.
  t.agent.disconnect();
  await expect(t.agent.connect()).rejects.toMatchObject({ data: { code: "unavailable" } });

  await pg.start();
  await until(
    async () => (await w.facebook.sendRaw(APP.appId, during)).status === 200,
    "the store being back",
    20_000,
  );
  w.clock.advance(2_000);
  const lan = await personAt(w.gateway.url, { username: "lan", password: PASSWORD });
  const clientId = crypto.randomUUID();
  await say({ agent: lan, conversationId: t.conversationId }, "gửi lại", clientId);
  await until(
    () => t.customer.transcript().messages.some((m) => m.text === "gửi lại"),
    "the answer reaching the customer",
    20_000,
  );
  const rows = await rowsOf(w, t.customer.psid);
  const stored = rows.map((r) => r.text);
  expect(stored).toContain("trước khi hỏng");
  expect(stored.filter((x) => x === "trong khi hỏng")).toHaveLength(1);
  for (const [i, status] of statuses.entries()) if (status === 200) expect(stored).toContain(`lúc hỏng ${i}`);
  // Live events flow again.
  await t.customer.text("còn nghe không?");
  await lan.hear("message.created", (d) => d.message.text === "còn nghe không?");
}, 120_000);
