import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway, readConfig } from "@tongdai/gateway";
import { fakeClock, seededRandom } from "@tongdai/shared/testing";
import { expect, test } from "vitest";
import { createUser } from "../../../apps/gateway/src/features/users/index.ts";
import { startChild } from "../../support/child-gateway.ts";
import { personAt } from "../../support/person.ts";
import { startReceiver } from "../../support/receiver.ts";
import { until } from "../../support/until.ts";
import { PASSWORD } from "../../support/world.ts";

const CYCLES = 6;

test("killed again and again while it sends: every event arrives, and what comes twice has the same id", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-hooks-"));
  const store = { dataDir, databaseUrl: join(dataDir, "tongdai.db") };
  const shop = await startReceiver();
  const config = { ...readConfig({}), ...store, port: 0, fetchAllow: [shop.host], logLevel: "silent" };
  const clock = fakeClock(Date.now());
  const random = seededRandom(20_261_122);
  try {
    const first = await createGateway(config, { clock });
    for (const [username, role] of [
      ["admin", "admin"],
      ["lan", "agent"],
    ] as const)
      await createUser(first.ctx, null, { username, name: username, password: PASSWORD, roles: [role] });
    const admin = await personAt(first.url, { username: "admin", password: PASSWORD });
    const input = { name: "Cửa hàng", url: shop.url, events: ["agent.changed" as const] };
    await admin.call("webhook.save", input);
    await first.close();
    // Some answers never come: the kill finds attempts under way.
    shop.behave((response) => void (random() < 0.7 && response.writeHead(200).end()));
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const child = await startChild({ ...store, env: { TONGDAI_FETCH_ALLOW: shop.host } });
      const lan = await personAt(child.url, { username: "lan", password: PASSWORD });
      const changes = 5 + Math.floor(random() * 20);
      for (let i = 0; i < changes; i++)
        await lan.call("agent.set_state", { state: i % 2 === 0 ? "available" : "busy" });
      await child.kill();
      lan.disconnect();
    }
    shop.behave((response) => void response.writeHead(200).end());
    const last = await createGateway(config, {
      clock: fakeClock(Date.now() + 10 * 60_000),
      random: () => 0.5,
    });
    await last.settle();
    const { db } = last.ctx.store;
    const { since_seq } = await db.selectFrom("webhook").select("since_seq").executeTakeFirstOrThrow();
    const due = await db
      .selectFrom("journal")
      .select("seq")
      .where("name", "=", "agent.changed")
      .where("seq", ">", since_seq)
      .execute();
    await until(() => due.every(({ seq }) => shop.received.some((r) => r.event.sequence === seq)));
    expect(due.length).toBeGreaterThan(CYCLES * 5);
    for (const same of Map.groupBy(shop.received, (r) => r.event.sequence).values())
      expect(new Set(same.map((r) => `${r.event.id} ${r.raw}`)).size).toBe(1);
    await last.close();
  } finally {
    await shop.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
