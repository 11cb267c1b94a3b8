import { afterEach, beforeEach, expect, test } from "vitest";
import { newId } from "../ids.ts";
import { updateAccount } from "../store/accounts.ts";
import { scene } from "../testing/scene.ts";
import { type TestHttp, testHttp } from "../testing/test-http.ts";

let http: TestHttp;
let free: number;
beforeEach(async () => {
  free = 1e12;
  http = await testHttp({ deps: { freeBytes: async () => free, socketsConnected: () => 7 } });
});
afterEach(() => http.close());

const ready = async () => {
  http.ctx.clock.advance(1_000);
  const answer = await http.app.inject("/readyz");
  return [answer.statusCode, answer.json()];
};

test("alive is answered without asking anything", async () => {
  expect((await http.app.inject("/healthz")).json()).toEqual({ ok: true });
});

test("ready means that the store takes a write and the disk has room", async () => {
  expect(await ready()).toEqual([200, { ok: true, checks: { store: "ok", disk: "ok" } }]);
  const probe = await http.ctx.store.db
    .selectFrom("setting")
    .selectAll()
    .where("key", "=", "probe")
    .executeTakeFirst();
  expect(probe?.value).toBe(String(http.ctx.clock.now()));
  free = 1_000;
  expect(await ready()).toEqual([503, { ok: false, checks: { store: "ok", disk: "failed" } }]);
});

test("a store that takes no write is not ready", async () => {
  const { write } = http.ctx.store;
  Object.assign(http.ctx.store, { write: () => Promise.reject(new Error("full")) });
  expect(await ready()).toEqual([503, { ok: false, checks: { store: "failed", disk: "ok" } }]);
  Object.assign(http.ctx.store, { write });
});

test("whoever asks all the time gets the last answer", async () => {
  await ready();
  free = 0;
  expect((await http.app.inject("/readyz")).statusCode).toBe(200);
  expect((await ready())[0]).toBe(503);
});

test("metrics tell what waits, and the pattern of an address instead of its ids", async () => {
  const { ctx } = http;
  const row = {
    kind: "message",
    account_id: newId(),
    lane: "l",
    payload: "{}",
    attempts: 0,
    lease_until: null,
  };
  const now = ctx.clock.now();
  await ctx.store.write(async (tx) => {
    const rows = [
      { ...row, id: newId(), state: "ready", next_at: now - 5_000 },
      { ...row, id: newId(), state: "ready", next_at: now },
      { ...row, id: newId(), state: "held", next_at: now - 60_000 },
    ];
    await tx.db.insertInto("outbox").values(rows).execute();
    const body = { channel: "sms", webhook_key: "k", body: "{}", attempts: 1, error: null };
    await tx.db
      .insertInto("delivery")
      .values([
        { ...body, id: newId(), received_at: now - 3_000, state: "pending" },
        { ...body, id: newId(), received_at: now - 9_000, state: "quarantined" },
      ])
      .execute();
  });
  await http.app.inject(`/api/v1/media/${newId()}`);
  const { body } = await http.app.inject("/metrics");
  expect(body).toContain('tongdai_outbox_rows{state="ready"} 2');
  expect(body).toContain('tongdai_outbox_rows{state="held"} 1');
  expect(body).toContain("tongdai_outbox_oldest_seconds 5");
  expect(body).toContain("tongdai_inbound_lag_seconds 3");
  expect(body).toContain("tongdai_deliveries_quarantined 1");
  expect(body).toContain("tongdai_sockets_connected 7");
  expect(body).toMatch(/tongdai_event_loop_delay_p99_seconds \d/);
  expect(body).toContain(
    'tongdai_http_request_seconds_count{method="GET",route="/api/v1/media/:id",status="401"} 1',
  );
});

test("metrics tell how each channel account is and what it has to send", async () => {
  const { ctx } = http;
  const { care, accounts } = await scene(ctx);
  await ctx.store.write(async (tx) => {
    await updateAccount(tx, accounts[care] ?? "", { health: "login_needed", last_inbound_at: 12_000 });
    const row = { kind: "message", lane: "l", payload: "{}", attempts: 0, lease_until: null, next_at: 0 };
    await tx.db
      .insertInto("outbox")
      .values({ ...row, id: newId(), account_id: accounts[care] ?? "", state: "held" })
      .execute();
  });
  const { body } = await http.app.inject("/metrics");
  const labels = 'channel="facebook",account="Chăm sóc khách hàng"';
  expect(body).toContain(`tongdai_channel_account_state{${labels},state="login_needed"} 1`);
  expect(body).toContain(`tongdai_channel_account_last_inbound_timestamp_seconds{${labels}} 12`);
  expect(body).toContain(`tongdai_channel_account_messages_to_send{${labels}} 1`);
  expect(body).toContain('tongdai_channel_account_messages_to_send{channel="facebook",account="Bảo hành"} 0');
});

test("metrics are for this machine, or for whoever has the token", async () => {
  const ask = async (o: { remoteAddress?: string; headers?: Record<string, string> }) =>
    (await http.app.inject({ url: "/metrics", ...o })).statusCode;
  expect(await ask({})).toBe(200);
  expect(await ask({ remoteAddress: "192.168.1.7" })).toBe(404);
  expect(await ask({ headers: { "x-forwarded-for": "127.0.0.1" } })).toBe(404);
  expect(await ask({ headers: { host: "evil.example" } })).toBe(404);
  await http.close();
  http = await testHttp({ config: { metricsToken: "a-long-enough-token" } });
  expect(await ask({})).toBe(404);
  expect(await ask({ headers: { authorization: "Bearer other" } })).toBe(404);
  expect(
    await ask({
      remoteAddress: "192.168.1.7",
      headers: { authorization: "Bearer a-long-enough-token", host: "gateway-1" },
    }),
  ).toBe(200);
});
