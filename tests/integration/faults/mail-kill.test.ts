import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGateway, type Gateway, readConfig } from "@tongdai/gateway";
import { fakeClock } from "@tongdai/shared/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { saveAccount } from "../../../apps/gateway/src/features/channel-accounts/index.ts";
import { createUser } from "../../../apps/gateway/src/features/users/index.ts";
import { openStore } from "../../../apps/gateway/src/store/index.ts";
import { type SmtpPeer, startSmtpPeer } from "../../simulators/mail/smtp-peer.ts";
import { startChild } from "../../support/child-gateway.ts";
import { killable } from "../../support/killable.ts";
import { type MailServer, startMailServer } from "../../support/mail-server.ts";
import { letter, mailboxConfig, passUntil } from "../../support/mailbox.ts";
import { preparedStore } from "../../support/page-writer.ts";
import { personAt } from "../../support/person.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { until } from "../../support/until.ts";
import { makeQueue, PASSWORD } from "../../support/world.ts";

interface Store {
  readonly dataDir: string;
  readonly databaseUrl: string;
}

let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
});
afterAll(() => mail.close());

async function freshStore(engine: "sqlite" | "postgres"): Promise<Store> {
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-mail-kill-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  if (engine === "sqlite") return { dataDir, databaseUrl: join(dataDir, "tongdai.db") };
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  return { dataDir, databaseUrl: database.url };
}

const inProcess = (store: Store, clock = fakeClock(Date.now())): Promise<Gateway> =>
  createGateway({ ...readConfig({}), ...store, port: 0, logLevel: "silent" }, { clock, random: () => 0.5 });

/** A mailbox that is read at Dovecot and written from at the peer, and lan to answer. */
async function connected(store: Store, user: string, smtp: SmtpPeer): Promise<void> {
  const gateway = await inProcess(store);
  const lan = { username: "lan", name: "Lan", password: PASSWORD, roles: ["agent"] };
  const { id } = await createUser(gateway.ctx, null, lan);
  await saveAccount(gateway.ctx, null, {
    id: null,
    channel: "email",
    name: user,
    queueId: await makeQueue(gateway, "Thư", { memberIds: [id] }),
    enabled: true,
    config: mailboxConfig(mail, user, { smtpPort: String(smtp.port), sentFolder: "Sent", historyDays: "1" }),
  });
  await gateway.close();
}

/** Starts the gateway, lets lan answer the first letter, and kills it while the server says nothing. */
async function killInMidSend(store: Store, smtp: SmtpPeer, at: "recipient" | "end"): Promise<void> {
  const gateway = await startChild({ ...store, env: { TONGDAI_LOG_LEVEL: "silent" } });
  const lan = await personAt(gateway.url, { username: "lan", password: PASSWORD });
  await lan.call("agent.set_state", { state: "available" });
  const { offer } = await lan.hear("offer.made");
  await lan.call("offer.accept", { offerId: offer.id });
  const isSilent = smtp.silent(at);
  const { conversationId } = offer;
  await lan.call("message.send", { clientId: crypto.randomUUID(), conversationId, text: "Dạ có ạ." });
  await isSilent;
  await gateway.kill();
  lan.disconnect();
  smtp.speak();
}

const answers = (gateway: Gateway) =>
  gateway.ctx.store.db.selectFrom("message").selectAll().where("author_kind", "=", "agent").execute();

test.each([
  ["sqlite", "recipient", "support", 0],
  ["postgres", "end", "lan", 1],
] as const)(
  "X4: killed on %s while the mail server is silent at the %s: the answer is unknown, and never sent again by itself",
  async (engine, at, user, arrived) => {
    const store = await freshStore(engine);
    const smtp = await startSmtpPeer();
    onTestFinished(() => smtp.close());
    await mail.drop(user, letter({ from: `${user}@sen.test`, id: `old-${user}@sen.test` }), "Sent");
    await connected(store, user, smtp);
    await mail.drop(user, letter({ id: `kill-${engine}-${at}@sen.test`, to: `${user}@sen.test` }));
    await killInMidSend(store, smtp, at);

    const clock = fakeClock(Date.now());
    const gateway = await inProcess(store, clock);
    onTestFinished(() => gateway.close());
    // The lease of the dead attempt runs out; hours later nothing has been tried again.
    for (const ms of [130_000, 3_600_000, 6 * 3_600_000]) {
      clock.advance(ms);
      await gateway.settle();
    }
    const [answer] = await answers(gateway);
    expect([answer?.state, smtp.taken.length]).toEqual(["unknown", arrived]);

    // What the provider keeps among the sent letters is the proof that it went out.
    const [copy] = smtp.taken;
    if (!copy) return;
    expect(copy.raw).toContain(`Message-ID: <${answer?.external_id}>`);
    await mail.drop(user, copy.raw, "Sent");
    await passUntil(clock, async () => (await answers(gateway))[0]?.state === "sent", "the proof");
    expect(smtp.taken).toHaveLength(1);
  },
);

/** Two pages of the server's list: the kill comes while the first is being applied. */
const LETTERS = 150;

test("killed while letters that came together are applied: after the restart every letter is there once", async () => {
  const k = await killable("sqlite");
  onTestFinished(() => k.close());
  const ids = Array.from({ length: LETTERS }, (_, i) => `batch-${i}@sen.test`);
  await mail.fill(
    "hoa",
    ids.map((id) => letter({ id, to: "hoa@sen.test" })),
    Date.now(),
  );
  await preparedStore(k, (gateway, queueId) =>
    saveAccount(gateway.ctx, null, {
      id: null,
      channel: "email",
      name: "hoa",
      queueId,
      enabled: true,
      config: mailboxConfig(mail, "hoa", { historyDays: "1" }),
    }),
  );
  const seen = await openStore(k.databaseUrl, { onFatal: () => {} });
  onTestFinished(() => seen.close());
  const kept = async () => {
    const rows = await seen.db
      .selectFrom("message")
      .select("external_id")
      .where("kind", "=", "message")
      .execute();
    return rows.map((row) => row.external_id ?? "").toSorted();
  };
  const first = await k.start([]);
  await until(async () => (await kept()).length > 0, "the first letters");
  await first.kill();
  const { gateway, clock } = await k.survivor([]);
  onTestFinished(() => gateway.close());
  const pending = () => seen.db.selectFrom("delivery").select("id").where("state", "=", "pending").execute();
  await passUntil(
    clock,
    async () => (await kept()).length >= LETTERS && (await pending()).length === 0,
    "every letter",
  );
  expect(await kept()).toEqual(ids.toSorted());
});
