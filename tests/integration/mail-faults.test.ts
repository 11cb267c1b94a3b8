import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { replyBySystem } from "../../apps/gateway/src/features/conversations/index.ts";
import { conversationById } from "../../apps/gateway/src/store/conversations.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { connectMailbox, letter, passUntil } from "../support/mailbox.ts";
import { tcpProxy } from "../support/tcp-proxy.ts";
import { until } from "../support/until.ts";
import { type World, world } from "../support/world.ts";

let mail: MailServer;
let w: World;
beforeAll(async () => {
  mail = await startMailServer();
});
afterAll(() => mail.close());

async function start(): Promise<World> {
  w = await world();
  onTestFinished(() => w.close());
  return w;
}

const db = () => w.gateway.ctx.store.db;
const messages = () => db().selectFrom("message").selectAll().orderBy("at").orderBy("id").execute();
const listening = (accounts: number) =>
  until(
    async () => (await db().selectFrom("place").selectAll().execute()).length >= accounts,
    "the first look",
  );
const count = async () => (await messages()).length;
const send = (id: string, o: { to?: string; headers?: string; from?: string } = {}) =>
  mail.send({
    from: o.from ?? "mai@sen.test",
    to: [o.to ?? "support@sen.test"],
    raw: letter({
      id,
      text: `Thư ${id}`,
      ...(o.from && { from: o.from }),
      ...(o.headers && { headers: o.headers }),
    }),
  });

test("a letter that comes back marks the answer as failed and says why; a copy that shows up later changes nothing", async () => {
  await start();
  await mail.drop("support", letter({ id: "before-1@sen.test", from: "support@sen.test" }), "Sent");
  await connectMailbox(w, mail, { config: { sentFolder: "Sent" } });
  await listening(2);
  const lan = await w.agent("lan");
  await send("bounce-1@sen.test");
  const { offer } = await lan.hear("offer.made");
  await lan.call("offer.accept", { offerId: offer.id });
  const to = [{ name: "", address: `nobody@${mail.refusingDomain}` }];
  const clientId = crypto.randomUUID();
  await lan.call("message.send", {
    clientId,
    conversationId: offer.conversationId,
    text: "Chào anh.",
    letter: { subject: "Đơn hàng", to },
  });
  const { message } = await lan.hear("message.updated", (d) => d.message.state === "failed");
  expect(message).toMatchObject({ clientId, error: { code: "recipient_unknown" } });
  expect(message.error?.detail).toContain("nobody@gone.test");
  const sent = (await messages()).find((m) => m.id === message.id);
  for (const id of [sent?.external_id ?? "", "elsewhere-1@sen.test"])
    await mail.drop("support", letter({ id, from: "support@sen.test", to: "mai@sen.test" }), "Sent");
  const written = async () => (await messages()).filter((m) => m.author_kind === "outside");
  await passUntil(w.clock, async () => (await written()).length > 0, "what was written elsewhere");
  expect((await messages()).find((m) => m.id === message.id)?.state).toBe("failed");
});

test("what a machine wrote is kept, is nobody's work, and no machine of ours answers it: a loop of two mailboxes ends", async () => {
  await start();
  await connectMailbox(w, mail);
  await connectMailbox(w, mail, { user: "sales" });
  await listening(2);
  await send("loop-1@sen.test", { from: "sales@sen.test", headers: "Auto-Submitted: auto-replied" });
  await until(async () => (await count()) === 1, "the machine's letter");
  const [first] = await messages();
  expect(await db().selectFrom("interaction").selectAll().execute()).toEqual([]);
  await w.gateway.ctx.store.write(async (tx) => {
    const view = await conversationById(tx, first?.conversation_id ?? "");
    if (view) await replyBySystem(tx, w.gateway.ctx, { view, text: "Ngoài giờ làm việc." });
  });
  // To the address in From, which is the other mailbox of ours.
  await until(async () => (await count()) === 3, "the answer, kept where it was sent and where it came");
  const answer = (await messages()).find((m) => m.direction === "in" && m.id !== first?.id);
  expect(JSON.parse(answer?.letter ?? "{}")).toMatchObject({ automatic: "auto-submitted" });
  expect(await db().selectFrom("interaction").selectAll().execute()).toEqual([]);
});

test("a line that dies without a word is noticed, and nothing that came meanwhile is lost or doubled", async () => {
  await start();
  const proxy = await tcpProxy(mail.imapPort);
  onTestFinished(() => proxy.close());
  await connectMailbox(w, mail, { config: { imapPort: String(proxy.port) } });
  await listening(1);
  await send("alive@sen.test");
  await until(async () => (await count()) === 1, "the first letter");
  const before = proxy.opened;
  proxy.freeze();
  await send("unheard@sen.test");
  // The look after a silence, the patience for its answer, the pause before another try; slow enough for real answers.
  await passUntil(w.clock, async () => (await count()) === 2, "the letter that nobody told of", 5_000);
  expect(proxy.opened).toBeGreaterThan(before);
  await send("again@sen.test");
  await until(async () => (await count()) === 3, "the letter after it");
});

test("a line that is cut again and again while many letters come loses none and doubles none", async () => {
  await start();
  const ids = Array.from({ length: 150 }, (_, i) => `many-${i}@sen.test`);
  await mail.fill(
    "mai",
    ids.map((id) => letter({ id, to: "mai@sen.test" })),
    Date.now() - 3_600_000,
  );
  const proxy = await tcpProxy(mail.imapPort);
  onTestFinished(() => proxy.close());
  await connectMailbox(w, mail, { user: "mai", config: { imapPort: String(proxy.port), historyDays: "1" } });
  for (const at of [10, 110]) {
    await passUntil(w.clock, async () => (await count()) > at, `letter ${at}`, 100);
    proxy.cut();
  }
  ids.push("after-all@sen.test");
  await send("after-all@sen.test", { to: "mai@sen.test" });
  await passUntil(w.clock, async () => (await count()) === ids.length, "all of them");
  expect(proxy.opened).toBe(3);
  const found = (await messages()).map((m) => m.external_id);
  expect([found.length, new Set(found)]).toEqual([ids.length, new Set(ids)]);
});

test("a mailbox whose numbers are all new, and a letter in two folders, double nothing", async () => {
  await start();
  await mail.drop("lan", letter({ id: "copy@sen.test", to: "lan@sen.test" }), "Archive");
  await connectMailbox(w, mail, { user: "lan", config: { folders: "Archive", historyDays: "1" } });
  await listening(2);
  await until(async () => (await count()) === 1, "the older letter");
  await mail.drop("lan", letter({ id: "copy@sen.test", to: "lan@sen.test" }));
  await send("numbers-1@sen.test", { to: "lan@sen.test" });
  await until(async () => (await count()) === 2, "the new letter");
  await mail.renumber("lan");
  await send("numbers-2@sen.test", { to: "lan@sen.test" });
  await passUntil(w.clock, async () => (await count()) === 3, "the letter after it");
  const ids = (await messages()).map((m) => m.external_id);
  expect(new Set(ids)).toEqual(new Set(["copy@sen.test", "numbers-1@sen.test", "numbers-2@sen.test"]));
  expect(ids).toHaveLength(3);
  const work = await db().selectFrom("interaction").select("id").execute();
  expect(work.length).toBeGreaterThan(0);
});

test("a letter that is there before the mailbox is connected is not brought unless wanted", async () => {
  await start();
  await send("early@sen.test", { to: "hoa@sen.test" });
  await until(async () => (await mail.inbox("hoa")).length > 0, "the delivery");
  await connectMailbox(w, mail, { user: "hoa" });
  await listening(1);
  await send("late@sen.test", { to: "hoa@sen.test" });
  await until(async () => (await count()) === 1, "the later letter");
  expect((await messages()).map((m) => m.external_id)).toEqual(["late@sen.test"]);
});
