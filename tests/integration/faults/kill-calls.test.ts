import { createGateway, readConfig } from "@tongdai/gateway";
import { expect, test } from "vitest";
import { saveAccount } from "../../../apps/gateway/src/features/channel-accounts/index.ts";
import { createUser } from "../../../apps/gateway/src/features/users/index.ts";
import { startChild } from "../../support/child-gateway.ts";
import { freePort } from "../../support/free-port.ts";
import { killable } from "../../support/killable.ts";
import { personAt } from "../../support/person.ts";
import { softphone } from "../../support/softphone.ts";
import { trunkTo } from "../../support/trunk.ts";
import { makeQueue, PASSWORD } from "../../support/world.ts";

const NUMBER = "19001234";

test("who talks when the gateway is killed talks on, and can hang up; who waits is lost, told so, and owed a call", async () => {
  const k = await killable("sqlite");
  const sip = await freePort();
  const port = Number(new URL(k.url).port);
  const env = {
    TONGDAI_TELEPHONY: "embedded",
    TONGDAI_SIP_LISTEN: `127.0.0.1:${sip}`,
    TONGDAI_SIP_TRUNKS: "carrier=127.0.0.1",
  };
  const own = {
    TONGDAI_DATA_DIR: k.dataDir,
    TONGDAI_DATABASE_URL: k.databaseUrl,
    TONGDAI_PORT: String(port),
    TONGDAI_LOG_LEVEL: "silent",
  };
  const boot = () => createGateway(readConfig({ ...env, ...own }));
  const first = await boot();
  const who = { username: "lan", name: "Lan", password: PASSWORD, roles: ["agent"] };
  const { id } = await createUser(first.ctx, null, who);
  const queueId = await makeQueue(first, "Chăm sóc khách hàng", { memberIds: [id] });
  const account = { id: null, channel: "voice", name: "Tổng đài", queueId, enabled: true } as const;
  await saveAccount(first.ctx, null, { ...account, config: { number: NUMBER } });
  await first.close();

  const child = await startChild({ dataDir: k.dataDir, databaseUrl: k.databaseUrl, port, env });
  const lan = await personAt(child.url, { username: "lan", password: PASSWORD });
  await lan.call("agent.set_state", { state: "available" });
  const phone = await softphone(child.url, lan);
  const [talks, waits] = [await trunkTo(sip), await trunkTo(sip)];
  talks.invite(NUMBER, "0901000001");
  await (await phone.rung()).accept();
  await talks.hear("200");
  await talks.ack();
  await lan.hear("call.changed", (e) => e.call.legs.every((leg) => leg.phase === "up"));
  waits.invite(NUMBER, "0901000002");
  await waits.hear("182");
  await lan.hear("interaction.deferred");
  await child.kill();

  const survivor = await boot();
  const { db } = survivor.ctx.store;
  const calls = await db.selectFrom("call").selectAll().orderBy("started_at").execute();
  expect(calls.map((c) => [c.state, c.outcome, c.answered_at !== null])).toEqual([
    ["talking", null, true],
    ["ended", "lost", false],
  ]);
  const work = await db.selectFrom("interaction").select("state").orderBy("opened_at").execute();
  expect(work.map((w) => w.state)).toEqual(["active", "closed"]);
  expect(await db.selectFrom("ticket").select("id").execute()).toHaveLength(1);
  const agent = await db.selectFrom("agent_state").selectAll().executeTakeFirstOrThrow();
  expect(agent.phone).toBe(0);
  await phone.back();
  talks.bye();
  await talks.hear("200", "BYE");
  await survivor.settle();
  const ended = await db
    .selectFrom("call")
    .selectAll()
    .where("id", "=", calls[0]?.id ?? "")
    .execute();
  expect(ended).toMatchObject([{ state: "ended", outcome: "answered" }]);

  talks.close();
  waits.close();
  lan.disconnect();
  await phone.drop();
  await survivor.close();
  await k.close();
});
