import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { say } from "../support/talk.ts";
import { until } from "../support/until.ts";
import { arrives, interactions, lastOffer, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("a supervisor beside a conversation on %s", (engine) => {
  let w: World;
  let lan: Person;
  let minh: Person;
  let ha: Person;
  let conversationId: string;
  beforeEach(async () => {
    w = await world({ engine });
    lan = await w.agent("lan");
    await arrives(w);
    await lan.call("offer.accept", { offerId: lastOffer(lan).id });
    minh = await w.person("minh");
    ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    conversationId = (await interactions(w))[0]?.conversation_id ?? "";
  });
  afterEach(() => w.close());

  const heard = (p: Person, name: string) => p.heard.filter((e) => e.name === name).map((e) => e.data);
  const audited = async () =>
    (await w.gateway.ctx.store.db.selectFrom("audit").select("action").orderBy("at").orderBy("id").execute())
      .map((r) => r.action)
      .filter((a) => a.startsWith("supervisor."));

  test("joined visibly the agent sees who, and the supervisor may write; it ends by leaving", async () => {
    await ha.call("conversation.join", { conversationId, visible: true });
    await w.settle();
    const joined = { conversationId, userId: ha.userId, visible: true };
    expect(heard(lan, "conversation.joined")).toMatchObject([joined]);
    expect(heard(lan, "supervisor.acted")).toMatchObject([{ act: "joined", conversationId }]);
    expect((await lan.call("conversation.company", { conversationId })).companions).toMatchObject([joined]);
    await say({ agent: ha, conversationId }, "Em là giám sát ạ");
    expect((await interactions(w))[0]?.owner_id).toBe(lan.userId);
    await ha.call("conversation.leave", { conversationId });
    await w.settle();
    expect(heard(lan, "conversation.departed")).toEqual([{ conversationId, userId: ha.userId }]);
    expect(await audited()).toEqual(["supervisor.joined", "supervisor.left"]);
  });

  test("joined silently no agent hears of it, nothing can be written, and it is audited all the same", async () => {
    await ha.call("conversation.join", { conversationId, visible: false });
    await w.settle();
    for (const p of [lan, minh]) {
      expect(heard(p, "conversation.joined")).toEqual([]);
      expect(heard(p, "supervisor.acted")).toEqual([]);
      expect((await p.call("conversation.company", { conversationId })).companions).toEqual([]);
    }
    expect((await ha.call("conversation.company", { conversationId })).companions).toHaveLength(1);
    await expect(say({ agent: ha, conversationId }, "Ôi")).rejects.toMatchObject({
      code: "illegal_transition",
    });
    const typing: (string | null)[] = [];
    lan.socket.on("typing.changed", ({ userId }) => typing.push(userId));
    await ha.call("typing.set", { conversationId, on: true });
    await w.settle();
    expect(typing).toEqual([]);
    // Shown and hidden again: for the agent that is coming and going.
    await ha.call("conversation.join", { conversationId, visible: true });
    await ha.call("typing.set", { conversationId, on: true });
    await ha.call("conversation.join", { conversationId, visible: false });
    await w.settle();
    expect(typing).toEqual([ha.userId]);
    expect(heard(lan, "conversation.joined")).toHaveLength(1);
    expect(heard(lan, "conversation.departed")).toHaveLength(1);
    await ha.call("conversation.leave", { conversationId });
    await w.settle();
    expect(heard(lan, "conversation.departed")).toHaveLength(1);
    expect(await audited()).toEqual([
      "supervisor.listened",
      "supervisor.joined",
      "supervisor.listened",
      "supervisor.left",
    ]);
  });

  test("a whisper is heard by the agent and by supervisors, never by colleagues or the customer", async () => {
    const clientId = "0194a000-0000-7000-8000-000000000001";
    const { whisper } = await ha.call("whisper.send", {
      clientId,
      conversationId,
      text: "Mời khách đổi máy",
    });
    const again = await ha.call("whisper.send", { clientId, conversationId, text: "Mời khách đổi máy" });
    expect(again.whisper.id).toBe(whisper.id);
    await w.settle();
    expect(heard(lan, "whisper.spoken")).toMatchObject([{ whisper: { text: "Mời khách đổi máy" } }]);
    expect(heard(minh, "whisper.spoken")).toEqual([]);
    expect((await minh.call("conversation.company", { conversationId })).whispers).toEqual([]);
    await lan.call("whisper.send", {
      clientId: "0194a000-0000-7000-8000-000000000002",
      conversationId,
      text: "Dạ vâng",
    });
    await w.settle();
    expect(heard(ha, "whisper.spoken")).toHaveLength(2);
    const { messages } = await lan.call("conversation.get", { conversationId });
    expect(messages.filter((m) => m.direction !== "in")).toEqual([]);
    expect((await lan.call("conversation.company", { conversationId })).whispers).toHaveLength(2);
    expect(await audited()).toEqual(["supervisor.whispered"]);
    // Who has it next does not hear what the last one was told.
    const [work] = await interactions(w);
    await minh.call("agent.set_state", { state: "available" });
    await lan.call("interaction.transfer", {
      interactionId: work?.id ?? "",
      version: work?.version ?? 0,
      to: { userId: minh.userId },
    });
    await w.settle();
    await minh.call("offer.accept", { offerId: lastOffer(minh).id });
    expect((await minh.call("conversation.company", { conversationId })).whispers).toEqual([]);
  });

  test("agents may neither join nor whisper into the work of others", async () => {
    await expect(minh.call("conversation.join", { conversationId, visible: true })).rejects.toMatchObject({
      code: "forbidden",
    });
    const whisper = minh.call("whisper.send", {
      clientId: "0194a000-0000-7000-8000-000000000003",
      conversationId,
      text: "Này",
    });
    await expect(whisper).rejects.toMatchObject({ code: "forbidden" });
  });

  test("it ends when the supervisor may no longer steer the floor", async () => {
    await ha.call("conversation.join", { conversationId, visible: true });
    const admin = await w.person("boss", { roles: ["admin"], queues: "none" });
    await admin.call("user.update", { userId: ha.userId, roles: ["agent"] });
    await w.settle();
    expect(heard(lan, "conversation.departed")).toMatchObject([{ userId: ha.userId }]);
  });

  test("it ends with the work, and when the supervisor is gone", async () => {
    await ha.call("conversation.join", { conversationId, visible: true });
    await pass(w, 2_000);
    ha.disconnect();
    // That the line is gone is noticed a moment later, and forgiven for a while.
    await until(async () => {
      await pass(w, 10_000);
      return heard(lan, "conversation.departed").length === 1;
    }, "the supervisor is gone");
    await ha.connect();
    await ha.call("conversation.join", { conversationId, visible: true });
    const [work] = await interactions(w);
    await lan.call("interaction.close", {
      interactionId: work?.id ?? "",
      version: work?.version ?? 0,
      disposition: "Đã giải quyết",
    });
    await w.settle();
    expect(heard(lan, "conversation.departed")).toHaveLength(2);
    const late = ha.call("conversation.join", { conversationId, visible: true });
    await expect(late).rejects.toMatchObject({ code: "illegal_transition" });
  });
});
