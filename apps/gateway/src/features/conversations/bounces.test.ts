import type { LetterDraft } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InboundEvent } from "../../channels/channel.ts";
import { fakeChannel } from "../../channels/fake/index.ts";
import { newId } from "../../ids.ts";
import { toMessage } from "../../presenters/conversation.ts";
import { cluesOf } from "../../store/clues.ts";
import { conversationById } from "../../store/conversations.ts";
import { interactionById } from "../../store/interactions.ts";
import { messageById, updateMessage } from "../../store/messages.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { changeInteraction, getInteraction } from "../interactions/index.ts";
import { handlers, receiveItem } from "./index.ts";

const { channel } = fakeChannel({ id: "facebook", capabilities: { letters: { maxRecipients: 5 } } });
const [mai, hoa, an] = ["mai", "hoa", "an"].map((name) => ({ name, address: `${name}@khach.vn` })) as [
  { name: string; address: string },
  { name: string; address: string },
  { name: string; address: string },
];

describe.each(["sqlite", "postgres"] as const)("letters that come back, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [channel] });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care, ownerId: s.lan.userId, externalId: mai.address });
  });
  afterAll(() => ctx.close());

  async function sent(letter: Partial<LetterDraft>): Promise<string> {
    const { messages } = await ask(ctx, s.lan, {
      name: "message.send",
      handler: handlers["message.send"],
      input: { clientId: newId(), conversationId: w.conversationId, text: "Dạ", letter },
    });
    const id = messages[0]?.id ?? "";
    await ctx.store.write((tx) => updateMessage(tx, id, { state: "sent", external_id: `${id}@sen.vn` }));
    return id;
  }
  const hear = (event: InboundEvent): Promise<void> =>
    ctx.store.write((tx) =>
      receiveItem(tx, ctx, {
        channel: "facebook",
        webhookKey: "",
        receivedAt: ctx.clock.now(),
        item: { accountExternalId: s.care, key: newId(), at: ctx.clock.now(), event },
      }),
    );
  const bounce = (id: string, ...addresses: string[]) =>
    hear({
      kind: "undelivered",
      from: addresses[0] ?? "",
      externalIds: [`${id}@sen.vn`],
      code: "recipient_unknown",
      detail: "550 5.1.1",
      recipients: addresses.map((address) => ({ address, detail: "550 5.1.1" })),
    });
  const shown = async (id: string) => {
    const row = await messageById(ctx.store, id);
    if (!row) throw new Error("no such message");
    const { state, error, letter } = toMessage(row);
    return { state, code: error?.code ?? null, refused: letter?.refused.map((r) => r.address) };
  };

  test("from one of several people, it has reached the others: each who has it not is told, once", async () => {
    const id = await sent({ to: [mai], cc: [hoa], bcc: [an] });
    await bounce(id, hoa.address);
    await bounce(id, hoa.address);
    expect(await shown(id)).toEqual({ state: "sent", code: null, refused: [hoa.address] });
    await bounce(id, an.address);
    expect(await shown(id)).toEqual({ state: "sent", code: null, refused: [hoa.address, an.address] });
    await bounce(id, mai.address);
    expect(await shown(id)).toMatchObject({ state: "failed", code: "recipient_unknown" });
  });

  test("from an address behind a list that we wrote to, the rest of it may have it", async () => {
    const id = await sent({ to: [mai, hoa] });
    await bounce(id, "member@khach.vn");
    expect(await shown(id)).toEqual({ state: "sent", code: null, refused: ["member@khach.vn"] });
  });

  test("from the only one, whatever that one is called there, it has failed", async () => {
    const id = await sent({ to: [mai] });
    await bounce(id, "mai.nguyen@khach.vn");
    expect(await shown(id)).toMatchObject({ state: "failed", code: "recipient_unknown" });
  });

  const closeTalk = () =>
    ctx.store.write(async (tx) => {
      const view = await conversationById(tx, w.conversationId);
      if (!view?.i_id) return;
      const was = await getInteraction(tx, view.i_id);
      const change = { state: "closed", closed_at: ctx.clock.now() } as const;
      const step = { event: "interaction.closed", reasons: [], actorId: s.lan.userId } as const;
      await changeInteraction(tx, ctx, { was, change, step });
    });
  const told = async (from: number, name: string) =>
    (await ctx.store.db.selectFrom("journal").selectAll().where("seq", ">", from).execute()).filter(
      (e) => e.name === name,
    ).length;
  const newest = async () =>
    (
      await ctx.store.db
        .selectFrom("journal")
        .select((e) => e.fn.max("seq").as("seq"))
        .executeTakeFirstOrThrow()
    ).seq;

  test("when the talk is over it is work again, first for whoever wrote it, and counted until somebody decides", async () => {
    const id = await sent({ to: [mai] });
    const before = (await conversationById(ctx.store, w.conversationId))?.unsent ?? 0;
    await closeTalk();
    await bounce(id, mai.address);
    const view = await conversationById(ctx.store, w.conversationId);
    expect(view).toMatchObject({ unsent: before + 1, i_state: "waiting" });
    const again = view?.i_id ? await interactionById(ctx.store, view.i_id) : undefined;
    expect(again?.last_agent_id).toBe(s.lan.userId);
    await bounce(id, mai.address);
    expect((await conversationById(ctx.store, w.conversationId))?.unsent).toBe(before + 1);
    const input = { messageId: id, action: "discard" } as const;
    await ask(ctx, s.ha, { name: "message.resolve", handler: handlers["message.resolve"], input });
    expect((await conversationById(ctx.store, w.conversationId))?.unsent).toBe(before);
  });

  test("from one of several when the talk is over, it is work again too, once for each who has it not", async () => {
    const id = await sent({ to: [mai], cc: [hoa] });
    await closeTalk();
    await bounce(id, hoa.address);
    const view = await conversationById(ctx.store, w.conversationId);
    expect(view?.i_state).toBe("waiting");
    const again = view?.i_id ? await interactionById(ctx.store, view.i_id) : undefined;
    expect(again?.last_agent_id).toBe(s.lan.userId);
    await closeTalk();
    await bounce(id, hoa.address);
    expect((await conversationById(ctx.store, w.conversationId))?.i_id).toBeNull();
  });

  test("and is taken out, the lists are told once", async () => {
    const id = await sent({ to: [mai] });
    await bounce(id, mai.address);
    const before = await newest();
    const input = { messageId: id, action: "discard" } as const;
    await ask(ctx, s.ha, { name: "message.resolve", handler: handlers["message.resolve"], input });
    expect(await told(before, "conversation.updated")).toBe(1);
  });

  test("of a stranger who answers in a thread nothing is kept as the customer's", async () => {
    const letter = { subject: "Re", to: [], cc: [], replyTo: [], html: null, quoted: "", automatic: null };
    await hear({
      kind: "message",
      from: "la@example.vn",
      externalId: "stranger@example.vn",
      text: "Gọi tôi số 0907654321",
      attachments: [],
      replyToExternalId: null,
      extra: {},
      live: true,
      letter: {
        ...letter,
        from: { name: "Lạ", address: "la@example.vn" },
        references: [],
        conversationId: w.conversationId,
        answers: [],
        digest: "x",
      },
    });
    expect((await cluesOf(ctx.store, [w.customerId], 10)).map((c) => c.value)).toEqual([]);
  });
});
