import { dateOf } from "@tongdai/shared";
import { expect, onTestFinished, test } from "vitest";
import { pass } from "../support/work.ts";
import { makeQueue, PAGE, world } from "../support/world.ts";

test.each(["sqlite", "postgres"] as const)(
  "comments and messages of one page are told apart by reports and by the filter of channels, on %s",
  async (engine) => {
    const w = await world({ engine, startAt: "2026-11-22T09:00:00+07:00" });
    onTestFinished(() => w.close());
    const ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const guest = (name: string) => w.facebook.customer({ pageId: PAGE.pageId, name });
    await guest("Mai").comment("Giá bao nhiêu ạ?");
    await guest("Bình").comment("Còn hàng không?");
    await guest("Lan").text("Xin chào");
    await w.settle();
    await pass(w, 10_000);

    const shown = async (channel?: "facebook" | "facebook_comments") => {
      const { conversations } = await ha.call("conversation.list", {
        view: "open",
        ...(channel && { channel }),
      });
      return conversations.map((c) => c.customerName).toSorted();
    };
    expect(await shown()).toEqual(["Bình", "Lan", "Mai"]);
    expect(await shown("facebook_comments")).toEqual(["Bình", "Mai"]);
    expect(await shown("facebook")).toEqual(["Lan"]);

    const day = dateOf(w.clock.now(), "Asia/Ho_Chi_Minh");
    const time = { from: day, to: day, groupBy: "channel" } as const;
    const { rows } = await ha.call("report.query", time);
    expect(Object.fromEntries(rows.map((r) => [r.key, r.sums.interactions]))).toEqual({
      facebook: 1,
      facebook_comments: 2,
    });
    const filter = { channel: "facebook_comments" as const };
    const { total } = await ha.call("report.query", { ...time, filter });
    expect(total.interactions).toBe(2);
  },
);

test.each(["sqlite", "postgres"] as const)(
  "comments wait in a queue of their own, are heard of there only, and go on in private where messages wait, on %s",
  async (engine) => {
    const w = await world({ engine });
    onTestFinished(() => w.close());
    const [lan, binh] = [await w.agent("lan"), await w.person("binh", { queues: "none" })];
    const commentQueueId = await makeQueue(w.gateway, "Bình luận", { memberIds: [binh.userId] });
    const admin = await w.person("admin", { roles: ["admin"] });
    const id = w.accountId;
    const save = (change: { commentQueueId?: string | null; name?: string }) =>
      admin.call("channel_account.save", {
        id,
        channel: "facebook",
        name: PAGE.name,
        queueId: w.queueId,
        config: {},
        ...change,
      });
    const unknown = save({ commentQueueId: crypto.randomUUID() });
    await expect(unknown).rejects.toMatchObject({ code: "not_found", details: { field: "commentQueueId" } });
    await expect(
      binh.call("channel_account.save", {
        id,
        channel: "facebook",
        name: "x",
        queueId: w.queueId,
        commentQueueId,
        config: {},
      }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await save({ commentQueueId });
    // What is left out stays as it was.
    const { account } = await save({ name: "Sen Việt Quận 1" });
    expect(account.commentQueueId).toBe(commentQueueId);

    await binh.call("agent.set_state", { state: "available" });
    const mai = w.facebook.customer({ pageId: PAGE.pageId, name: "Mai" });
    await mai.comment("Giá bao nhiêu ạ?");
    const { offer } = await binh.hear("offer.made");
    await binh.call("offer.accept", { offerId: offer.id });
    await w.settle();
    expect(
      lan.heard.filter((e) =>
        ["customer.created", "conversation.created", "message.created"].includes(e.name),
      ),
    ).toEqual([]);

    const { conversationId } = offer;
    const { messages } = await binh.call("conversation.get", { conversationId });
    const comment = messages.find((m) => m.text === "Giá bao nhiêu ạ?");
    const answer = { clientId: crypto.randomUUID(), conversationId, text: "Dạ em nhắn riêng ạ" };
    await binh.call("message.send", { ...answer, replyToId: comment?.id ?? null, privately: true });
    await w.settle();
    await mai.text("Cảm ơn");
    const { offer: message } = await lan.hear("offer.made");
    await lan.call("offer.accept", { offerId: message.id });
    const rows = await w.gateway.ctx.store.db
      .selectFrom("conversation")
      .select(["channel", "queue_id"])
      .orderBy("id")
      .execute();
    expect(rows).toEqual([
      { channel: "facebook_comments", queue_id: commentQueueId },
      { channel: "facebook", queue_id: w.queueId },
    ]);

    const audited = await w.gateway.ctx.store.db
      .selectFrom("audit")
      .select("detail")
      .where("action", "=", "channel_account.saved")
      .where("actor_id", "=", admin.userId)
      .orderBy("id")
      .execute();
    expect(JSON.parse(audited[0]?.detail ?? "null")).toMatchObject({
      changes: [{ path: ["commentQueueId"], was: null, is: commentQueueId }],
    });
    await save({ commentQueueId: null });
    await w.facebook.customer({ pageId: PAGE.pageId, name: "Hà" }).comment("Còn hàng không?");
    await lan.hear("offer.made", (d) => d.offer.channel === "facebook_comments");
  },
);
