import type { Message } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PAGE, type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("the main road on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  test("a message arrives, is offered, answered, read, ticketed, wrapped up; the next one returns to the same agent", async () => {
    const lan = await w.agent("lan");
    const customer = w.facebook.customer({ pageId: PAGE.pageId, name: "Trần Văn Khách" });
    await customer.text("Xin chào, đơn hàng của tôi đâu?");

    const { offer } = await lan.hear("offer.made");
    expect(offer.preview.text).toBe("Xin chào, đơn hàng của tôi đâu?");
    const { interaction } = await lan.call("offer.accept", { offerId: offer.id });
    expect(interaction).toMatchObject({ state: "active", ownerId: lan.userId });

    const { conversationId } = offer;
    await lan.call("conversation.read", { conversationId });
    const opened = await lan.call("conversation.get", { conversationId });
    expect(opened.conversation.unansweredSince).toBe(w.clock.now());
    expect(opened.messages.map((m: Message) => m.text)).toEqual(["Xin chào, đơn hàng của tôi đâu?"]);

    const clientId = crypto.randomUUID();
    const sent = await lan.call("message.send", {
      clientId,
      conversationId,
      text: "Chào anh, em kiểm tra ngay ạ.",
    });
    await w.settle();
    const answered = await lan.call("conversation.get", { conversationId });
    expect(answered.conversation.unansweredSince).toBeNull();
    const answer = customer.transcript().messages.at(-1);
    expect(answer).toMatchObject({ from: "page", text: "Chào anh, em kiểm tra ngay ạ." });

    await customer.read();
    await w.settle();
    await lan.hear(
      "message.updated",
      (d) => d.message.id === sent.messages[0]?.id && d.message.state === "read",
    );

    const { ticket } = await lan.call("ticket.create", {
      clientId: crypto.randomUUID(),
      interactionId: interaction.id,
      subject: "Tìm đơn hàng",
    });
    expect(ticket).toMatchObject({
      number: 1,
      customerId: interaction.customerId,
      interactionIds: [interaction.id],
    });

    const ended = await lan.call("interaction.end", {
      interactionId: interaction.id,
      version: interaction.version,
    });
    expect(ended.interaction.state).toBe("wrap_up");
    const closed = await lan.call("interaction.close", {
      interactionId: interaction.id,
      version: ended.interaction.version,
      disposition: "Đã giải quyết",
    });
    expect(closed.interaction.state).toBe("closed");

    const minh = await w.agent("minh");
    await customer.text("Còn một câu nữa");
    const second = await lan.hear("offer.made", (d) => d.offer.interactionId !== interaction.id);
    expect(second.offer.reasons).toEqual([{ code: "last_agent", ring: 1 }]);
    expect(minh.heard.filter((e) => e.name === "offer.made")).toEqual([]);

    await w.settle();
    const timeline = await lan.call("customer.timeline", { customerId: interaction.customerId });
    const names = timeline.entries.map((e) => e.name);
    expect(names).toContain("ticket.created");
    expect(names).toContain("interaction.closed");
    expect(names.filter((n) => n === "message.created")).toHaveLength(3);
  });
});
