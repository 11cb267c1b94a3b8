import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { allAccounts } from "../../apps/gateway/src/store/accounts.ts";
import { type SmscSimulator, startSmsc } from "../simulators/smpp/index.ts";
import { rowsOf } from "../support/meta.ts";
import type { Person } from "../support/person.ts";
import { connectSmpp, SMSC_PASSWORD } from "../support/smpp.ts";
import { say } from "../support/talk.ts";
import { drain, until } from "../support/until.ts";
import { type World, world } from "../support/world.ts";

const CUSTOMER = "+84901234567";
const FROM = "84901234567";

describe.each(["sqlite", "postgres"] as const)("text messages by SMPP on %s", (engine) => {
  let w: World;
  let smsc: SmscSimulator;
  beforeEach(async () => {
    smsc = await startSmsc(SMSC_PASSWORD);
    w = await world({ engine });
    await connectSmpp(w.gateway, { smsc, queueId: w.queueId });
    await until(() => smsc.receivers() === 1, "the receiver");
  });
  afterEach(async () => {
    await w.close();
    await smsc.close();
  });

  const settle = async () => {
    await w.settle();
    await smsc.settle();
    await w.settle();
  };
  const texts = async (direction: "in" | "out") =>
    (await rowsOf(w, CUSTOMER)).filter((r) => r.direction === direction).map((r) => [r.text, r.state]);

  const lineAgain = () =>
    until(async () => {
      w.clock.advance(1_000);
      await w.gateway.settle();
      return smsc.receivers() === 1;
    }, "the line to be made again");

  async function talk(): Promise<{ agent: Person; conversationId: string }> {
    const agent = await w.agent("lan");
    expect(await smsc.write({ from: FROM, parts: ["Còn hàng không?"] })).toEqual([0]);
    const { offer } = await agent.hear("offer.made", () => true);
    await agent.call("offer.accept", { offerId: offer.id });
    await settle();
    return { agent, conversationId: offer.conversationId };
  }

  test("a text in, long and short answers out, each with its receipt, also one that is quicker than the answer", async () => {
    const t = await talk();
    await say(t, "Con hang a @_$€");
    await drain(w);
    smsc.faults.earlyReceipts = true;
    await say(t, LONG);
    await drain(w);
    await settle();
    expect(smsc.texts.map((x) => x.text)).toEqual(["Con hang a @_$€", LONG]);
    expect(await texts("out")).toEqual([
      ["Con hang a @_$€", "delivered"],
      [LONG, "delivered"],
    ]);
  });

  test("S14: parts in any order, one of them twice, are one message", async () => {
    await smsc.write({ from: FROM, parts: ["Chào ", "shop, cho ", "hỏi giá"], order: [2, 0, 2, 1, 0] });
    await settle();
    expect(await texts("in")).toEqual([["Chào shop, cho hỏi giá", "received"]]);
  });

  test("what nobody can read is acknowledged once it is kept, and the account's health tells of it; the line goes on", async () => {
    expect(await smsc.writeUnreadable(FROM)).toEqual([0]);
    expect(await smsc.write({ from: FROM, parts: ["Alo"] })).toEqual([0]);
    await settle();
    const [account] = (await allAccounts(w.gateway.ctx.store)).filter((a) => a.channel === "sms");
    expect(account).toMatchObject({ health: "ok", last_error: expect.stringContaining("cannot be read") });
    expect(await texts("in")).toEqual([["Alo", "received"]]);
    expect(smsc.receivers()).toBe(1);
  });

  test("S14: a part that never comes is not waited for for ever, and what is there is shown", async () => {
    await smsc.write({ from: FROM, parts: ["Chào ", "shop, cho ", "hỏi giá"], order: [2, 0] });
    await settle();
    expect(await texts("in")).toEqual([]);
    w.clock.advance(10 * 60_000);
    await settle();
    expect(await texts("in")).toEqual([["Chào  […] hỏi giá", "received"]]);
    // Nobody answered for ten minutes of this clock, so the line was given up.
    await lineAgain();
    expect(await smsc.write({ from: FROM, parts: ["Còn ", "không?"] })).toEqual([0, 0]);
    await settle();
    expect((await texts("in")).map(([text]) => text)).toContain("Còn không?");
  });

  test("S14: a telephone that counts its long texts by one number only loses none of them", async () => {
    await smsc.write({ from: FROM, parts: ["Mất ", "một ", "khúc"], order: [0, 1], reference: 9 });
    await smsc.write({ from: FROM, parts: ["Lần ", "này ", "đủ"], reference: 9 });
    await smsc.write({
      from: "84907654321",
      parts: ["Người ", "khác ", "viết"],
      order: [1, 0],
      reference: 9,
    });
    await settle();
    expect(await texts("in")).toEqual([
      ["Mất một  […]", "received"],
      ["Lần này đủ", "received"],
    ]);
  });

  test("S21: a sign that a telephone has cut in two between the parts is whole again", async () => {
    await smsc.write({ from: FROM, parts: ["Chào \ud83d", "\ude00 bạn a", "\u0301"], order: [2, 1, 0] });
    await settle();
    expect(await texts("in")).toEqual([["Chào 😀 bạn á", "received"]]);
  });

  test("S18: a line that breaks in mid-send leaves the message unknown, never a second copy, and is made again", async () => {
    const t = await talk();
    smsc.faults.submits.push("break");
    await say(t, "rớt");
    await drain(w, { steps: 3 });
    expect(smsc.texts.map((x) => x.text)).toEqual(["rớt"]);
    expect(await texts("out")).toEqual([["rớt", "unknown"]]);
    smsc.cut();
    await until(() => smsc.receivers() === 0, "the line to be gone");
    await lineAgain();
    await say(t, "lại");
    await drain(w);
    await settle();
    expect((await texts("out")).at(-1)).toEqual(["lại", "delivered"]);
  });

  const LONG = "Dạ còn hàng, chị đặt trước 17 giờ thì mai nhận ạ. ".repeat(4).trim();

  test("S7: a long text has arrived when all of its parts have", async () => {
    const t = await talk();
    smsc.faults.nextReceipts.push("none");
    await say(t, LONG);
    await drain(w);
    await settle();
    expect(smsc.texts.map((x) => x.text)).toEqual([LONG]);
    expect(await texts("out")).toEqual([[LONG, "sent"]]);
    await smsc.tell("0000000001", "DELIVRD");
    await settle();
    expect(await texts("out")).toEqual([[LONG, "delivered"]]);
  });

  test.each([
    ["before the answers", true],
    ["after them", false],
  ])("S7: a long text of which one part is lost has failed, by receipts that come %s", async (_, isEarly) => {
    const t = await talk();
    smsc.faults.earlyReceipts = isEarly;
    smsc.faults.nextReceipts.push("UNDELIV");
    await say(t, LONG);
    await drain(w);
    await settle();
    expect(await texts("out")).toEqual([[LONG, "failed"]]);
  });

  test("a line that breaks between two parts leaves the whole unknown, says how much has left, and sends no part again", async () => {
    const t = await talk();
    smsc.faults.submits.push(0, "break");
    await say(t, LONG);
    await say(t, "Dạ");
    await drain(w);
    await settle();
    expect(smsc.submits).toBe(3);
    expect(smsc.texts.map((x) => x.text)).toEqual(["Dạ"]);
    const [long, short] = (await rowsOf(w, CUSTOMER)).filter((r) => r.direction === "out");
    expect([long?.state, short?.state]).toEqual(["unknown", "delivered"]);
    expect(long?.error).toMatch(/1 of \d parts have left/);
  });

  test("an answer that comes after our patience settles the message that it is of, and leaves one copy", async () => {
    const t = await talk();
    smsc.faults.submits.push("late");
    await say(t, "chậm");
    await until(() => smsc.texts.length === 1, "the first text at the customer's");
    w.clock.advance(11_000);
    await w.gateway.settle();
    expect(await texts("out")).toEqual([["chậm", "unknown"]]);
    await say(t, "sau");
    await w.gateway.settle();
    await smsc.answerLate();
    await until(async () => (await texts("out"))[0]?.[1] !== "unknown", "the late answer has been heeded");
    await drain(w);
    await settle();
    expect(smsc.texts.map((x) => x.text)).toEqual(["chậm", "sau"]);
    expect(await texts("out")).toEqual([
      ["chậm", "delivered"],
      ["sau", "delivered"],
    ]);
  });

  test("a late no says that it was not sent; after a late yes what was discarded stands again", async () => {
    const t = await talk();
    smsc.faults.submits.push("late-no", "late");
    await say(t, "một");
    await until(() => smsc.unanswered === 1, "the first text at the message centre");
    w.clock.advance(11_000);
    await w.gateway.settle();
    const { messages } = await say(t, "hai");
    await until(() => smsc.unanswered === 2, "the second text at the message centre");
    w.clock.advance(11_000);
    await w.gateway.settle();
    const messageId = messages[0]?.id ?? "";
    await t.agent.call("message.resolve", { messageId, action: "discard" });
    await smsc.answerLate();
    await until(
      async () => (await texts("out"))[1]?.[1] === "delivered",
      "the late answers have been heeded",
    );
    expect(await texts("out")).toEqual([
      ["một", "failed"],
      ["hai", "delivered"],
    ]);
  });

  test("S17: what is refused as too much keeps its order, and nothing is lost or doubled", async () => {
    const t = await talk();
    smsc.faults.submits.push(0, 0x58, 0, 0, 0x14, 0);
    const words = ["một", "hai", "ba", "bốn", "năm"];
    for (const text of words) await say(t, text);
    await drain(w, { stepMs: 1_000 });
    await settle();
    expect(smsc.texts.map((x) => x.text)).toEqual(words);
    expect((await texts("out")).map(([, state]) => state)).toEqual(words.map(() => "delivered"));
  });
});
