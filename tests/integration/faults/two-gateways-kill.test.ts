import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventData } from "@tongdai/shared";
import { seededRandom } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { openStore, type Store } from "../../../apps/gateway/src/store/index.ts";
import { type FacebookSimulator, startFacebookSimulator } from "../../simulators/facebook/index.ts";
import { type Balancer, balancer } from "../../support/balancer.ts";
import { type ChildGateway, startChild } from "../../support/child-gateway.ts";
import { connectedStore } from "../../support/page-writer.ts";
import { type Person, personAt } from "../../support/person.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { APP, PAGE, PASSWORD } from "../../support/world.ts";

/** More for a long run: `TONGDAI_TEST_KILLS=200 npx vitest run --project story two-gateways-kill`. */
const KILLS = Number(process.env["TONGDAI_TEST_KILLS"] ?? 8);
const NEW_EACH = 6;
const CUSTOMERS = KILLS * NEW_EACH;
const AT = [
  ["lan", "minh"],
  ["hoa", "binh"],
] as const;

interface Floor {
  readonly facebook: FacebookSimulator;
  readonly proxy: Balancer;
  start(): Promise<ChildGateway>;
  readonly random: () => number;
  /** By gateway. */
  readonly gateways: ChildGateway[];
  readonly people: Person[][];
  /** Offers that anybody has heard of. */
  offers: number;
}

test(
  "two processes on one PostgreSQL, one killed again and again in mid-offer: no work has two offers or owners, none is lost",
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "tongdai-two-kill-"));
    const database = await freshDatabase();
    const proxy = await balancer();
    const facebook = await startFacebookSimulator({
      apps: [{ ...APP, webhookUrl: `${proxy.url}/webhooks/facebook/${APP.appId}`, pages: [PAGE] }],
      timeFactor: 300,
    });
    const place = { dataDir, databaseUrl: database.url };
    const env = { TONGDAI_FETCH_ALLOW: new URL(facebook.url).host };
    const random = seededRandom(20_261_123);
    const start = () => startChild({ ...place, env });
    const floor: Floor = { facebook, proxy, start, random, gateways: [], people: [[], []], offers: 0 };
    const { graphUrl } = facebook;
    await connectedStore({ ...place, graphUrl, agents: AT.flat(), chats: CUSTOMERS, offerSeconds: 60 });
    const store = await openStore(database.url, { onFatal: () => {} });
    try {
      floor.gateways.push(...(await Promise.all([start(), start()])));
      proxy.target(floor.gateways.map((g) => g.url));
      for (const at of [0, 1]) await enter(floor, at, asChanceHasIt);
      for (let i = 0; i < KILLS; i++) {
        await killInMidOffer(floor, i);
        await check(store);
      }
      for (const at of [0, 1]) await enter(floor, at, accept);
      const owned = () =>
        store.db.selectFrom("interaction").select("id").where("state", "=", "active").execute();
      await until(async () => (await owned()).length === CUSTOMERS, "everybody having somebody", 120_000);
      await check(store);
      const rows = await store.db.selectFrom("message").select("external_id").execute();
      const written = facebook.customers.flatMap((c) => c.transcript().messages.map((m) => m.mid));
      expect(new Set(rows.map((r) => r.external_id))).toEqual(new Set(written));
      expect(rows).toHaveLength(written.length);
    } finally {
      for (const gateway of floor.gateways) await gateway.kill();
      await store.close();
      await facebook.close();
      await proxy.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
  240_000 + KILLS * 30_000,
);

/** Customers write, and after a number of offers that chance decides one gateway is gone; its people come back to the next. */
async function killInMidOffer(floor: Floor, round: number): Promise<void> {
  const { gateways, proxy, facebook, random } = floor;
  const victim = Math.floor(random() * 2);
  const target = floor.offers + 1 + Math.floor(random() * NEW_EACH);
  for (let i = 0; i < NEW_EACH; i++) {
    const customer = facebook.customer({ pageId: PAGE.pageId, name: `Khách ${round}.${i}` });
    void customer.text(`của ${customer.name}`);
  }
  await until(() => floor.offers >= target, `${target} offers`, 120_000);
  await gateways[victim]?.kill();
  proxy.target(gateways.filter((_, i) => i !== victim).map((g) => g.url));
  gateways[victim] = await floor.start();
  proxy.target(gateways.map((g) => g.url));
  await enter(floor, victim, asChanceHasIt);
}

type Decide = (floor: Floor, person: Person, offer: EventData<"offer.made">["offer"]) => void;

async function enter(floor: Floor, at: number, decide: Decide): Promise<void> {
  for (const person of floor.people[at] ?? []) person.disconnect();
  const url = floor.gateways[at]?.url ?? "";
  floor.people[at] = [];
  for (const username of AT[at] ?? []) {
    const person = await personAt(url, { username, password: PASSWORD, connect: false });
    person.socket.on("journal", (events) => {
      for (const e of events) {
        if (e.name !== "offer.made") continue;
        floor.offers++;
        decide(floor, person, e.data.offer);
      }
    });
    const answer = await person.connect();
    if (answer.mode !== "snapshot") throw new Error("a new client gets a snapshot");
    for (const offer of answer.snapshot.offers) decide(floor, person, offer);
    await person.call("agent.set_state", { state: "available" });
    floor.people[at].push(person);
  }
}

/** The answer may never come: the gateway is gone, or the offer is. */
const accept: Decide = (_, person, { id }) =>
  void person.call("offer.accept", { offerId: id }).catch(() => {});

/** Takes it, declines it, leaves it open, or takes it while somebody at the other gateway does so too. */
const asChanceHasIt: Decide = (floor, person, offer) => {
  const what = floor.random();
  if (what < 0.2) void person.call("offer.decline", { offerId: offer.id }).catch(() => {});
  else if (what < 0.4) return;
  else {
    accept(floor, person, offer);
    if (what > 0.6)
      for (const others of floor.people)
        void others
          .at(-1)
          ?.call("interaction.claim", { interactionId: offer.interactionId })
          .catch(() => {});
  }
};

/** What is stored, and what the journal says in its order: nothing is offered that is offered already or somebody's. */
async function check({ db }: Store): Promise<void> {
  const { interactions, open, steps } = await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (q) => ({
      interactions: await q.selectFrom("interaction").select(["id", "state", "owner_id"]).execute(),
      open: await q.selectFrom("offer").select("interaction_id as id").where("state", "=", "open").execute(),
      steps: await q
        .selectFrom("journal")
        .select(["name", "interaction_id as id"])
        .where("name", "like", "interaction.%")
        .orderBy("seq")
        .execute(),
    }));
  const offered = interactions.filter((i) => i.state === "offered");
  expect(open.map((o) => o.id).toSorted()).toEqual(offered.map((i) => i.id).toSorted());
  expect(interactions.filter((i) => (i.state === "active") !== (i.owner_id !== null))).toEqual([]);
  const last = new Map<string | null, string>();
  for (const { name, id } of steps) {
    const before = last.get(id);
    if (name === "interaction.offered")
      expect(["interaction.offered", "interaction.accepted"]).not.toContain(before);
    if (name === "interaction.accepted") expect(before).not.toBe("interaction.accepted");
    last.set(id, name);
  }
}
