import type { CommandInput, LetterDraft } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { bodyOf } from "../../store/message-bodies.ts";
import { ask, journalOf, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as conversations } from "../conversations/index.ts";
import { handlers, listAccountSignatures, ownSignature } from "./index.ts";

const letters = fakeChannel({ id: "facebook", capabilities: { letters: { maxRecipients: 5 } } }).channel;
const withLetters = {
  ...letters,
  cleanHtml: (html: string) => html.replaceAll(/<script>.*?<\/script>/g, ""),
};

describe.each(["sqlite", "postgres"] as const)("signatures on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [withLetters, fakeChannel().channel] });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care, ownerId: s.lan.userId });
  });
  afterAll(() => ctx.close());

  const account = () => s.accounts[s.care] ?? "";
  const saveOwn = (caller: Caller, input: CommandInput<"signature.save">) =>
    ask(ctx, caller, { name: "signature.save", handler: handlers["signature.save"], input });
  const saveDefault = (caller: Caller, input: Omit<CommandInput<"account_signature.save">, "accountId">) =>
    ask(ctx, caller, {
      name: "account_signature.save",
      handler: handlers["account_signature.save"],
      input: { accountId: account(), ...input },
    });
  const none = { html: "", text: "" };
  const written = (words: string) => ({ html: `<p>${words}</p>`, text: words });
  const send = async (letter: Partial<LetterDraft>) => {
    const { messages } = await ask(ctx, s.lan, {
      name: "message.send",
      handler: conversations["message.send"],
      input: { clientId: newId(), conversationId: w.conversationId, text: "Dạ", letter },
    });
    const [message] = messages;
    return { message, body: await bodyOf(ctx.store, message?.id ?? "") };
  };

  test("one's own is cleaned, told to oneself alone, and gone without words", async () => {
    const { signature } = await saveOwn(s.lan, { html: "<p>Lan<script>x</script></p>", text: " Lan \n" });
    expect(signature).toEqual({ ownerId: s.lan.userId, html: "<p>Lan</p>", text: "Lan", version: 1 });
    expect(await ownSignature(ctx.store, s.lan.userId)).toEqual(signature);
    expect(await ownSignature(ctx.store, s.minh.userId)).toBeNull();
    const [told] = await journalOf(ctx, "signature.saved");
    expect(JSON.parse(told?.data ?? "")).toEqual({ ownerId: s.lan.userId, signature });
    expect(told?.scopes).toEqual([`user:${s.lan.userId}`]);
    expect(await saveOwn(s.lan, none)).toEqual({ signature: null });
    expect(await ownSignature(ctx.store, s.lan.userId)).toBeNull();
  });

  test("that of an account needs a permission and an account with letters, and is audited", async () => {
    await expect(saveDefault(s.lan, written("Sen"))).rejects.toThrow("not allowed");
    await ctx.store.write((tx) =>
      tx.db
        .updateTable("channel_account")
        .set({ channel: "sms" })
        .where("queue_id", "=", s.warranty)
        .execute(),
    );
    const without = { accountId: s.accounts[s.warranty] ?? "", ...written("Sen") };
    const handler = handlers["account_signature.save"];
    const ofSms = ask(ctx, s.admin, { name: "account_signature.save", handler, input: without });
    await expect(ofSms).rejects.toMatchObject({ code: "invalid_input" });
    await saveDefault(s.admin, written("Sen Việt"));
    expect(await listAccountSignatures(ctx.store)).toMatchObject([{ ownerId: account(), text: "Sen Việt" }]);
    const audited = await ctx.store.db
      .selectFrom("audit")
      .selectAll()
      .where("action", "=", "account_signature.saved")
      .execute();
    expect(audited.map((a) => JSON.parse(a.detail).text)).toEqual([["", "Sen Việt"]]);
  });

  test("a save that is based on an older one is refused, and the same again is not told", async () => {
    const { signature } = await saveDefault(s.admin, written("Hai"));
    const before = (await journalOf(ctx, "signature.saved")).length;
    await saveDefault(s.admin, { ...written("Hai"), version: 1 });
    expect((await journalOf(ctx, "signature.saved")).length).toBe(before);
    const late = saveDefault(s.admin, { ...written("Ba"), version: (signature?.version ?? 0) - 1 });
    await expect(late).rejects.toMatchObject({ code: "conflict", details: { reason: "stale" } });
  });

  test("a letter carries one's own, or else the account's, above what it quotes; only where it is asked for", async () => {
    await saveDefault(s.admin, written("Sen Việt"));
    const html = "<p>Dạ</p>";
    const first = await send({ html, signature: true });
    expect(first.message).toMatchObject({ text: "Dạ", letter: { hasBody: true } });
    expect(first.body?.html).toMatch(/^<p>Dạ<\/p><div[^>]*><p[^>]*>Sen Việt<\/p><\/div>$/);
    expect(first.body?.quoted).toBe("-- \nSen Việt");
    await saveOwn(s.lan, written("Lan"));
    const quote = { messageId: first.message?.id ?? "", how: "reply" as const, intro: "Sen:" };
    const second = await send({ html, signature: true, quote });
    expect(second.body?.html).toMatch(/^<p>Dạ<\/p><div[^>]*><p[^>]*>Lan<\/p><\/div><div data-quote="">/);
    expect(second.body?.quoted).toMatch(/^-- \nLan\n\nSen:\n> Dạ/);
    expect((await send({ html })).body?.html).toBe(html);
    expect((await send({ signature: true })).body).toMatchObject({ html: null, quoted: "-- \nLan" });
  });
});
