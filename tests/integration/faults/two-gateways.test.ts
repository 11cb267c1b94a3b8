import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway, type Gateway, readConfig } from "@tongdai/gateway";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startFacebookSimulator } from "../../simulators/facebook/index.ts";
import { balancer } from "../../support/balancer.ts";
import { type ChildGateway, startChild } from "../../support/child-gateway.ts";
import { createFloorView } from "../../support/floor.ts";
import { connectedStore } from "../../support/page-writer.ts";
import { type Person, personAt } from "../../support/person.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { talk } from "../../support/talk.ts";
import { until } from "../../support/until.ts";
import { agentRow, arrives, interactions, lastOffer, pass } from "../../support/work.ts";
import { APP, PAGE, PASSWORD, type World, world } from "../../support/world.ts";

const NAMES = ["lan", "minh", "hoa", "binh"] as const;
/** As many as the four may hold together. */
const CUSTOMERS = 12;

test("two processes on one PostgreSQL never offer the same work twice, also when one is killed in mid-offer", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-two-"));
  const database = await freshDatabase();
  const proxy = await balancer();
  const facebook = await startFacebookSimulator({
    apps: [{ ...APP, webhookUrl: `${proxy.url}/webhooks/facebook/${APP.appId}`, pages: [PAGE] }],
    timeFactor: 300,
  });
  const store = { dataDir, databaseUrl: database.url };
  const config = { ...readConfig({}), ...store, port: 0, logLevel: "silent" };
  const children: ChildGateway[] = [];
  try {
    await connectedStore({ ...store, graphUrl: facebook.graphUrl, agents: NAMES, offerSeconds: 60 });
    const env = { TONGDAI_FETCH_ALLOW: new URL(facebook.url).host };
    const start = () => startChild({ ...store, env });
    const [a, b] = await Promise.all([start(), start()]);
    children.push(a, b);
    proxy.target([a.url, b.url]);

    const enter = async (url: string, username: string) => {
      const person = await personAt(url, { username, password: PASSWORD });
      await person.call("agent.set_state", { state: "available" });
      return person;
    };
    const [lan, minh] = [await enter(a.url, "lan"), await enter(a.url, "minh")];
    const ready = [await enter(b.url, "hoa"), await enter(b.url, "binh")];
    for (const person of ready) acceptAll(person);
    const customers = Array.from({ length: CUSTOMERS }, (_, i) =>
      facebook.customer({ pageId: PAGE.pageId, name: `Khách ${i}` }),
    );
    for (const customer of customers.slice(0, 8)) void customer.text(`của ${customer.name}`);
    await Promise.all([lan.hear("offer.made"), minh.hear("offer.made")]);

    await a.kill();
    proxy.target([b.url]);
    for (const customer of customers.slice(8)) void customer.text(`của ${customer.name}`);
    for (const username of ["lan", "minh"]) {
      const back = await personAt(b.url, { username, password: PASSWORD, connect: false });
      acceptAll(back);
      const answer = await back.connect();
      if (answer.mode !== "snapshot") throw new Error("a new client gets a snapshot");
      for (const { id } of answer.snapshot.offers) accept(back, id);
    }

    const look = await createGateway(config);
    await until(async () => (await owned(look)).length === CUSTOMERS, "everybody having somebody", 100_000);
    await noDoubleOffer(look);
    const rows = await look.ctx.store.db.selectFrom("message").select("external_id").execute();
    const written = facebook.customers.flatMap((c) => c.transcript().messages.map((m) => m.mid));
    expect(new Set(rows.map((r) => r.external_id))).toEqual(new Set(written));
    expect(rows).toHaveLength(written.length);
    await look.close();
  } finally {
    for (const child of children)
      if (child.process.exitCode === null && !child.process.killed) await child.stop();
    await facebook.close();
    await proxy.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 240_000);

function acceptAll(person: Person): void {
  person.socket.on("journal", (events) => {
    for (const e of events) if (e.name === "offer.made") accept(person, e.data.offer.id);
  });
}

/** An offer may have ended by now: it was told of twice, or its gateway was taken for dead. */
const accept = (person: Person, offerId: string): void =>
  void person.call("offer.accept", { offerId }).catch(() => {});

const owned = (gateway: Gateway) =>
  gateway.ctx.store.db.selectFrom("interaction").selectAll().where("state", "=", "active").execute();

/** What the journal says, in its order: nothing is offered that is offered already or somebody's. */
async function noDoubleOffer(gateway: Gateway): Promise<void> {
  const entries = await gateway.ctx.store.db
    .selectFrom("journal")
    .select(["name", "interaction_id"])
    .where("name", "like", "interaction.%")
    .orderBy("seq")
    .execute();
  const last = new Map<string | null, string>();
  for (const { name, interaction_id } of entries) {
    if (name === "interaction.offered")
      expect(["interaction.offered", "interaction.accepted"]).not.toContain(last.get(interaction_id));
    last.set(interaction_id, name);
  }
  expect(last.size).toBe(CUSTOMERS);
}

describe("two gateways on one PostgreSQL", () => {
  let w: World;
  let second: Gateway;
  beforeEach(async () => {
    w = await world({ engine: "postgres" });
  });
  afterEach(async () => {
    await second.close();
    await w.close();
  });
  const startSecond = async () => {
    second = await createGateway({ ...w.gateway.ctx.config, port: 0 }, { clock: w.clock, random: () => 0.5 });
  };
  const atSecond = async (username: string) => {
    const person = await personAt(second.url, { username, password: PASSWORD });
    await second.settle();
    return person;
  };
  const lostAt = async (p: Person) => (await agentRow(w, p.userId)).lost_at;
  const gone = (p: Person) => new Promise<string>((resolve) => p.socket.once("disconnect", resolve));

  test("F6: when the clock of both is set back, what waits goes on waiting as long as it would have", async () => {
    await startSecond();
    const t = await talk(w);
    await t.agent.call("interaction.end", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
    });
    const due = async () =>
      (
        await w.gateway.ctx.store.db.selectFrom("timer").where("kind", "=", "wrap_up").selectAll().execute()
      ).map((r) => r.due_at - w.clock.now());
    const [left = 0] = await due();
    w.clock.step(-2 * 3_600_000);
    for (let i = 0; i < 4; i++) {
      await pass(w, 5_000);
      await second.settle();
    }
    const [now = 0] = await due();
    expect(left - now).toBe(20_000);
    await pass(w, 5 * 60_000);
    await second.settle();
    expect((await interactions(w))[0]?.state).toBe("closed");
  });

  test("who watches at one sees what happens at the other: states, work and a line that is lost", async () => {
    const lan = await w.agent("lan");
    await w.person("ha", { roles: ["supervisor"], queues: "none", connect: false });
    await startSecond();
    const view = createFloorView(await atSecond("ha"));
    await view.person.call("floor.watch", {});
    await view.until(w, (v) => v.queue(w.queueId)?.free === 1);
    await arrives(w);
    await view.until(w, (v) => v.queue(w.queueId)?.offered === 1);
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    await view.until(w, (v) => v.agent(lan.userId)?.inHand.length === 1);
    expect(view.queue(w.queueId)).toMatchObject({ waiting: 0, inProgress: 1 });
    lan.disconnect();
    await view.until(w, (v) => v.agent(lan.userId)?.lost === true);
    expect(view.told.filter((change) => change.full)).toHaveLength(1);
  });

  test("a start takes nobody for lost who is connected to the other", async () => {
    const lan = await w.agent("lan");
    await w.settle();
    await startSecond();
    expect(await lostAt(lan)).toBeNull();
  });

  test("who leaves one and is at the other is there; who leaves both is lost", async () => {
    const lan = await w.agent("lan");
    await startSecond();
    const alsoLan = await atSecond("lan");
    lan.disconnect();
    await w.settle();
    expect(await lostAt(lan)).toBeNull();
    alsoLan.disconnect();
    await until(async () => (await lostAt(lan)) !== null, "lost");
  });

  test("the agents of one that died are lost when its lease is over, all others are not", async () => {
    await startSecond();
    const lan = await w.agent("lan");
    const minh = await w.agent("minh");
    const hoa = await w.agent("hoa");
    await w.settle();
    await w.gateway.ctx.store.write(async (tx) => {
      await tx.db.insertInto("instance").values({ id: "dead", seen_at: 1, wall_at: 1 }).execute();
      for (const p of [lan, minh])
        await tx.db.insertInto("presence").values({ instance_id: "dead", user_id: p.userId }).execute();
      await tx.db
        .deleteFrom("presence")
        .where("user_id", "=", minh.userId)
        .where("instance_id", "<>", "dead")
        .execute();
    });
    await pass(w, 5_000);
    await until(async () => (await lostAt(minh)) !== null, "lost");
    expect([await lostAt(lan), await lostAt(hoa)]).toEqual([null, null]);
  });

  test("one that was taken for dead says again who is there", async () => {
    await startSecond();
    const lan = await w.agent("lan");
    await w.settle();
    await w.gateway.ctx.store.write(async (tx) => {
      await tx.db.deleteFrom("instance").execute();
      await tx.db.deleteFrom("presence").execute();
      await tx.db.updateTable("agent_state").set({ lost_at: 1 }).execute();
    });
    await pass(w, 5_000);
    await until(async () => (await lostAt(lan)) === null, "back");
  });

  test("typing is seen at the other", async () => {
    await startSecond();
    const t = await talk(w);
    await w.person("ha", { roles: ["supervisor"], connect: false });
    const boss = await atSecond("ha");
    const seen = new Promise((resolve) => boss.socket.once("typing.changed", resolve));
    await t.agent.call("typing.set", { conversationId: t.conversationId, on: true });
    expect(await seen).toEqual({ conversationId: t.conversationId, userId: t.agent.userId, on: true });
  });

  test("a session that ends and a person who is disabled at one lose their sockets at the other", async () => {
    await startSecond();
    const admin = await w.person("quantri", { roles: ["admin"] });
    await w.person("lan", { connect: false });
    await w.person("minh", { connect: false });
    const [lan, minh] = [await atSecond("lan"), await atSecond("minh")];
    const closed = Promise.all([gone(lan), gone(minh)]);
    await fetch(`${w.gateway.url}/api/v1/sessions/current`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${lan.token}` },
    });
    await admin.call("user.update", { userId: minh.userId, disabled: true });
    await closed;
  });
});
