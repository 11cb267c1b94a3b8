import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import { newId } from "../../ids.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

const { channel } = fakeChannel({ id: "facebook", capabilities: { letters: { maxRecipients: 2 } } });
const [mai, hoa] = [
  { name: "Mai", address: "mai@khach.vn" },
  { name: "", address: "hoa@khach.vn" },
];

describe.each(["sqlite", "postgres"] as const)("a letter that failed, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [channel] });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care, ownerId: s.lan.userId });
  });
  afterAll(() => ctx.close());

  async function sent(state: string): Promise<string> {
    const { messages } = await ask(ctx, s.lan, {
      name: "message.send",
      handler: handlers["message.send"],
      input: {
        clientId: newId(),
        conversationId: w.conversationId,
        text: "Dạ",
        letter: { to: [mai], cc: [hoa] },
      },
    });
    const id = messages[0]?.id ?? "";
    await ctx.store.write((tx) => tx.db.updateTable("message").set({ state }).where("id", "=", id).execute());
    return id;
  }
  const resend = (messageId: string, to: (typeof mai)[]) =>
    ask(ctx, s.lan, {
      name: "message.resolve",
      handler: handlers["message.resolve"],
      input: { messageId, action: "resend", to },
    });

  test("goes again as it is to the people who are named then, and to nobody before them", async () => {
    const { message } = await resend(await sent("failed"), [hoa]);
    expect(message).toMatchObject({ state: "queued", text: "Dạ", letter: { to: [hoa], cc: [], bcc: [] } });
  });

  test("is not sent to more people than a letter may have, and one of which nobody knows goes to nobody else", async () => {
    const third = { name: "", address: "an@khach.vn" };
    await expect(resend(await sent("failed"), [mai, hoa, third])).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(resend(await sent("unknown"), [hoa])).rejects.toMatchObject({ code: "invalid_input" });
  });
});
