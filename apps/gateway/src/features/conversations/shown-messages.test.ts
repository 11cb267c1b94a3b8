import type { Message } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { present } from "../../realtime/present.ts";
import { revealedSince } from "../../store/customers.ts";
import { entriesAfter } from "../../store/journal.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers, receiveItem } from "./index.ts";

const FULL = "Trần Hà · 0901234567";
const MASKED = "Trần Hà · 0901 *** 567";

describe.each(["sqlite", "postgres"] as const)("a card that a customer hands on, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [fakeChannel({ id: "facebook" }).channel] });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care, ownerId: s.lan.userId, externalId: "mai" });
    const card = { kind: "card", name: "business_card", fetchUrl: null, title: FULL, url: null } as const;
    await ctx.store.write((tx) =>
      receiveItem(tx, ctx, {
        channel: "facebook",
        webhookKey: "",
        receivedAt: ctx.clock.now(),
        item: {
          accountExternalId: s.care,
          key: newId(),
          at: ctx.clock.now(),
          event: {
            kind: "message",
            from: "mai",
            externalId: "m1",
            text: "Số của Hà 0907654321",
            attachments: [card],
            replyToExternalId: null,
            extra: {},
            live: true,
          },
        },
      }),
    );
  });
  afterAll(() => ctx.close());

  const titles = (messages: readonly Message[]) => messages.flatMap((m) => m.attachments.map((a) => a.title));
  async function seenBy(caller: Caller) {
    const { conversationId } = w;
    const got = await ask(ctx, caller, {
      name: "conversation.get",
      handler: handlers["conversation.get"],
      input: { conversationId },
    });
    const paged = await ask(ctx, caller, {
      name: "conversation.messages",
      handler: handlers["conversation.messages"],
      input: { conversationId, around: got.messages[0]?.id ?? "", limit: 10 },
    });
    const { hits } = await ask(ctx, caller, {
      name: "conversation.search",
      handler: handlers["conversation.search"],
      input: { query: "0907654321" },
    });
    return [got.messages, paged.messages, hits.map((h) => h.message)].map(titles);
  }

  test("shows its number to those who may see contact data, and their look is noted", async () => {
    expect(await seenBy(s.lan)).toEqual([[MASKED], [MASKED], [MASKED]]);
    expect(await revealedSince(ctx.store, s.lan.userId, 0)).not.toContain(w.customerId);
    expect(await seenBy(s.ha)).toEqual([[FULL], [FULL], [FULL]]);
    expect(await revealedSince(ctx.store, s.ha.userId, 0)).toContain(w.customerId);
  });

  test("and is told live to each as they may see it", async () => {
    const entry = (await entriesAfter(ctx.store, 0, 100)).find((e) => e.name === "message.created");
    if (!entry) throw new Error("nothing was told");
    const told = (reveal: boolean) => titles([(present(entry, reveal).data as { message: Message }).message]);
    expect([told(false), told(true)]).toEqual([[MASKED], [FULL]]);
  });
});
