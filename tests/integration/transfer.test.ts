import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { say, talk, transfer } from "../support/talk.ts";
import { interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("transfers on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  test("to another queue: the old side is told that it is hidden and hears nothing more, the new side has it with the note", async () => {
    const t = await talk(w, { text: "Máy hỏng rồi" });
    const stays = await w.person("minh");
    const warranty = await w.person("bao", { queues: "none" });
    await join(w, warranty.userId);
    await warranty.call("agent.set_state", { state: "available" });
    const supervisor = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    await w.settle();

    await say(t, "Em chuyển sang bảo hành giúp ạ");
    await transfer(t, { queueId: w.secondQueueId }, "Khách cần bảo hành máy");
    await w.settle();
    for (const p of [t.agent, stays])
      expect(p.heard.filter((e) => e.name === "conversation.hidden")).toHaveLength(1);
    const marks = [t.agent, stays].map((p) => p.heard.length);
    const offer = lastOffer(warranty);
    expect(offer).toMatchObject({
      interactionId: t.interaction.id,
      waitingSince: t.interaction.waitingSince,
      preview: { text: "Máy hỏng rồi", attachment: null },
      note: { text: "Khách cần bảo hành máy", byId: t.agent.userId },
    });
    await warranty.call("offer.accept", { offerId: offer.id });
    await t.customer.text("Bí mật của tôi");
    await say({ agent: warranty, conversationId: t.conversationId }, "Bảo hành xin nghe");
    await w.settle();
    for (const [i, p] of [t.agent, stays].entries()) {
      const after = p.heard.slice(marks[i]);
      expect(JSON.stringify(after)).not.toContain(t.conversationId);
      await expect(p.call("conversation.get", { conversationId: t.conversationId })).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(say({ agent: p, conversationId: t.conversationId }, "?")).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect(supervisor.heard.some((e) => e.name === "interaction.transferred")).toBe(true);
    const { entries } = await warranty.call("interaction.history", { interactionId: t.interaction.id });
    expect(entries.find((e) => e.name === "interaction.transferred")).toMatchObject({
      note: "Khách cần bảo hành máy",
      actorId: t.agent.userId,
    });
  });

  test("to a person of another queue, who then refuses: it goes back, and that person sees it no more", async () => {
    const t = await talk(w);
    const outside = await w.person("bao", { queues: "none" });
    await join(w, outside.userId);
    await outside.call("agent.set_state", { state: "available" });
    const { interaction } = await transfer(t, { userId: outside.userId });
    await w.settle();
    await outside.call("offer.decline", { offerId: lastOffer(outside).id });
    await w.settle();
    const mark = outside.heard.length;
    await t.customer.text("Còn ai ở đó không?");
    await w.settle();
    expect(JSON.stringify(outside.heard.slice(mark))).not.toContain(t.conversationId);
    // The one who handed it over is the only other member: asked again rather than nobody.
    await pass(w, 20_000);
    expect(lastOffer(t.agent)).toMatchObject({ interactionId: interaction.id });
    const shown = visibleTo(outside.heard).get(t.conversationId);
    expect(shown ?? "hidden").toBe("hidden");
  });

  test("a person who has taken it from outside the queue and is lost sees it no more either", async () => {
    const t = await talk(w);
    const outside = await w.person("bao", { queues: "none" });
    await join(w, outside.userId);
    await outside.call("agent.set_state", { state: "available" });
    await transfer(t, { userId: outside.userId });
    await w.settle();
    await outside.call("offer.accept", { offerId: lastOffer(outside).id });
    expect(
      (await outside.call("conversation.get", { conversationId: t.conversationId })).conversation.interaction,
    ).toMatchObject({ ownerId: outside.userId });
    await outside.call("agent.set_state", { state: "offline" });
    await pass(w, 46_000);
    expect((await interactions(w))[0]?.owner_id).toBeNull();
    expect(visibleTo(outside.heard).get(t.conversationId)).toBe("hidden");
  });

  test("handed to somebody who goes home before it is offered, it is anybody's again", async () => {
    const minh = await w.agent("minh");
    // No room: the transfer has to wait for minh.
    await w.gateway.ctx.store.write((tx) =>
      tx.db.updateTable("agent_state").set({ limit_chat: 1 }).where("user_id", "=", minh.userId).execute(),
    );
    await talk(w, { agent: minh, name: "Lê Thị Hai" });
    const t = await talk(w);
    await transfer(t, { userId: minh.userId });
    await t.agent.call("agent.set_state", { state: "away", reason: "lunch" });
    await w.settle();
    expect(offersTo(minh)).toHaveLength(1);
    const hoa = await w.agent("hoa");
    await w.settle();
    expect(offersTo(hoa)).toEqual([]);
    await minh.call("agent.set_state", { state: "offline" });
    await w.settle();
    expect(offersTo(hoa).map((o) => o.interactionId)).toEqual([t.interaction.id]);
  });

  test("an old version, a stranger and an absent person are refused and change nothing", async () => {
    const t = await talk(w);
    const minh = await w.person("minh");
    const bao = await w.person("bao", { queues: "none" });
    const base = { interactionId: t.interaction.id, to: { queueId: w.secondQueueId }, note: "" };
    const head = await w.gateway.ctx.store.head();
    await expect(t.agent.call("interaction.transfer", { ...base, version: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    const { version } = t.interaction;
    await expect(minh.call("interaction.transfer", { ...base, version })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(bao.call("interaction.transfer", { ...base, version })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      t.agent.call("interaction.transfer", { ...base, version, to: { userId: minh.userId } }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await w.gateway.ctx.store.head()).toBe(head);
  });
});

/** Puts somebody into the second queue only. */
async function join(w: World, userId: string): Promise<void> {
  await w.gateway.ctx.store.write((tx) =>
    tx.db.insertInto("queue_member").values({ queue_id: w.secondQueueId, user_id: userId }).execute(),
  );
  await w.person(`nudge-${userId.slice(-4)}`, { queues: "first", connect: false });
  await w.settle();
}

/** What a client's list holds of each conversation after hearing these events. */
function visibleTo(heard: readonly { name: string; data: unknown }[]) {
  const seen = new Map<string, "shown" | "hidden">();
  for (const e of heard) {
    const data = e.data as { conversationId?: string; conversation?: { id: string } };
    if (e.name === "conversation.hidden" && data.conversationId) seen.set(data.conversationId, "hidden");
    else if (data.conversation) seen.set(data.conversation.id, "shown");
  }
  return seen;
}
