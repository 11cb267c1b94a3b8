import { afterEach, beforeEach, expect, test } from "vitest";
import { createTicketByRule } from "../features/tickets/index.ts";
import { newId } from "../ids.ts";
import { scene, work } from "../testing/scene.ts";
import { type TestHttp, testHttp } from "../testing/test-http.ts";

let http: TestHttp;
beforeEach(async () => {
  http = await testHttp();
});
afterEach(() => http.close());

async function get(url: string, headers: Record<string, string>) {
  const answer = await http.app.inject({ url: `/api/v1/${url}`, headers });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
}

test("programs read the same tickets and customers as their person sees", async () => {
  const { ctx } = http;
  const s = await scene(ctx);
  const lan = await http.person("lan");
  const ha = await http.person("ha", ["supervisor"]);
  await ctx.store.write((tx) =>
    tx.db.insertInto("queue_member").values({ queue_id: s.care, user_id: lan.id }).execute(),
  );
  for (const [queueId, name] of [
    [s.care, "Đơn hàng 0901234567"],
    [s.warranty, "Máy hỏng"],
  ] as const) {
    const { interaction } = await work(ctx, s, { queueId, name });
    await ctx.store.write((tx) =>
      createTicketByRule(tx, ctx, { interaction, subject: name, reason: "unresolved" }),
    );
  }
  const tickets = await get("tickets?status=new,open&owner=none&text=don%20hang&limit=1", lan.headers);
  expect(tickets.status).toBe(200);
  expect(tickets.headers["cache-control"]).toBe("no-store");
  expect(tickets.body).toMatchObject({ tickets: [{ number: 1, status: "new" }], next: null });
  const first = await get("tickets?limit=1", ha.headers);
  const second = await get(`tickets?limit=1&cursor=${first.body.next}`, ha.headers);
  expect([first.body.tickets[0].number, second.body.tickets[0].number]).toEqual([2, 1]);
  expect(second.body.next).toBeNull();

  const masked = await get("customers?query=don", lan.headers);
  expect(masked.body.customers).toMatchObject([{ name: "Đơn hàng 0901 *** 567" }]);
  const full = await get("customers?query=don", ha.headers);
  expect(full.body.customers).toMatchObject([{ name: "Đơn hàng 0901234567" }]);
  expect((await get("customers", lan.headers)).body.customers).toHaveLength(1);
});

test.each(["tickets", "customers"])(
  "%s: without a session, without the permission, with nonsense",
  async (list) => {
    const admin = await http.person("admin", ["admin"]);
    const lan = await http.person("lan");
    expect((await get(list, {})).status).toBe(401);
    expect((await get(list, admin.headers)).status).toBe(403);
    for (const query of ["limit=0", "limit=x", "cursor=x", "unknown=1", `cursor=${"9".repeat(300)}`])
      expect((await get(`${list}?${query}`, lan.headers)).status, query).toBe(400);
    expect((await get(`${list}?limit=5`, lan.headers)).status).toBe(200);
  },
);

test("tickets: a filter that is none is refused", async () => {
  const lan = await http.person("lan");
  for (const query of ["status=lost", "status=", "owner=x", "overdue=maybe", "customerId=1"])
    expect((await get(`tickets?${query}`, lan.headers)).status, query).toBe(400);
  expect((await get(`tickets?customerId=${newId()}&overdue=true`, lan.headers)).body).toEqual({
    tickets: [],
    next: null,
  });
});

test("the lists are described", async () => {
  const answer = await http.app.inject({ url: "/api/openapi.json" });
  const { paths } = answer.json<{ paths: Record<string, { get: { parameters: { name: string }[] } }> }>();
  expect(paths["/api/v1/tickets"]?.get.parameters.map((p) => p.name).sort()).toEqual([
    "cursor",
    "customerId",
    "limit",
    "overdue",
    "owner",
    "priority",
    "status",
    "text",
  ]);
  expect(paths["/api/v1/customers"]?.get.parameters.map((p) => p.name).sort()).toEqual([
    "cursor",
    "limit",
    "query",
  ]);
});
