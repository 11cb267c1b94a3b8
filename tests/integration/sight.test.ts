import { AppError, defaultLimits, defaultQueueRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saveQueue } from "../../apps/gateway/src/features/queues/index.ts";
import { conversationOf, entryOf, freshMid, fromCustomer } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { talk, transfer } from "../support/talk.ts";
import { arrives, interactions, lastOffer, offersTo, pass } from "../support/work.ts";
import { APP, SECOND_PAGE, type World, world } from "../support/world.ts";

const chats = (chat: number) => ({ ...defaultLimits, chat });

describe.each(["sqlite", "postgres"] as const)("who sees and gets what, on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const members = (...people: Person[]) =>
    saveQueue(w.gateway.ctx, null, {
      id: w.queueId,
      name: "Chăm sóc khách hàng",
      memberIds: people.map((p) => p.userId),
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
    });

  async function picture(p: Person, id: string | null | undefined): Promise<void> {
    const answer = await fetch(`${w.gateway.url}/api/v1/media/${id}`, {
      headers: { authorization: `Bearer ${p.token}` },
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new AppError("not_found", String(answer.status));
  }

  test("a customer who comes back is not offered to somebody who has left the queue", async () => {
    const t = await talk(w);
    const { interaction } = t;
    await t.agent.call("interaction.close", {
      interactionId: interaction.id,
      version: interaction.version,
      disposition: "Đã giải quyết",
    });
    const minh = await w.agent("minh");
    await members(minh);
    const mark = offersTo(t.agent).length;
    await t.customer.text("Em quay lại đây");
    await w.settle();
    expect(offersTo(t.agent)).toHaveLength(mark);
    expect(lastOffer(minh).conversationId).toBe(t.conversationId);
  });

  test("who leaves the queue loses its offers, except what a transfer gave by name", async () => {
    const minh = await w.agent("minh");
    const t = await talk(w, { agent: minh });
    await minh.call("agent.set_state", { state: "away", reason: "lunch" });
    const lan = await w.agent("lan");
    await arrives(w);
    const plain = lastOffer(lan);
    await minh.call("interaction.transfer", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
      to: { userId: lan.userId },
    });
    await w.settle();
    const named = lastOffer(lan);
    expect(named.interactionId).toBe(t.interaction.id);
    await minh.call("agent.set_state", { state: "available" });
    await members(minh);
    await w.settle();
    await expect(lan.call("offer.accept", { offerId: plain.id })).rejects.toMatchObject({ code: "expired" });
    expect(lastOffer(minh).interactionId).toBe(plain.interactionId);
    await lan.call("offer.accept", { offerId: named.id });
  });

  test("who is offered work from outside the queue reads all of it before saying yes, and nothing after saying no", async () => {
    const t = await talk(w);
    await t.customer.image();
    await w.settle();
    await pass(w, 1_000);
    const outside = await w.person("bao", { queues: "none" });
    await outside.call("agent.set_state", { state: "available" });
    await transfer(t, { userId: outside.userId }, "Máy hỏng");
    await w.settle();
    const offer = lastOffer(outside);
    const { conversation, messages } = await t.agent.call("conversation.get", {
      conversationId: t.conversationId,
    });
    const mediaId = messages.flatMap((m) => m.attachments).map((a) => a.mediaId)[0];
    const reads = () =>
      Promise.all(
        [
          outside.call("conversation.get", { conversationId: t.conversationId }),
          outside.call("conversation.messages", {
            conversationId: t.conversationId,
            around: messages[0]?.id ?? "",
          }),
          outside.call("customer.get", { customerId: conversation.customerId }),
          outside.call("customer.timeline", { customerId: conversation.customerId }),
          outside.call("interaction.history", { interactionId: t.interaction.id }),
          picture(outside, mediaId),
        ].map((p) =>
          p.then(
            () => "ok",
            (e: { code: string }) => e.code,
          ),
        ),
      );
    expect(await reads()).toEqual(Array.from({ length: 6 }, () => "ok"));
    const { entries } = await outside.call("customer.timeline", { customerId: conversation.customerId });
    expect(entries.some((e) => e.conversationId === t.conversationId)).toBe(true);
    await outside.call("offer.decline", { offerId: offer.id });
    expect(await reads()).toEqual(Array.from({ length: 6 }, () => "not_found"));
  });

  test("a supervisor who looks leaves the owner's unread alone; a member clears it while nobody owns it", async () => {
    const t = await talk(w);
    await t.customer.text("Alo?");
    await w.settle();
    const unread = async (psid: string) => (await conversationOf(w, psid)).unread;
    const before = await unread(t.customer.psid);
    expect(before).toBeGreaterThan(0);
    const ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const minh = await w.person("minh");
    for (const p of [ha, minh]) await p.call("conversation.read", { conversationId: t.conversationId });
    expect(await unread(t.customer.psid)).toBe(before);
    await t.agent.call("conversation.read", { conversationId: t.conversationId });
    expect(await unread(t.customer.psid)).toBe(0);

    await t.agent.call("agent.set_state", { state: "away", reason: "lunch" });
    const other = await arrives(w);
    const { id } = await conversationOf(w, other.psid);
    await ha.call("conversation.read", { conversationId: id });
    expect(await unread(other.psid)).toBe(1);
    await minh.call("conversation.read", { conversationId: id });
    expect(await unread(other.psid)).toBe(0);
  });

  test("what another app is answering is history: neither unread nor waiting for an answer", async () => {
    const text = (words: string) =>
      fromCustomer("81", w.clock.now(), { message: { mid: freshMid(), text: words } });
    await w.facebook.sendRaw(APP.appId, [entryOf([text("cho ứng dụng kia")], { key: "standby" })]);
    await w.settle();
    expect(await conversationOf(w, "81")).toMatchObject({
      unread: 0,
      unanswered_since: null,
      interaction_id: null,
      preview_text: "cho ứng dụng kia",
    });
    await w.facebook.sendRaw(APP.appId, [entryOf([text("cho ta")])]);
    await w.settle();
    expect(await conversationOf(w, "81")).toMatchObject({ unread: 1, interaction_state: "waiting" });
  });

  test("an administrator's word on limits counts at once, and is in the audit", async () => {
    const lan = await w.agent("lan");
    const admin = await w.person("quantri", { roles: ["admin"] });
    for (let i = 0; i < 4; i++) await arrives(w);
    for (const { id } of offersTo(lan)) await lan.call("offer.accept", { offerId: id });
    await w.settle();
    expect(offersTo(lan)).toHaveLength(3);
    await admin.call("user.update", { userId: lan.userId, limits: chats(4) });
    await w.settle();
    expect(offersTo(lan)).toHaveLength(4);
    expect(lan.heard.findLast((e) => e.name === "agent.changed")?.data).toMatchObject({
      agent: { limits: chats(4), carries: { chat: 4 } },
    });
    const { rows } = await admin.call("audit.list", {});
    expect(rows[0]).toMatchObject({ action: "user.updated", detail: { limits: [chats(3), chats(4)] } });
    for (const chat of [-1, 51, 2.5])
      await expect(
        admin.call("user.update", { userId: lan.userId, limits: chats(chat) }),
      ).rejects.toMatchObject({
        code: "invalid_input",
      });
    await expect(admin.call("user.update", { userId: admin.userId, limits: chats(4) })).rejects.toMatchObject(
      {
        code: "invalid_input",
        details: { field: "limits" },
      },
    );
    await expect(lan.call("user.update", { userId: lan.userId, limits: chats(9) })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("what comes to a queue with points of its own is offered before what has waited less than they are worth", async () => {
    const lan = await w.person("lan", { queues: "both" });
    await saveQueue(w.gateway.ctx, null, {
      id: w.secondQueueId,
      name: "Bảo hành",
      memberIds: [lan.userId],
      offerSeconds: 30,
      wrapUpSeconds: 60,
      rules: { ...defaultQueueRules, priority: { ...defaultQueueRules.priority, base: 5 } },
      dispositions: [{ name: "Đã giải quyết", resolved: true }],
    });
    for (let i = 0; i < 3; i++) await arrives(w);
    await pass(w, 60_000);
    await arrives(w, { pageId: SECOND_PAGE.pageId });
    await lan.call("agent.set_state", { state: "available" });
    await w.settle();
    expect(offersTo(lan)[0]?.queueId).toBe(w.secondQueueId);
  });

  test("work is closed with a disposition of its queue only", async () => {
    const t = await talk(w);
    const key = { interactionId: t.interaction.id, version: t.interaction.version };
    const head = await w.gateway.ctx.store.head();
    await expect(
      t.agent.call("interaction.close", { ...key, disposition: "Tự nghĩ ra" }),
    ).rejects.toMatchObject({ code: "invalid_input", details: { field: "disposition" } });
    expect(await w.gateway.ctx.store.head()).toBe(head);
    await t.agent.call("interaction.close", { ...key, disposition: "Đã giải quyết" });
    expect((await interactions(w))[0]?.state).toBe("closed");
  });
});
