import type { Message } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "../simulators/facebook/index.ts";
import { countOf, entryOf } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { drain } from "../support/until.ts";
import { pass } from "../support/work.ts";
import { APP, PAGE, type World, world } from "../support/world.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(["sqlite", "postgres"] as const)("comments beneath a page's post, on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const guest = (name: string): Customer => w.facebook.customer({ pageId: PAGE.pageId, name });
  const publicly = (id: string) => w.facebook.context.world.pages.get(PAGE.pageId)?.comments.get(id);

  /** An agent who has the work of somebody's first comment in hand. */
  async function taken(text = "Giá bao nhiêu ạ?") {
    const agent = await w.agent("lan");
    const customer = guest("Phạm Thị Mai");
    const comment = await customer.comment(text);
    const { offer } = await agent.hear("offer.made");
    await agent.call("offer.accept", { offerId: offer.id });
    await w.settle();
    const conversationId = offer.conversationId;
    return { agent, customer, comment, conversationId, first: await newest(agent, conversationId) };
  }

  const open = async (agent: Person, conversationId: string) =>
    agent.call("conversation.get", { conversationId });

  async function newest(agent: Person, conversationId: string): Promise<Message> {
    const message = (await open(agent, conversationId)).messages.findLast((m) => m.kind === "message");
    if (!message) throw new Error("nothing was written");
    return message;
  }

  const conversations = () =>
    w.gateway.ctx.store.db.selectFrom("conversation").selectAll().orderBy("id").execute();

  const write = (
    t: { agent: Person; conversationId: string },
    text: string,
    o: { replyToId?: string; privately?: boolean } = {},
  ) =>
    t.agent.call("message.send", {
      clientId: crypto.randomUUID(),
      conversationId: t.conversationId,
      text,
      replyToId: o.replyToId ?? null,
      ...(o.privately && { privately: true }),
    });

  test("a comment is work of a channel of its own, beneath what it is about", async () => {
    const t = await taken();
    const { conversation } = await open(t.agent, t.conversationId);
    expect(conversation).toMatchObject({
      channel: "facebook_comments",
      customerName: "Phạm Thị Mai",
      post: { text: expect.stringContaining("Bộ sưu tập mới"), removed: false },
      interaction: { channel: "facebook_comments", state: "active" },
    });
    expect(conversation.post?.url).toMatch(/^https:/);
    expect(conversation.post?.pictureMediaId).not.toBeNull();
    expect(t.first).toMatchObject({
      text: "Giá bao nhiêu ạ?",
      comment: { author: null, hidden: false, liked: false, isPrivate: false, act: null },
    });
  });

  test("what is written beneath a comment joins it, whoever writes; what stands by itself does not", async () => {
    const t = await taken();
    await guest("Lê Văn Bình").comment("Tôi cũng hỏi giá", t.comment.id);
    await t.customer.comment("Còn màu xanh không?");
    await w.settle();
    expect(await conversations()).toHaveLength(2);
    const { messages } = await open(t.agent, t.conversationId);
    expect(messages.filter((m) => m.kind === "message").map((m) => [m.text, m.comment?.author])).toEqual([
      ["Giá bao nhiêu ạ?", null],
      ["Tôi cũng hỏi giá", "Lê Văn Bình"],
    ]);
    expect(messages.at(-1)?.replyTo?.messageId).toBe(t.first.id);
  });

  test("an answer is public, stands beneath the comment, and its webhook makes no second one", async () => {
    const t = await taken();
    await write(t, "Dạ 450.000đ ạ");
    await w.settle();
    const answer = await newest(t.agent, t.conversationId);
    expect(answer).toMatchObject({ text: "Dạ 450.000đ ạ", state: "sent", comment: { isPrivate: false } });
    const page = w.facebook.context.world.pages.get(PAGE.pageId);
    expect([...(page?.comments.values() ?? [])].map((c) => [c.message, c.parentId])).toEqual([
      ["Giá bao nhiêu ạ?", page?.postId],
      ["Dạ 450.000đ ạ", t.comment.id],
    ]);
    expect(await countOf(w, "message")).toBe(2);
  });

  test("an answer whose success was lost is proven by the webhook and never written twice", async () => {
    const t = await taken();
    w.facebook.faults.set("comments.closeAfterWrite", true, { times: 1 });
    await write(t, "Dạ còn ạ");
    await w.settle();
    expect(await newest(t.agent, t.conversationId)).toMatchObject({ text: "Dạ còn ạ", state: "sent" });
    expect([...(w.facebook.context.world.pages.get(PAGE.pageId)?.comments.values() ?? [])]).toHaveLength(2);
  });

  test("what others write in the page's name is from outside, also beneath what nobody answered", async () => {
    const t = await taken();
    w.facebook.pageComment(PAGE.pageId, { message: "Shop trả lời rồi ạ", parentId: t.comment.id });
    w.facebook.pageComment(PAGE.pageId, { message: "Mời cả nhà" });
    await w.settle();
    expect(await newest(t.agent, t.conversationId)).toMatchObject({
      text: "Shop trả lời rồi ạ",
      direction: "out",
      author: { kind: "outside" },
    });
    expect(await conversations()).toHaveLength(1);
  });

  test("T18: without an author, or with its removal first, a comment is kept and harms nobody", async () => {
    await w.agent("lan");
    w.facebook.faults.set("comments.withoutFrom", true);
    await guest("Khách giấu tên").comment("Ai đây?");
    w.facebook.faults.set("comments.withoutFrom", false);
    w.facebook.context.webhooks.hold();
    const hasty = guest("Khách vội");
    const gone = await hasty.comment("Xoá ngay");
    await hasty.removeComment(gone.id);
    await w.facebook.release({ reverse: true });
    await w.settle();
    const rows = await w.gateway.ctx.store.db
      .selectFrom("message")
      .select(["text", "state", "kind"])
      .where("kind", "=", "message")
      .orderBy("id")
      .execute();
    expect(rows.map((r) => [r.text, r.state])).toEqual([
      ["Ai đây?", "received"],
      ["Xoá ngay", "removed"],
    ]);
    const customers = await w.gateway.ctx.store.db
      .selectFrom("customer")
      .select("name")
      .orderBy("id")
      .execute();
    // The name comes with the permission to ask for it.
    expect(customers.map((c) => c.name)).toEqual(["Khách giấu tên", "Khách vội"]);
  });

  test("edits, however late and however often they come, show the newest words", async () => {
    const t = await taken();
    await t.customer.editComment(t.comment.id, "Giá bao nhiêu vậy shop?");
    await w.settle();
    const [, edited] = w.facebook.deliveries;
    w.clock.advance(1000);
    await t.customer.editComment(t.comment.id, "Giá áo xanh bao nhiêu?");
    await w.settle();
    await w.facebook.sendRaw(APP.appId, edited?.body ?? "");
    await w.settle();
    expect(await newest(t.agent, t.conversationId)).toMatchObject({ text: "Giá áo xanh bao nhiêu?" });
    expect(await countOf(w, "message")).toBe(1);
  });

  test("hiding, liking and taking both back reach the page, are audited, and are done once", async () => {
    const t = await taken();
    const moderate = (act: "hide" | "unhide" | "like" | "unlike") =>
      t.agent.call("message.moderate", { messageId: t.first.id, act });
    const { message } = await moderate("hide");
    expect(message.comment?.act).toEqual({ kind: "hide", error: null });
    await moderate("hide");
    await pass(w, 1000);
    expect(publicly(t.comment.id)?.hidden).toBe(true);
    expect((await newest(t.agent, t.conversationId)).comment).toMatchObject({ hidden: true, act: null });
    await moderate("hide");
    await moderate("like");
    await moderate("unhide");
    await pass(w, 1000);
    expect(publicly(t.comment.id)).toMatchObject({ hidden: false, liked: true });
    expect((await newest(t.agent, t.conversationId)).comment).toMatchObject({ hidden: false, liked: true });
    const audited = await w.gateway.ctx.store.db
      .selectFrom("audit")
      .select(["action", "actor_id"])
      .where("action", "like", "comment.%")
      .orderBy("at")
      .orderBy("id")
      .execute();
    expect(audited).toEqual([
      { action: "comment.hidden", actor_id: t.agent.userId },
      { action: "comment.shown", actor_id: t.agent.userId },
    ]);
  });

  test("what somebody hid at the page itself is shown as hidden, and hiding it again is no failure", async () => {
    const t = await taken();
    const comment = publicly(t.comment.id);
    if (comment) comment.hidden = true;
    await t.agent.call("message.moderate", { messageId: t.first.id, act: "hide" });
    await pass(w, 1000);
    expect((await newest(t.agent, t.conversationId)).comment).toMatchObject({ hidden: true, act: null });
  });

  test("a refusal stands at the comment and may be tried again", async () => {
    const t = await taken();
    w.facebook.faults.set("comments.noPermission", true);
    await t.agent.call("message.moderate", { messageId: t.first.id, act: "hide" });
    await pass(w, 1000);
    expect((await newest(t.agent, t.conversationId)).comment).toMatchObject({
      hidden: false,
      act: { kind: "hide", error: { code: "permission" } },
    });
    w.facebook.faults.set("comments.noPermission", false);
    await t.agent.call("message.moderate", { messageId: t.first.id, act: "hide" });
    await pass(w, 1000);
    expect((await newest(t.agent, t.conversationId)).comment).toMatchObject({ hidden: true, act: null });
  });

  test("nor is it lost where another act was asked for meanwhile; of what is gone there is nothing to refuse", async () => {
    const t = await taken();
    const moderate = (act: "hide" | "like") =>
      t.agent.call("message.moderate", { messageId: t.first.id, act });
    w.facebook.faults.set("comments.noAnswer", true, { times: 1 });
    await moderate("hide");
    await w.settle();
    await moderate("like");
    w.facebook.faults.set("comments.noPermission", true, { times: 1 });
    await drain(w, { stepMs: 1_000 });
    expect((await newest(t.agent, t.conversationId)).comment).toMatchObject({
      hidden: false,
      liked: true,
      act: { kind: "hide", error: { code: "permission" } },
    });
    w.facebook.faults.set("comments.noPermission", true, { times: 1 });
    await moderate("hide");
    await t.customer.removeComment(t.comment.id);
    await pass(w, 1000);
    const gone = await newest(t.agent, t.conversationId);
    expect([gone.state, gone.comment?.act?.error ?? null]).toEqual(["removed", null]);
  });

  test("agents delete their own words only; who may delete others' does it for good", async () => {
    const t = await taken();
    await write(t, "Nhầm giá rồi ạ");
    await pass(w, 1000);
    const own = await newest(t.agent, t.conversationId);
    await t.agent.call("message.moderate", { messageId: own.id, act: "delete" });
    await pass(w, 1000);
    const act = { messageId: t.first.id, act: "delete" } as const;
    await expect(t.agent.call("message.moderate", act)).rejects.toMatchObject({ code: "forbidden" });
    const hoa = await w.person("hoa", { roles: ["supervisor"] });
    await hoa.call("message.moderate", act);
    await pass(w, 1000);
    expect(w.facebook.context.world.pages.get(PAGE.pageId)?.comments.size).toBe(0);
    const { messages } = await open(t.agent, t.conversationId);
    expect(messages.filter((m) => m.kind === "message").map((m) => m.state)).toEqual(["removed", "removed"]);
  });

  test("one private answer, which goes on as a Messenger conversation of the same customer", async () => {
    const t = await taken();
    await write(t, "Dạ em nhắn riêng giá ạ", { replyToId: t.first.id, privately: true });
    await w.settle();
    expect(t.customer.transcript().messages.map((m) => m.text)).toEqual(["Dạ em nhắn riêng giá ạ"]);
    expect(w.facebook.context.world.pages.get(PAGE.pageId)?.comments.size).toBe(1);
    const [, messenger] = await conversations();
    expect(messenger).toMatchObject({ channel: "facebook", interaction_id: null, window_opened_at: null });
    const again = write(t, "Thêm nữa", { replyToId: t.first.id, privately: true });
    await expect(again).rejects.toMatchObject({ code: "conflict" });

    await t.customer.text("Cảm ơn shop, lấy 2 cái");
    await w.settle();
    const all = await conversations();
    expect(all).toHaveLength(2);
    expect(new Set(all.map((c) => c.customer_id)).size).toBe(1);
    const { messages } = await open(t.agent, messenger?.id ?? "");
    expect(messages.map((m) => m.event?.name ?? m.text)).toEqual(["private_reply", "Cảm ơn shop, lấy 2 cái"]);
    expect(messages[0]?.event?.data).toMatchObject({
      conversationId: t.conversationId,
      comment: "Giá bao nhiêu ạ?",
      text: "Dạ em nhắn riêng giá ạ",
    });
  });

  test("who answers the private message before we hear that it arrived is still one customer", async () => {
    const t = await taken();
    w.facebook.faults.set("send.closeAfterSend", true, { times: 1 });
    w.facebook.faults.set("echo.drop", true, { times: 1 });
    await write(t, "Em nhắn riêng ạ", { replyToId: t.first.id, privately: true });
    await t.customer.text("Đây rồi");
    await w.settle();
    expect((await newest(t.agent, t.conversationId)).state).toBe("unknown");
    expect(new Set((await conversations()).map((c) => c.customer_id)).size).toBe(2);
    const { mid } = t.customer.transcript().messages[0] ?? { mid: "" };
    const id = (await newest(t.agent, t.conversationId)).id;
    const item = {
      sender: { id: PAGE.pageId },
      recipient: { id: t.customer.psid },
      timestamp: w.clock.now(),
      message: { is_echo: true, mid, metadata: id, text: "Em nhắn riêng ạ" },
    };
    await w.facebook.sendRaw(APP.appId, [entryOf([item])]);
    await w.settle();
    expect((await newest(t.agent, t.conversationId)).state).toBe("sent");
    expect(new Set((await conversations()).map((c) => c.customer_id)).size).toBe(1);
  });

  test("a private answer is refused after seven days, and when it was given elsewhere the agent is told", async () => {
    const t = await taken();
    const comment = publicly(t.comment.id);
    if (comment) comment.privateReplyMid = "m_elsewhere";
    await write(t, "Riêng ạ", { replyToId: t.first.id, privately: true });
    await w.settle();
    expect(await newest(t.agent, t.conversationId)).toMatchObject({
      state: "failed",
      error: { code: "already_answered" },
    });
    await w.gateway.ctx.store.write((tx) =>
      tx.db
        .updateTable("message")
        .set((e) => ({ at: e("at", "-", 7 * DAY + HOUR) }))
        .where("id", "=", t.first.id)
        .execute(),
    );
    const late = write(t, "Muộn rồi", { replyToId: t.first.id, privately: true });
    await expect(late).rejects.toMatchObject({ code: "window_closed" });
  });

  test("what is gone, is ours or is more than one message has no private answer", async () => {
    const t = await taken();
    const refused = async (code: string, text: string, replyToId: string) =>
      expect(write(t, text, { replyToId, privately: true })).rejects.toMatchObject({ code });
    await refused("too_large", "a".repeat(2_001), t.first.id);
    await write(t, "Dạ 450.000đ ạ");
    await pass(w, 1000);
    const own = await newest(t.agent, t.conversationId);
    await refused("invalid_input", "Riêng ạ", own.id);
    const hidden = t.agent.call("message.moderate", { messageId: own.id, act: "hide" });
    await expect(hidden).rejects.toMatchObject({ code: "invalid_input" });
    await t.customer.removeComment(t.comment.id);
    await w.settle();
    await refused("not_found", "Riêng ạ", t.first.id);
  });

  test("nobody moderates what a colleague has in hand, or by an account that is switched off", async () => {
    const t = await taken();
    const hide = { messageId: t.first.id, act: "hide" } as const;
    const binh = await w.person("binh");
    await expect(binh.call("message.moderate", hide)).rejects.toMatchObject({ code: "taken" });
    const off = { id: w.accountId, channel: "facebook", name: PAGE.name, queueId: w.queueId } as const;
    const admin = await w.person("admin", { roles: ["admin"] });
    await admin.call("channel_account.save", { ...off, enabled: false, config: {} });
    await expect(t.agent.call("message.moderate", hide)).rejects.toMatchObject({ code: "channel_paused" });
    expect(publicly(t.comment.id)?.hidden).toBe(false);
  });

  test("a post that is changed shows its new words, and one that is gone says so", async () => {
    const t = await taken();
    w.facebook.changePost(PAGE.pageId, "Áo dài giảm 20%");
    await w.settle();
    expect((await open(t.agent, t.conversationId)).conversation.post).toMatchObject({
      text: "Áo dài giảm 20%",
    });
    w.facebook.changePost(PAGE.pageId, undefined);
    const told = await t.agent.hear("conversation.updated", (d) => d.conversation.post?.removed === true);
    expect(told.conversation.id).toBe(t.conversationId);
  });

  test("a picture alone, and a comment that holds nothing that can be read, are shown", async () => {
    const t = await taken();
    await t.customer.comment("", t.comment.id, "sample");
    await w.settle();
    await t.customer.comment("", t.comment.id);
    await w.settle();
    const { messages } = await open(t.agent, t.conversationId);
    expect(messages.slice(-2).map((m) => m.attachments.map((a) => [a.kind, a.state]))).toEqual([
      [["image", "ready"]],
      [["unsupported", "none"]],
    ]);
  });

  test("an act asked for before a restart is done after it", async () => {
    const t = await taken();
    w.facebook.faults.set("comments.noAnswer", true, { times: 1 });
    await t.agent.call("message.moderate", { messageId: t.first.id, act: "hide" });
    await w.restart();
    await drain(w, { stepMs: 1_000 });
    expect(publicly(t.comment.id)?.hidden).toBe(true);
  });
});
