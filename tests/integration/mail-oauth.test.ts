import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { startSmtpPeer } from "../simulators/mail/smtp-peer.ts";
import { CLIENT, startTokenDoor, type TokenDoor } from "../simulators/mail/token-door.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { letter, mailboxConfig, passUntil } from "../support/mailbox.ts";
import { countOf, rowsOf } from "../support/meta.ts";
import { say } from "../support/talk.ts";
import { tcpProxy } from "../support/tcp-proxy.ts";
import { until } from "../support/until.ts";
import { world } from "../support/world.ts";

const CUSTOMER = "hoa@sen.test";

let door: TokenDoor;
let mail: MailServer;
beforeAll(async () => {
  door = await startTokenDoor();
  mail = await startMailServer({ introspectionUrl: door.introspectionUrl });
});
afterAll(async () => {
  await mail.close();
  await door.close();
});

/** A mailbox that both of its servers open by token only, and an agent in a conversation with a customer of it. */
async function centre(user: string) {
  const before = door.grants;
  const w = await world({ alsoAllow: [door.host] });
  onTestFinished(() => w.close());
  const smtp = await startSmtpPeer({ userOf: door.userOf });
  onTestFinished(() => smtp.close());
  const line = await tcpProxy(mail.imapPort);
  onTestFinished(() => line.close());
  const save = (id: string | null) =>
    saveAccount(w.gateway.ctx, null, {
      id,
      channel: "email",
      name: user,
      queueId: w.queueId,
      enabled: true,
      config: mailboxConfig(mail, user, {
        ...CLIENT,
        login: "google",
        password: undefined,
        refreshToken: door.permit(`${user}@${mail.domain}`),
        tokenUrl: door.tokenUrl,
        imapPort: String(line.port),
        smtpPort: String(smtp.port),
        smtpLogin: "same",
      }),
    });
  const { id: accountId } = await save(null);
  const { db } = w.gateway.ctx.store;
  const rows = () => rowsOf(w, CUSTOMER);
  const arrives = async (id: string): Promise<void> => {
    await mail.drop(user, letter({ id, from: `Hoa <${CUSTOMER}>`, to: `${user}@sen.test` }));
    await passUntil(w.clock, async () => (await rows()).some((m) => m.external_id === id), `letter ${id}`);
  };
  await until(async () => (await db.selectFrom("place").selectAll().execute()).length > 0, "the first look");
  const agent = await w.agent("lan");
  await arrives(`first-${user}@sen.test`);
  const { offer } = await agent.hear("offer.made");
  await agent.call("offer.accept", { offerId: offer.id });
  const health = () =>
    db.selectFrom("channel_account").select("health").where("id", "=", accountId).executeTakeFirst();
  return {
    w,
    smtp,
    line,
    accountId,
    connectAgain: () => save(accountId),
    talk: { agent, conversationId: offer.conversationId },
    arrives,
    grants: () => door.grants - before,
    isPaid: async () => (await countOf(w, "outbox")) === 0,
    states: async () => (await rows()).filter((m) => m.direction === "out").map((m) => m.state),
    health: async () => (await health())?.health,
    alarms: () =>
      agent.heard.flatMap((e) =>
        e.name === "channel_account.changed" && e.data.account.id === accountId
          ? [e.data.account.health.state]
          : [],
      ),
  };
}

test("tokens open both servers; one that ends in mid-session is renewed once, and nobody notices", async () => {
  const c = await centre("support");
  await say(c.talk, "một");
  await passUntil(c.w.clock, c.isPaid, "the answer");
  expect([c.smtp.logins, c.grants()]).toEqual([["ok"], 1]);

  // By the SMTP server, while the line to the other one stays open.
  door.endAccess();
  await say(c.talk, "hai");
  await passUntil(c.w.clock, c.isPaid, "the second answer");
  expect(c.smtp.logins).toContain("refused");
  expect([c.smtp.logins.at(-1), c.grants()]).toEqual(["ok", 2]);

  // By the IMAP server, which shuts the line as providers do.
  door.endAccess();
  c.line.cut();
  await c.arrives("after-the-end@sen.test");
  await say(c.talk, "ba");
  await passUntil(c.w.clock, c.isPaid, "the third answer");
  expect([c.smtp.logins.at(-1), c.grants()]).toEqual(["ok", 3]);
  expect(c.smtp.taken).toHaveLength(3);
  expect([await c.health(), c.alarms()]).toEqual(["ok", []]);
});

test("a permission that is taken back is told of once, keeps what is to leave, and a new one brings all of it", async () => {
  const c = await centre("sales");
  door.revoke();
  door.endAccess();
  await say(c.talk, "chờ");
  await passUntil(c.w.clock, async () => (await c.health()) === "login_needed", "the alarm");
  c.line.cut();
  await mail.drop("sales", letter({ id: "meanwhile@sen.test", from: CUSTOMER, to: "sales@sen.test" }));
  const before = c.line.opened;
  await passUntil(c.w.clock, async () => c.line.opened > before, "another try");
  expect([await c.states(), c.smtp.taken]).toEqual([["queued"], []]);
  expect(c.alarms()).toEqual(["login_needed"]);

  await c.connectAgain();
  await passUntil(c.w.clock, c.isPaid, "what waited");
  await c.arrives("after@sen.test");
  const texts = (await rowsOf(c.w, CUSTOMER)).map((m) => m.external_id);
  expect(texts).toContain("meanwhile@sen.test");
  expect([await c.states(), c.smtp.taken.length, await c.health()]).toEqual([["sent"], 1, "ok"]);
});

test("tokens that another process has renewed are taken from it, and the provider is not asked", async () => {
  const c = await centre("lan");
  const { store, secrets } = c.w.gateway.ctx;
  const row = await store.db
    .selectFrom("credential")
    .selectAll()
    .where("account_id", "=", c.accountId)
    .executeTakeFirstOrThrow();
  const kept = JSON.parse(secrets.open(row.sealed ?? ""));
  door.endAccess();
  const answer = await fetch(door.tokenUrl, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: kept.refreshToken,
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
    }),
  });
  const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(await answer.text());
  await store.write((tx) =>
    tx.db
      .updateTable("credential")
      .set({ sealed: secrets.seal(JSON.stringify({ ...kept, accessToken, refreshToken })) })
      .where("account_id", "=", c.accountId)
      .execute(),
  );
  const before = door.grants;
  c.line.cut();
  await c.arrives("rotated@sen.test");
  await say(c.talk, "vẫn gửi được");
  await passUntil(c.w.clock, c.isPaid, "the answer");
  expect([c.smtp.logins, door.grants - before, await c.health()]).toEqual([["ok"], 0, "ok"]);
});
