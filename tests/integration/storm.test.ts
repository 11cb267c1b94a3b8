import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HeardLog, heardLog } from "../support/log.ts";
import { conversationOf, countOf, entryOf, freshMid, fromCustomer, rowsOf } from "../support/meta.ts";
import { anew } from "../support/person.ts";
import { talk } from "../support/talk.ts";
import { APP, type World, world } from "../support/world.ts";

/** Everything at once: what a vendor's catching up, or an impatient agent, does to one conversation. */
describe.each(["sqlite", "postgres"] as const)("storms on %s", (engine) => {
  let w: World;
  let heard: HeardLog;
  beforeEach(async () => {
    heard = heardLog();
    w = await world({ engine, overrides: { log: heard.log } });
  });
  afterEach(() => w.close());

  const message = (psid: string, text: string, at = w.clock.now(), mid = freshMid()) =>
    fromCustomer(psid, at, { message: { mid, text } });
  const post = (items: ReturnType<typeof message>[]) => w.facebook.sendRaw(APP.appId, [entryOf(items)]);

  test("X1: the same event a hundred times in parallel is one message, one work, one notification", async () => {
    const lan = await w.agent("lan");
    const same = [message("501", "chỉ một")];
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(same)));
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]));
    await w.settle();
    expect((await rowsOf(w, "501")).map((r) => r.text)).toEqual(["chỉ một"]);
    expect(await countOf(w, "interaction")).toBe(1);
    expect((await conversationOf(w, "501")).unread).toBe(1);
    const { offer } = await lan.hear("offer.made");
    expect(lan.heard.filter((e) => e.name === "offer.made")).toHaveLength(1);
    expect(offer.preview.text).toBe("chỉ một");
    expect(lan.heard.filter((e) => e.name === "message.created")).toHaveLength(1);
    expect(heard.errors()).toEqual([]);
  });

  test("sixty different messages of one new customer in parallel are all counted, in one work", async () => {
    const at = w.clock.now();
    const said = Array.from({ length: 60 }, (_, i) => `câu ${i}`);
    const answers = await Promise.all(said.map((text, i) => post([message("502", text, at + i)])));
    expect(answers.every((a) => a.status === 200)).toBe(true);
    await w.settle();
    const rows = await rowsOf(w, "502");
    expect(rows.map((r) => r.text)).toEqual(said);
    expect(new Set(rows.map((r) => r.interaction_id)).size).toBe(1);
    const view = await conversationOf(w, "502");
    expect([view.unread, view.preview_text, view.last_message_at]).toEqual([60, "câu 59", at + 59]);
    expect(await countOf(w, "conversation")).toBe(1);
    expect(heard.errors()).toEqual([]);
  });

  test("X2: a batch of fifty in reverse is shown in the customer's order", async () => {
    const at = w.clock.now() - 1_000;
    const said = Array.from({ length: 50 }, (_, i) => `dòng ${i}`);
    const items = said.map((text, i) => message("503", text, at + i)).reverse();
    expect((await post(items)).status).toBe(200);
    await w.settle();
    const rows = await rowsOf(w, "503");
    expect(rows.map((r) => r.text)).toEqual(said);
    const lan = await w.person("lan");
    const got = await lan.call("conversation.get", { conversationId: rows[0]?.conversation_id ?? "" });
    expect(got.messages.map((m) => m.text)).toEqual(said);
    expect(got.conversation).toMatchObject({ unread: 50, preview: { text: "dòng 49" } });
  });

  test("receipts in parallel with the sending never move a message back", async () => {
    const t = await talk(w);
    w.facebook.faults.set("webhook.parallel", true);
    w.facebook.faults.set("echo.beforeResponse", true);
    for (let i = 0; i < 10; i++) {
      const { messages } = await t.agent.call("message.send", {
        clientId: crypto.randomUUID(),
        conversationId: t.conversationId,
        text: `lần ${i}`,
      });
      await w.settle();
      w.clock.advance(10);
      await w.settle();
      await t.customer.read();
      await w.settle();
      const row = (await rowsOf(w, t.customer.psid)).find((r) => r.id === messages[0]?.id);
      expect(row?.state).toBe("read");
    }
    const told = new Map<string, string[]>();
    for (const e of t.agent.heard)
      if (e.name === "message.updated")
        told.set(e.data.message.id, [...(told.get(e.data.message.id) ?? []), e.data.message.state]);
    const rank = ["queued", "sending", "sent", "delivered", "read"];
    for (const states of told.values())
      expect(states.map((s) => rank.indexOf(s))).toEqual(
        states.map((s) => rank.indexOf(s)).sort((a, b) => a - b),
      );
  });

  test("the same command twenty times in parallel is one message, one note, one ticket, one comment", async () => {
    const t = await talk(w);
    const { conversationId, agent } = t;
    const clientId = crypto.randomUUID();
    const heardBefore = agent.heard.length;
    const twenty = <R>(run: () => Promise<R>) => Promise.all(Array.from({ length: 20 }, run));

    const sent = await twenty(() =>
      agent.call("message.send", { clientId, conversationId, text: "một thôi" }),
    );
    expect(new Set(sent.map((s) => s.messages[0]?.id)).size).toBe(1);
    const noteId = crypto.randomUUID();
    const notes = await twenty(() =>
      agent.call("note.add", { clientId: noteId, conversationId, text: "ghi chú" }),
    );
    expect(new Set(notes.map((n) => n.message.id)).size).toBe(1);
    await w.settle();
    await anew(agent); // the door lets one socket fifty commands a second in
    const ticketId = crypto.randomUUID();
    const interactionId = t.interaction.id;
    const tickets = await twenty(() =>
      agent.call("ticket.create", { clientId: ticketId, interactionId, subject: "một phiếu" }),
    );
    expect(new Set(tickets.map((x) => x.ticket.number))).toEqual(new Set([1]));
    const commentId = crypto.randomUUID();
    const comments = await twenty(() =>
      agent.call("ticket.comment", {
        clientId: commentId,
        ticketId: tickets[0]?.ticket.id ?? "",
        text: "một lời",
      }),
    );
    expect(new Set(comments.map((c) => c.comment.id)).size).toBe(1);
    await w.settle();
    w.clock.advance(1_000);
    await w.settle();

    const rows = await rowsOf(w, t.customer.psid);
    expect(rows.map((r) => r.text)).toEqual(["Xin chào", "một thôi", "ghi chú"]);
    expect(t.customer.transcript().messages.filter((m) => m.from === "page")).toHaveLength(1);
    const names = agent.heard.slice(heardBefore).map((e) => e.name);
    expect(names.filter((n) => n === "message.created")).toHaveLength(2);
    expect(names.filter((n) => n === "ticket.created")).toHaveLength(1);
    expect(names.filter((n) => n === "ticket.commented")).toHaveLength(1);
    expect(heard.errors()).toEqual([]);
  });

  test("a client id that somebody else has used is refused and shows nothing of theirs", async () => {
    const t = await talk(w);
    const clientId = crypto.randomUUID();
    await t.agent.call("message.send", { clientId, conversationId: t.conversationId, text: "của Lan" });
    const minh = await w.person("minh");
    await expect(
      minh.call("message.send", { clientId, conversationId: t.conversationId, text: "của Minh" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});
