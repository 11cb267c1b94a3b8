import { isTimelineEvent, type TimelineEntry, timelineEntry } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { updateConversation } from "../../apps/gateway/src/store/conversations.ts";
import { conversationOf, rowsOf } from "../support/meta.ts";
import { personAt } from "../support/person.ts";
import { say, type Talk, talk } from "../support/talk.ts";
import { drain } from "../support/until.ts";
import { pass } from "../support/work.ts";
import { PASSWORD, type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("what lists and bubbles say, on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const shown = async ({ agent, conversationId }: Talk) =>
    (await agent.call("conversation.get", { conversationId })).conversation;

  test("an answer that was discarded leaves no words behind, and the customer waits again", async () => {
    const t = await talk(w, { text: "Còn hàng không?" });
    const waits = (await conversationOf(w, t.customer.psid)).unanswered_since;
    for (const fault of ["send.closeAfterSend", "echo.drop", "delivery.drop"] as const)
      w.facebook.faults.set(fault, true, { times: 1 });
    const { messages } = await say(t, "Lời nói hớ");
    await drain(w, { stepMs: 60_000, steps: 10 });
    expect(await shown(t)).toMatchObject({ preview: { text: "Lời nói hớ" }, unansweredSince: null });
    await t.agent.call("message.resolve", { messageId: messages[0]?.id ?? "", action: "discard" });
    await w.settle();
    expect(await shown(t)).toMatchObject({
      preview: { text: "Còn hàng không?", direction: "in", authorId: null },
      unansweredSince: waits,
    });
    // Who looks is told: first that it failed, then that it is gone, at last what is left.
    await t.agent.hear("conversation.updated", (d) => d.conversation.preview.text === "Còn hàng không?");
    expect((await t.agent.call("conversation.search", { query: "hớ" })).hits).toEqual([]);
  });

  test("words that the customer changed stand changed in the lists", async () => {
    const t = await talk(w, { text: "Cho 2 cái" });
    await t.customer.edit(t.customer.transcript().messages[0]?.mid ?? "", "Cho 3 cái");
    await w.settle();
    expect((await shown(t)).preview.text).toBe("Cho 3 cái");
  });

  test("the agent who wrote is named; who writes outside of here is not", async () => {
    const t = await talk(w);
    await say(t, "Dạ có ạ");
    await w.settle();
    expect((await shown(t)).preview).toMatchObject({ direction: "out", authorId: t.agent.userId });
    await w.facebook.pageInboxReply(t.customer.pageId, { psid: t.customer.psid, text: "Từ hộp thư" });
    await w.settle();
    expect((await shown(t)).preview).toMatchObject({ direction: "out", authorId: null });
  });

  test("a customer's story reads the same live and later, sticker, closing and all", async () => {
    const t = await talk(w, { text: "Hỏi chút" });
    await t.customer.sticker();
    await say(t, "Dạ chị cứ hỏi ạ");
    await w.settle();
    const { interaction } = await t.agent.call("interaction.end", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
    });
    await t.agent.call("interaction.close", {
      interactionId: interaction.id,
      version: interaction.version,
      disposition: "Cần theo dõi",
      note: "gọi lại chiều mai",
    });
    await w.settle();
    const { customerId } = await shown(t);
    const { entries } = await t.agent.call("customer.timeline", { customerId });
    const live = t.agent.heard.filter(isTimelineEvent).map(timelineEntry);
    const wordsOf = (list: readonly TimelineEntry[]) =>
      list
        .map((e) => [e.seq, e.name, e.summary, e.attachment, e.messageId] as const)
        .sort((a, b) => a[0] - b[0]);
    expect(wordsOf(live)).toEqual(wordsOf(entries));
    expect(entries.find((e) => e.name === "interaction.closed")?.summary).toBe(
      "Cần theo dõi · gọi lại chiều mai",
    );
    expect(entries.find((e) => e.attachment === "sticker")).toMatchObject({ summary: "" });
  });

  test("when the vendor says that it is too late, the window that was used is closed until the customer's next act", async () => {
    const t = await talk(w);
    // The vendor's clock and ours no longer agree: by ours there is a day left.
    await pass(w, 8 * 24 * 3_600_000);
    await w.gateway.ctx.store.write((tx) =>
      updateConversation(tx, t.conversationId, {
        window_opened_at: w.clock.now() - 60_000,
        last_inbound_at: w.clock.now() - 60_000,
      }),
    );
    const lan = await personAt(w.gateway.url, { username: "lan", password: PASSWORD });
    const again = { ...t, agent: lan };
    await say(again, "Còn kịp không?");
    await w.settle();
    const { message } = await lan.hear("message.updated", (d) => d.message.state === "failed");
    expect(message.error?.code).toBe("outside_window");
    const { conversation } = await lan.hear(
      "conversation.updated",
      (d) => d.conversation.windowRefusedAt !== null,
    );
    expect(conversation.windowRefusedAt).toBe(w.clock.now());
    expect(conversation.humanWindowRefusedAt).toBeNull();
    // The inbox goes by the longer window now.
    expect(conversation.answerUntil).toBe((conversation.lastInboundAt ?? 0) + 7 * 24 * 3_600_000);
    w.clock.advance(1_000);
    await say(again, "Thử bằng cửa sổ dài");
    await w.settle();
    await lan.hear("conversation.updated", (d) => d.conversation.humanWindowRefusedAt === w.clock.now());
    await expect(say(again, "Thử lại")).rejects.toMatchObject({ code: "window_closed" });
    w.clock.advance(1_000);
    await t.customer.text("Tôi đây");
    await w.settle();
    await say(again, "Dạ em chào chị");
    await drain(w);
    expect((await rowsOf(w, t.customer.psid)).at(-1)).toMatchObject({ text: "Dạ em chào chị", error: null });
  });

  test("seen is when the customer looked, not when it was written", async () => {
    const t = await talk(w);
    await say(t, "Dạ có ạ");
    await drain(w);
    const written = w.clock.now();
    await pass(w, 10 * 60_000);
    await t.customer.read();
    await w.settle();
    const [row] = (await rowsOf(w, t.customer.psid)).filter((r) => r.direction === "out");
    expect(row).toMatchObject({ state: "read" });
    expect(row?.state_at).toBeGreaterThan(written);
    const { messages } = await t.agent.call("conversation.get", { conversationId: t.conversationId });
    expect(messages.at(-1)).toMatchObject({ state: "read", stateAt: row?.state_at });
  });
});
