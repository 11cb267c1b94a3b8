import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { MAILBOX_KB, type MailServer, startMailServer } from "../support/mail-server.ts";
import { connectMailbox, letter } from "../support/mailbox.ts";
import { until } from "../support/until.ts";
import { type World, world } from "../support/world.ts";

let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
});
afterAll(() => mail.close());

async function start(engine: "sqlite" | "postgres" = "sqlite"): Promise<World> {
  const w = await world({ engine });
  onTestFinished(() => w.close());
  return w;
}

const messages = (w: World) =>
  w.gateway.ctx.store.db.selectFrom("message").selectAll().orderBy("at").orderBy("id").execute();

describe.each([
  ["sqlite", "mai"],
  ["postgres", "hoa"],
] as const)("the road of a letter, on %s", (engine, customer) => {
  const address = `${customer}@sen.test`;
  const from = `Mai <${address}>`;

  test("comes in, is mail work, is answered, and the answer to the answer is in the same conversation", async () => {
    const w = await start(engine);
    const accountId = await connectMailbox(w, mail);
    await until(async () => (await places(w)) > 0, "the first look");
    const lan = await w.agent("lan");
    await mail.send({
      from: address,
      to: ["support@sen.test"],
      raw: letter({ from, subject: "=?utf-8?q?=C4=90=C6=A1n_h=C3=A0ng_77?=", id: "first@sen.test" }),
    });

    const { offer } = await lan.hear("offer.made");
    expect(offer).toMatchObject({ channel: "email", preview: { text: "Đơn hàng của tôi đâu?" } });
    const { interaction } = await lan.call("offer.accept", { offerId: offer.id });
    const { conversationId } = offer;
    const { conversation, messages: all } = await lan.call("conversation.get", { conversationId });
    expect(conversation).toMatchObject({ accountId, subject: "Đơn hàng 77", customerName: "Mai" });
    expect(all[0]?.letter).toMatchObject({
      subject: "Đơn hàng 77",
      from: { name: "Mai", address },
      automatic: null,
    });
    const row = await w.gateway.ctx.store.db.selectFrom("interaction").select("work").executeTakeFirst();
    expect([row?.work, interaction.state]).toEqual(["mail", "active"]);

    await lan.call("message.send", { clientId: crypto.randomUUID(), conversationId, text: "Chào chị Mai." });
    await until(async () => (await mail.inbox(customer)).length > 0, "the answer");
    const [answer = ""] = (await mail.inbox(customer)).slice(-1);
    expect(answer).toContain("Subject: =?UTF-8?Q?Re=3A_=C4=90=C6=A1n_h=C3=A0ng_77?=");
    expect(answer).toMatch(/^References: <first@sen\.test>/im);
    const replyTo = /^Reply-To:.*<(support\+[0-9a-z]{41}@sen\.test)>/im.exec(
      answer.replaceAll(/\r?\n[ \t]+/g, " "),
    )?.[1];
    const sent = (await messages(w)).find((m) => m.direction === "out");
    expect(answer).toContain(`Message-ID: <${sent?.external_id}>`);
    await until(async () => (await messages(w)).some((m) => m.state === "sent"), "the record of it");

    // One by headers, one by the address alone, with another subject.
    const byHeaders = letter({
      from,
      subject: "Khac",
      id: "second@sen.test",
      headers: `In-Reply-To: <${sent?.external_id}>`,
      text: "Cảm ơn",
    });
    await mail.send({ from: address, to: ["support@sen.test"], raw: byHeaders });
    const byAddress = letter({ from, subject: "Nua", to: replyTo ?? "", text: "Còn nữa" });
    await mail.send({ from: address, to: [replyTo ?? ""], raw: byAddress });
    await until(async () => (await messages(w)).length === 4, "both answers");
    const found = await messages(w);
    expect(new Set(found.map((m) => m.conversation_id)).size).toBe(1);
    expect(found.map((m) => m.text).sort()).toEqual(
      ["Chào chị Mai.", "Cảm ơn", "Còn nữa", "Đơn hàng của tôi đâu?"].sort(),
    );
  });
});

const places = async (w: World): Promise<number> =>
  (await w.gateway.ctx.store.db.selectFrom("place").selectAll().execute()).length;

test("how much room is left in the mailbox is told beside the account", async () => {
  const w = await start();
  const accountId = await connectMailbox(w, mail);
  const admin = await w.person("quantri", { roles: ["admin"] });
  const raw = letter({ from: "Hoa <hoa@sen.test>", text: "Dài dòng. ".repeat(1_000) });
  await mail.send({ from: "hoa@sen.test", to: ["support@sen.test"], raw });
  await until(async () => (await messages(w)).length === 1, "the letter");
  await admin.call("channel_account.check", { accountId });
  const { accounts } = await admin.call("channel_account.backlog", {});
  const total = MAILBOX_KB * 1024;
  const room = accounts.find((each) => each.accountId === accountId)?.facts[0];
  expect(room).toMatchObject({ kind: "quota", of: "storage", total, resetsAt: null });
  expect(room?.kind === "quota" && room.left).toSatisfy((left: number) => left > total / 2 && left < total);
});
