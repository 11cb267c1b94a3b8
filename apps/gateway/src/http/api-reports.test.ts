import { dateOf } from "@tongdai/shared";
import { reportDay } from "@tongdai/shared/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newId } from "../ids.ts";
import { scene } from "../testing/scene.ts";
import { type TestHttp, testHttp } from "../testing/test-http.ts";
import { writeJournal } from "../testing/write-journal.ts";

let http: TestHttp;
beforeEach(async () => {
  http = await testHttp();
});
afterEach(() => http.close());

async function get(query: string, headers: Record<string, string>) {
  const answer = await http.app.inject({ url: `/api/v1/reports/facts.csv?${query}`, headers });
  return { status: answer.statusCode, body: answer.body, headers: answer.headers };
}

test("facts as a table: marked as UTF-8, quoted, and nothing in it that a spreadsheet would run", async () => {
  const { ctx } = http;
  const s = await scene(ctx);
  const ha = await http.person("ha", ["supervisor"]);
  await ctx.store.write((tx) =>
    tx.db.updateTable("queue").set({ name: '=HYPERLINK("x"), rồi' }).where("id", "=", s.care).execute(),
  );
  const start = ctx.clock.now();
  const day = reportDay(start);
  const work = { interactionId: newId(), queueId: s.care };
  day.agent(0, s.lan.userId, "available");
  day.step(0, "interaction.opened", work);
  day.step(30, "interaction.accepted", { ...work, ownerId: s.lan.userId }, { userId: s.lan.userId });
  day.step(90, "interaction.closed", work, { disposition: "\t@tăng" });
  await writeJournal(ctx, day.entries);
  const today = dateOf(start, "Asia/Ho_Chi_Minh");
  const answer = await get(`from=${today}&to=${today}`, ha.headers);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "cache-control": "no-store",
    "content-disposition": expect.stringContaining(`attachment; filename="segments-${today}-${today}.csv"`),
  });
  const [head, line, ...rest] = answer.body.split("\r\n");
  expect(head?.startsWith("\uFEFFsegment,interaction,part,")).toBe(true);
  expect(rest).toEqual([""]);
  const cells = `facebook,"'=HYPERLINK(""x""), rồi",customer,${today} 09:00:00,${today} 09:00:30`;
  expect(line).toContain(cells);
  expect(line).toContain(",closed,30,,60,0,0,0,0,0,0,'\t@tăng,,true,");

  ctx.clock.advance(60_000);
  const stretches = await get(`from=${today}&to=${today}&of=stretches&agentId=${s.lan.userId}`, ha.headers);
  expect(stretches.body).toContain(`,available,,false,${today} 09:00:00,,60\r\n`);
  // An agent's time is of no queue: the number is 0, and so are its rows.
  const ofQueue = await get(`from=${today}&to=${today}&of=stretches&queueId=${s.care}`, ha.headers);
  expect(ofQueue.body.split("\r\n")).toHaveLength(2);
  expect(
    (await get(`from=${today}&to=${today}&queueId=${s.warranty}`, ha.headers)).body.split("\r\n"),
  ).toHaveLength(2);
});

test("only for who may see reports, and only of days", async () => {
  const lan = await http.person("lan");
  const ha = await http.person("ha", ["supervisor"]);
  expect((await get("from=2026-11-22&to=2026-11-22", {})).status).toBe(401);
  expect((await get("from=2026-11-22&to=2026-11-22", lan.headers)).status).toBe(403);
  for (const query of [
    "",
    "from=2026-11-22",
    "from=x&to=y",
    "from=2026-11-22&to=2026-11-21",
    "from=2026-11-22&to=2026-11-22&x=1",
  ])
    expect((await get(query, ha.headers)).status, query).toBe(400);
});
