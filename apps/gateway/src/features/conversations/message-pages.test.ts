import type { CommandInput } from "@tongdai/shared";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { conversationById } from "../../store/conversations.ts";
import { insertMessage } from "../../store/messages.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";
import { messageRow } from "./message-row.ts";

/** Several at one time, so that only the id tells their order. */
const TIMES = [1, 1, 1, 2, 3, 3, 4, 5, 6, 7, 7, 7, 7, 8, 9, 9, 10, 11, 12, 12];

describe.each(["sqlite", "postgres"] as const)("pages of messages on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  let other: Work;
  let all: string[];
  let elsewhere = "";
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care });
    other = await work(ctx, s, { queueId: s.warranty });
    all = [];
    for (const at of TIMES) all.push(await write(w, at));
    elsewhere = await write(other, 5);
  });
  afterAll(() => ctx.close());

  const write = (to: Work, at: number) =>
    ctx.store.write(async (tx) => {
      const view = await conversationById(tx, to.conversationId);
      if (!view) throw new Error("the scene's conversation is there");
      const row = messageRow(view, {
        kind: "message",
        direction: "in",
        author_kind: "customer",
        state: "received",
        at,
        created_at: at,
      });
      await insertMessage(tx, row);
      return row.id;
    });
  type Ask = CommandInput<"conversation.messages">;
  const page = async (input: Ask, caller: Caller = s.lan) => {
    const answer = await ask(ctx, caller, {
      name: "conversation.messages",
      handler: handlers["conversation.messages"],
      input,
    });
    return { ...answer, ids: answer.messages.map((m) => m.id) };
  };

  test("from any message the whole conversation is reached in both directions, each message once", async () => {
    const { conversationId } = w;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(TIMES.length - 1),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (n, first, limit) => {
          const start = await page({ conversationId, around: all[n] ?? "", limit: first });
          expect(start.ids).toContain(all[n]);
          let seen = start.ids;
          for (let { before } = start; before !== null; ) {
            const older = await page({ conversationId, before, limit });
            expect(older.after).not.toBeNull();
            seen = [...older.ids, ...seen];
            ({ before } = older);
          }
          for (let { after } = start; after !== null; ) {
            const newer = await page({ conversationId, after, limit });
            expect(newer.before).not.toBeNull();
            seen = [...seen, ...newer.ids];
            ({ after } = newer);
          }
          expect(seen).toEqual(all);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a message of another conversation, of nobody's, or of a conversation that is not to be seen is not found", async () => {
    const { conversationId } = w;
    for (const around of [elsewhere, newId()])
      await expect(page({ conversationId, around }, s.ha)).rejects.toMatchObject({ code: "not_found" });
    const hidden = { conversationId: other.conversationId, around: elsewhere };
    await expect(page(hidden, s.lan)).rejects.toMatchObject({ code: "not_found" });
    expect((await page(hidden, s.minh)).ids).toEqual([elsewhere]);
  });

  test("a place that is none of ours is refused, and so are two places at once", async () => {
    const { conversationId } = w;
    for (const input of [
      { conversationId, before: "x" },
      { conversationId, after: "1_x" },
    ])
      await expect(page(input)).rejects.toMatchObject({ code: "invalid_input" });
    const two = { conversationId, before: `1_${newId()}`, after: `1_${newId()}` };
    await expect(page(two)).rejects.toThrow();
    await expect(page({ conversationId } as Ask)).rejects.toThrow();
  });
});
