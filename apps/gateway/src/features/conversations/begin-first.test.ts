import type { CommandInput, Message } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeChannel, fakeChannel } from "../../channels/fake/index.ts";
import type { Caller } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import { type FakeAccounts, fakeAccounts } from "../../testing/fake-accounts.ts";
import { ask, person, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { saveAccount } from "../channel-accounts/index.ts";
import { handlers } from "./index.ts";

const another = { id: null, channel: "sms", name: "B", enabled: true } as const;

describe.each(["sqlite", "postgres"] as const)("writing first, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  const text = fakeChannel({ id: "sms", capabilities: { address: "phone", begins: true } });
  const mail = fakeChannel({
    id: "email",
    capabilities: { address: "email", begins: true, provesAddress: false, letters: { maxRecipients: 10 } },
  });
  const chat = fakeChannel({ id: "zalo" });
  let accounts: FakeAccounts;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [text.channel, mail.channel, chat.channel] });
    s = await scene(ctx);
    accounts = await fakeAccounts(ctx, s.care, [text, mail, chat]);
  });
  afterAll(() => ctx.close());

  const begin = async (input: CommandInput<"conversation.begin">, caller: Caller = s.lan) =>
    (await ask(ctx, caller, { name: "conversation.begin", handler: handlers["conversation.begin"], input }))
      .conversation;
  const to = (fake: FakeChannel, address: string, o: { subject?: string; clientId?: string } = {}) => ({
    clientId: o.clientId ?? crypto.randomUUID(),
    accountId: accounts.idOf(fake),
    address,
    ...(o.subject === undefined ? {} : { subject: o.subject }),
  });
  let n = 0;
  async function writes(from: string, fake = text) {
    const item = { ...fake.inbound().message({ from, externalId: `m${++n}` }), at: ctx.clock.now() };
    await accounts.deliver(fake, item);
    return accounts.conversationOf(fake, from);
  }
  async function send(conversationId: string, words: string): Promise<Message> {
    const input = { clientId: crypto.randomUUID(), conversationId, text: words };
    const handler = handlers["message.send"];
    const { messages } = await ask(ctx, s.lan, { name: "message.send", handler, input });
    const [message] = messages;
    if (!message) throw new Error("nothing was sent");
    return message;
  }
  const auditOf = (target: string) =>
    ctx.store.db
      .selectFrom("audit")
      .select(["actor_id", "detail"])
      .where("action", "=", "conversation.begun")
      .where("target", "=", target)
      .execute();

  test("a number that nobody knows becomes a customer whose work the writer has, and the first text leaves", async () => {
    const input = to(text, "0163 234 5678");
    const made = await begin(input);
    expect(made).toMatchObject({
      channel: "sms",
      customerName: "0332 *** 678",
      interaction: { state: "active", ownerId: s.lan.userId },
    });
    const row = await conversationById(ctx.store, made.id);
    expect(row?.identity_external_id).toBe("+84332345678");
    const clues = ctx.store.db.selectFrom("clue").select(["kind", "proven"]);
    expect(await clues.where("home_id", "=", row?.home_id ?? "").execute()).toContainEqual({
      kind: "phone",
      proven: 1,
    });
    expect(await begin(input)).toEqual(made);
    // Whoever finds the id of the command out gets no look at what it made.
    await expect(begin(input, s.minh)).rejects.toMatchObject({ code: "not_found" });
    expect(await auditOf(made.id)).toEqual([{ actor_id: s.lan.userId, detail: '{"channel":"sms"}' }]);
    const message = await send(made.id, "Đơn hàng của chị đã tới ạ");
    expect(message).toMatchObject({ state: "queued", direction: "out" });
    const clientId = message.clientId ?? "";
    await expect(begin(to(text, "0902 000 009", { clientId }))).rejects.toMatchObject({ code: "conflict" });
    // The answer comes into the same conversation, whatever the number was called.
    expect((await writes("+84332345678"))?.id).toBe(made.id);
  });

  test("a number that somebody has written from is that customer, and their conversation goes on", async () => {
    const known = await writes("+84902000001");
    const made = await begin(to(text, "0902 000 001"));
    expect(made).toMatchObject({ id: known?.id, customerId: known?.customer_id });
    const first = await begin({ clientId: crypto.randomUUID(), identityId: known?.identity_id ?? "" });
    expect(first.id).toBe(known?.id);
  });

  test("of many who begin with one number at once all are in one conversation, which one of them has", async () => {
    const supervisors = await Promise.all(
      [1, 2, 3, 4].map(() => person(ctx, { roles: ["agent"], queueIds: [s.care] })),
    );
    const ended = await Promise.allSettled(supervisors.map((p) => begin(to(text, "0902000002"), p)));
    const made = ended.flatMap((e) => (e.status === "fulfilled" ? [e.value] : []));
    const refused = ended.flatMap((e) => (e.status === "rejected" ? [e.reason.code] : []));
    expect(made).toHaveLength(1);
    expect(refused).toEqual(["taken", "taken", "taken"]);
    const rows = await ctx.store.db
      .selectFrom("identity")
      .select("id")
      .where("external_id", "=", "+84902000002")
      .execute();
    expect(rows).toHaveLength(1);
  });

  test("a letter needs a subject, begins a thread of its own and is headed by it", async () => {
    await expect(begin(to(mail, "lan@example.vn"))).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "subject" },
    });
    const one = await begin(to(mail, "Lan@Example.vn", { subject: "Báo giá tháng 12" }));
    const other = await begin(to(mail, "lan@example.vn", { subject: "Giao hàng" }));
    expect(other.id).not.toBe(one.id);
    expect([one, other].map((c) => c.subject)).toEqual(["Báo giá tháng 12", "Giao hàng"]);
    expect(other.customerId).toBe(one.customerId);
    const message = await send(one.id, "Em gửi chị báo giá ạ");
    expect(message.letter).toMatchObject({
      subject: "Báo giá tháng 12",
      to: [{ address: "lan@example.vn" }],
    });
    const again = await send(one.id, "Em nhắc chị ạ");
    expect(again.letter?.subject).toBe("Re: Báo giá tháng 12");
  });

  test("what is no address, who wants nothing more, a channel that does not begin and one that is off are refused", async () => {
    for (const address of ["Lan", "028 3822 1234", "lan@example.vn"])
      await expect(begin(to(text, address))).rejects.toMatchObject({
        code: "invalid_input",
        details: { field: "address" },
      });
    await expect(begin(to(chat, "0902000003"))).rejects.toMatchObject({ code: "invalid_input" });
    const out = await writes("+84902000004");
    const set = (table: "identity" | "channel_account", change: object, id: string) =>
      ctx.store.write((tx) => tx.db.updateTable(table).set(change).where("id", "=", id).execute());
    await set("identity", { opted_out_at: 1 }, out?.identity_id ?? "");
    await expect(begin(to(text, "0902000004"))).rejects.toMatchObject({ code: "opted_out" });
    // By another number of ours neither.
    const config = text.config("another");
    const { id: accountId } = await saveAccount(ctx, null, { ...another, queueId: s.care, config });
    const elsewhere = { clientId: crypto.randomUUID(), accountId, address: "0902000004" };
    await expect(begin(elsewhere)).rejects.toMatchObject({ code: "opted_out" });
    // Nor by a letter about something else.
    const letter = await begin(to(mail, "out@example.vn", { subject: "Báo giá" }));
    await set("identity", { opted_out_at: 1 }, letter.identityId);
    const next = begin(to(mail, "out@example.vn", { subject: "Giao hàng" }));
    await expect(next).rejects.toMatchObject({ code: "opted_out" });
    await set("channel_account", { enabled: 0 }, accounts.idOf(text));
    await expect(begin(to(text, "0902000005"))).rejects.toMatchObject({
      code: "channel_paused",
      details: { obstacle: "channel_off" },
    });
    await set("channel_account", { enabled: 1 }, accounts.idOf(text));
    const none = ctx.store.db.selectFrom("identity").where("external_id", "=", "+84902000005");
    expect(await none.select("id").execute()).toEqual([]);
  });

  test("only by accounts of one's own queues, and only with the permission to work", async () => {
    await expect(begin(to(text, "0902000006"), s.minh)).rejects.toMatchObject({ code: "not_found" });
    await expect(begin(to(text, "0902000006"), s.admin)).rejects.toThrow("not allowed");
    await begin(to(text, "0902000006"), s.ha);
  });
});
