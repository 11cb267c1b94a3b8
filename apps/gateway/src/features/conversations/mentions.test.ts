import type { CommandInput } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { directories } from "../../realtime/directory.ts";
import { takeSnapshot } from "../../realtime/snapshot.ts";
import { updateConversation } from "../../store/conversations.ts";
import { ask, journalOf, person, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("mentions on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care });
    await work(ctx, s, { queueId: s.care });
  });
  afterAll(() => ctx.close());

  const note = (by: Caller, mentions: string[], clientId = newId()) =>
    ask(ctx, by, {
      name: "note.add",
      handler: handlers["note.add"],
      input: { clientId, conversationId: w.conversationId, text: "Xem giúp chị nhé", mentions },
    });
  const read = (caller: Caller) =>
    ask(ctx, caller, {
      name: "conversation.read",
      handler: handlers["conversation.read"],
      input: { conversationId: w.conversationId },
    });
  const listed = async (caller: Caller, input: Partial<CommandInput<"conversation.list">> = {}) => {
    const { conversations } = await ask(ctx, caller, {
      name: "conversation.list",
      handler: handlers["conversation.list"],
      input: { view: "all", mentioned: true, ...input },
    });
    return conversations.map((c) => c.id);
  };
  const told = async (caller: Caller) =>
    (await takeSnapshot(ctx, caller, await directories(() => ctx)(0))).mentions;

  test("one waits for whoever was away, until that person has read the conversation", async () => {
    const clientId = newId();
    await note(s.ha, [s.lan.userId], clientId);
    await note(s.ha, [s.lan.userId], clientId);
    await note(s.ha, [s.lan.userId, s.lan.userId]);
    for (const view of ["all", "open", "waiting"] as const)
      expect(await listed(s.lan, { view })).toEqual([w.conversationId]);
    expect(await listed(s.lan, { view: "mine" })).toEqual([]);
    expect(await listed(s.lan, { mentioned: false })).toHaveLength(2);
    expect(await told(s.lan)).toEqual([w.conversationId]);
    expect([await listed(s.ha), await told(s.ha)]).toEqual([[], []]);

    await read(s.ha);
    expect(await told(s.lan)).toEqual([w.conversationId]);
    await read(s.lan);
    await read(s.lan);
    expect([await listed(s.lan), await told(s.lan)]).toEqual([[], []]);
    const seen = await journalOf(ctx, "mention.seen");
    expect(seen.map((r) => r.scopes)).toEqual([[`user:${s.lan.userId}`]]);

    await note(s.ha, [s.lan.userId]);
    expect(await told(s.lan)).toEqual([w.conversationId]);
    await read(s.lan);
  });

  test("somebody who may not look is not mentioned; one who lost sight of it finds it when the work comes back", async () => {
    const { message } = await note(s.lan, [s.minh.userId, s.lan.userId, s.ha.userId]);
    expect(message.mentions).toEqual([s.lan.userId, s.ha.userId]);
    const owns = (owner_id: string | null) =>
      ctx.store.write((tx) => updateConversation(tx, w.conversationId, { owner_id }));
    await owns(s.minh.userId);
    expect([await listed(s.minh), await told(s.minh)]).toEqual([[], []]);
    await note(s.lan, [s.minh.userId]);
    await owns(null);
    expect([await listed(s.minh), await told(s.minh)]).toEqual([[], []]);
    await owns(s.minh.userId);
    expect([await listed(s.minh), await told(s.minh)]).toEqual([[w.conversationId], [w.conversationId]]);
  });

  test("nobody, and whoever is shut out, is not mentioned, and the note stands", async () => {
    const gone = await person(ctx, { roles: ["agent"], queueIds: [s.care], disabled: true });
    const before = (await journalOf(ctx, "mention.made")).length;
    const { message } = await note(s.lan, [newId(), gone.userId]);
    const rows = await ctx.store.db
      .selectFrom("mention")
      .select("user_id")
      .where("message_id", "=", message.id)
      .execute();
    expect(rows).toEqual([]);
    expect(await journalOf(ctx, "mention.made")).toHaveLength(before);
  });
});
