import { dueAt } from "@tongdai/shared";
import { afterEach, describe, expect, test } from "vitest";
import { conversationOf } from "../support/meta.ts";
import { OA, zaloWorld } from "../support/zalo.ts";

const minute = 60_000;
const hour = 60 * minute;

describe.each(["sqlite", "postgres"] as const)("what is most urgent on %s", (engine) => {
  let close: () => Promise<void>;
  afterEach(() => close());

  test("is reckoned from what the queue promised when the work came there, and from when an answer is free no more", async () => {
    const z = await zaloWorld({ engine });
    ({ close } = z);
    const { w } = z;
    const supervisor = await w.person("ha", { roles: ["admin"], queues: "none" });
    const promise = async (queueId: string, promiseMs: number | null) => {
      const queues = w.gateway.ctx.store.db.selectFrom("queue").selectAll();
      const { name, version } = await queues.where("id", "=", queueId).executeTakeFirstOrThrow();
      const dispositions = [{ name: "Xong", resolved: true }];
      const input = { id: queueId, version, name, memberIds: [], dispositions, promiseMs };
      return (await supervisor.call("queue.save", input)).queue;
    };
    const agent = await w.agent("lan");
    expect((await promise(w.secondQueueId, 30 * minute)).promiseMs).toBe(30 * minute);

    const t = await z.talk({ agent });
    const { conversation } = await agent.call("conversation.get", { conversationId: t.conversationId });
    const wrote = conversation.windowOpenedAt ?? 0;
    expect(conversation).toMatchObject({
      answerUntil: wrote + 48 * hour,
      interaction: { promiseMs: null },
    });
    const moved = await agent.call("interaction.transfer", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
      to: { queueId: w.secondQueueId },
      note: "",
    });
    expect(moved.interaction.promiseMs).toBe(30 * minute);
    const stored = w.gateway.ctx.store.db.selectFrom("interaction").select("promise_ms");
    expect(await stored.executeTakeFirst()).toEqual({ promise_ms: 30 * minute });
    await promise(w.secondQueueId, 5 * minute);
    await z.settle();
    const row = await conversationOf(w, t.customer.userId);
    expect([row.promise_ms, row.answer_until]).toEqual([30 * minute, wrote + 48 * hour]);
    expect(
      dueAt({ ...conversation, interaction: moved.interaction, unansweredSince: row.unanswered_since }),
    ).toEqual({ at: moved.interaction.waitingSince + 30 * minute, reason: "promise" });

    w.clock.advance(hour);
    await t.customer.text("Còn ai không ạ?");
    await z.settle();
    expect((await conversationOf(w, t.customer.userId)).answer_until).toBe(w.clock.now() + 48 * hour);

    await promise(w.queueId, 7 * minute);
    const binh = z.zalo.customer({ oaId: OA.oaId, name: "Bình" });
    await binh.text("Chào shop");
    await z.settle();
    expect((await conversationOf(w, binh.userId)).promise_ms).toBe(7 * minute);
  });
});
