import type { Gateway } from "@tongdai/gateway";
import type { CommandOutput } from "@tongdai/shared";
import { type FakeClock, seededRandom } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { type FacebookSimulator, startFacebookSimulator } from "../../simulators/facebook/index.ts";
import type { ChildGateway } from "../../support/child-gateway.ts";
import { killable } from "../../support/killable.ts";
import { connectedStore } from "../../support/page-writer.ts";
import { type Person, personAt } from "../../support/person.ts";
import { until } from "../../support/until.ts";
import { APP, PAGE, PASSWORD } from "../../support/world.ts";

/** More for a long run: `TONGDAI_TEST_KILLS=200 npx vitest run --project story kill`. */
const CYCLES = Number(process.env["TONGDAI_TEST_KILLS"] ?? 8);
const NAMES = ["lan", "minh"];
const CUSTOMERS = 200;
/** Enough that there is always somebody with room to offer the work to. */
const CAPACITY = 50;

test.each(["sqlite", "postgres"] as const)(
  "F1, X4: killed again and again while 200 customers write and agents answer, on %s",
  async (engine) => {
    const k = await killable(engine);
    const facebook = await startFacebookSimulator({
      apps: [{ ...APP, webhookUrl: `${k.url}/webhooks/facebook/${APP.appId}`, pages: [PAGE] }],
      // The vendor's half-minute of patience becomes a tenth of a second.
      timeFactor: 300,
    });
    const hosts = [new URL(facebook.url).host];
    try {
      await connectedStore({ ...k, graphUrl: facebook.graphUrl, agents: NAMES, chats: CAPACITY });
      await storm(facebook, () => k.start(hosts));
      // The leases of the dead run out on a clock of our own.
      const { gateway: last, clock, quiet } = await k.survivor(hosts);
      await quiet(async () => {
        await facebook.settle();
        return facebook.deliveries.every((d) => d.state !== "waiting" && d.state !== "sending");
      });
      await check(last, facebook);
      await checkWork(last, clock);
      await checkSearch(last);
      await last.close();
    } finally {
      await facebook.close();
      await k.close();
    }
  },
  240_000 + CYCLES * 30_000,
);

/** Starts the gateway, lets everybody write, and kills it after a number of acknowledgements that chance decides. */
async function storm(facebook: FacebookSimulator, start: () => Promise<ChildGateway>): Promise<void> {
  const random = seededRandom(20_261_122);
  const customers = Array.from({ length: CUSTOMERS }, (_, i) =>
    facebook.customer({ pageId: PAGE.pageId, name: `Khách ${i}` }),
  );
  facebook.faults.set("webhook.parallel", true);
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const gateway = await start();
    const agents = await Promise.all(
      NAMES.map((username) => personAt(gateway.url, { username, password: PASSWORD })),
    );
    const answering = agents.map((agent, i) => answer(agent, i));
    await Promise.all(agents.map((agent) => agent.call("agent.set_state", { state: "available" })));
    const before = facebook.acknowledged;
    const writing = customers.filter(() => random() < 0.25);
    for (const customer of writing) void customer.text(`lần ${cycle} của ${customer.name}`);
    const target = before + 5 + Math.floor(random() * (writing.length - 5));
    await until(() => facebook.acknowledged >= target, `${target} acknowledgements`, 120_000);
    await gateway.kill();
    for (const stop of answering) stop();
  }
}

/**
 * Takes what is offered, but for every fourth offer, which it declines. Answers every message of this agent's half of the
 * conversations, once; unanswered ones of before first.
 */
function answer(agent: Person, half: number): () => void {
  const mine = (id: string) => Number.parseInt(id.slice(-1), 16) % 2 === half;
  const reply = (message: { id: string; conversationId: string; text: string }) =>
    void agent
      // The customer's message names the answer, so a repetition after a crash is recognised.
      .call("message.send", {
        clientId: message.id,
        conversationId: message.conversationId,
        text: `đáp ${message.id}`,
      })
      .catch(() => {});
  let offers = 0;
  const decide = (offerId: string) =>
    void agent.call(++offers % 4 === 0 ? "offer.decline" : "offer.accept", { offerId }).catch(() => {});
  agent.socket.on("journal", (events) => {
    for (const e of events) {
      if (e.name === "offer.made") decide(e.data.offer.id);
      if (e.name === "message.created" && e.data.message.direction === "in" && mine(e.data.conversation.id))
        reply(e.data.message);
    }
  });
  void agent
    .call("conversation.list", { view: "all", limit: 30 })
    .then(async ({ conversations }) => {
      for (const c of conversations.filter((x) => mine(x.id)).slice(0, 15)) {
        const { messages } = await agent.call("conversation.get", { conversationId: c.id });
        for (const m of messages) if (m.direction === "in") reply(m);
      }
    })
    .catch(() => {});
  return () => agent.disconnect();
}

async function check(gateway: Gateway, facebook: FacebookSimulator): Promise<void> {
  const rows = await gateway.ctx.store.db.selectFrom("message").selectAll().execute();
  const stored = rows.filter((r) => r.direction === "in").map((r) => r.external_id);
  const written = facebook.customers.flatMap((c) =>
    c.transcript().messages.filter((m) => m.from === "customer"),
  );
  expect(written.length).toBeGreaterThan(CYCLES * 20);
  // Everything arrived in the end, once: what was not acknowledged was repeated by the vendor.
  expect(new Set(stored).size).toBe(stored.length);
  expect(new Set(stored)).toEqual(new Set(written.map((m) => m.mid)));

  const ours = rows.filter((r) => r.direction === "out" && r.author_kind === "agent");
  expect(ours.length).toBeGreaterThan(CYCLES);
  expect(rows.filter((r) => r.author_kind === "outside")).toEqual([]);
  const shown = facebook.customers.flatMap((c) => c.transcript().messages.filter((m) => m.from === "page"));
  const times = new Map<string, number>();
  for (const m of shown) times.set(m.text ?? "", (times.get(m.text ?? "") ?? 0) + 1);
  expect([...times.values()].filter((n) => n > 1)).toEqual([]);
  for (const row of ours) {
    expect(["sent", "delivered", "read", "unknown"]).toContain(row.state);
    if (row.state !== "unknown") expect(times.get(row.text)).toBe(1);
  }
  expect(shown.length).toBeLessThanOrEqual(ours.length);
  const open = await gateway.ctx.store.db.selectFrom("interaction").selectAll().execute();
  const perConversation = new Map<string, number>();
  for (const i of open.filter((x) => x.state !== "closed"))
    perConversation.set(i.conversation_id, (perConversation.get(i.conversation_id) ?? 0) + 1);
  expect([...perConversation.values()].filter((n) => n > 1)).toEqual([]);
  const lost = await gateway.ctx.store.db
    .selectFrom("delivery")
    .selectAll()
    .where("state", "<>", "done")
    .execute();
  expect(lost).toEqual([]);
}

/** Offers and work of agents who were killed with their gateway: none counted twice, none left with anybody. */
async function checkWork(gateway: Gateway, clock: FakeClock): Promise<void> {
  const { db } = gateway.ctx.store;
  const made = await db.selectFrom("offer").selectAll().execute();
  expect(made.length).toBeGreaterThan(CYCLES);
  expect(made.filter((o) => o.state === "accepted")).not.toEqual([]);
  const open = made.filter((o) => o.state === "open").map((o) => o.interaction_id);
  const offered = await db.selectFrom("interaction").select("id").where("state", "=", "offered").execute();
  expect(open.toSorted()).toEqual(offered.map((i) => i.id).toSorted());
  // The leases of the dead run out by the database's clock, and then the grace of their agents by ours.
  await gateway.ctx.store.write((tx) =>
    tx.db.updateTable("instance").set({ seen_at: 0 }).where("id", "<>", gateway.ctx.instanceId).execute(),
  );
  for (const ms of [10_000, 60_000]) {
    clock.advance(ms);
    await gateway.settle();
  }
  const states = await db.selectFrom("interaction").select("state").distinct().execute();
  expect(states.map((i) => i.state)).toEqual(["waiting"]);
}

/** However far the index had come when it was cut off: every message is found, once. */
async function checkSearch(gateway: Gateway): Promise<void> {
  const rows = await gateway.ctx.store.db.selectFrom("message").select(["id", "text"]).execute();
  const reader = await personAt(gateway.url, { username: NAMES[0] ?? "", password: PASSWORD });
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const query = { query: `lan ${cycle} cua khach`, limit: 100, ...(cursor ? { cursor } : {}) };
      const page: CommandOutput<"conversation.search"> = await reader.call("conversation.search", query);
      found.push(...page.hits.map((hit) => hit.message.id));
      cursor = page.next;
    } while (cursor);
    const held = rows.filter((r) => r.text.startsWith("lần") && r.text.split(" ").includes(`${cycle}`));
    expect(found.toSorted()).toEqual(held.map((r) => r.id).toSorted());
  }
  reader.disconnect();
}
