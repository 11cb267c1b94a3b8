import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../support/meta.ts";
import { CUSTOMER, type SmsWorld, smsWorld } from "../support/sms.ts";
import { say } from "../support/talk.ts";
import { drain, until } from "../support/until.ts";

describe.each(["sqlite", "postgres"] as const)("text messages on %s", (engine) => {
  let s: SmsWorld;
  beforeEach(async () => {
    s = await smsWorld({ engine });
  });
  afterEach(() => s.close());

  const outgoing = async () =>
    (await rowsOf(s.w, CUSTOMER)).filter((r) => r.direction === "out").map((r) => [r.text, r.state]);
  const onPhone = () =>
    s.sim
      .texts(CUSTOMER)
      .filter((t) => t.direction === "to")
      .map((t) => t.text);

  test.each(["twilio", "speedsms"] as const)(
    "a text to a number of %s is work, and the answer's report is told",
    async (provider) => {
      const to = await s.connect(provider);
      const t = await s.talk({ to, text: "Đơn của tôi đâu?" });
      await say(t, "Dạ đang giao ạ");
      await s.settle();
      const [first] = await rowsOf(s.w, CUSTOMER);
      expect(first).toMatchObject({ direction: "in", text: "Đơn của tôi đâu?" });
      expect(onPhone()).toEqual(["Dạ đang giao ạ"]);
      expect(await outgoing()).toEqual([["Dạ đang giao ạ", "delivered"]]);
    },
  );

  test("S15, X1: a text that is delivered five times at once is one message", async () => {
    const to = await s.connect("twilio");
    s.sim.faults.set("webhook.duplicates", 5);
    expect(await s.sim.write({ from: CUSTOMER, to, text: "một lần" })).toBe(200);
    await s.settle();
    expect((await rowsOf(s.w, CUSTOMER)).map((r) => r.text)).toEqual(["một lần"]);
  });

  test("S5: reports in the wrong order only move forward", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("report.reversed", true);
    await say(t, "ngược");
    await s.settle();
    expect(await outgoing()).toEqual([["ngược", "delivered"]]);
  });

  test("S8: a report before the answer to our request counts once the message is sent", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("report.beforeAnswer", true);
    await say(t, "sớm");
    await s.settle();
    expect(await outgoing()).toEqual([["sớm", "delivered"]]);
  });

  test("what the network does not bring is failed, with a reason", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("network.fails", true, { times: 1 });
    await say(t, "không tới");
    await s.settle();
    const rows = (await rowsOf(s.w, CUSTOMER)).filter((r) => r.direction === "out");
    expect(rows.map((r) => [r.state, JSON.parse(r.error ?? "{}").code])).toEqual([
      ["failed", "recipient_unavailable"],
    ]);
  });

  test("an answer that comes after our patience leaves one copy", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("send.delay", 120_000, { times: 1 });
    s.sim.faults.set("report.drop", true, { times: 1 });
    await say(t, "mạng chậm");
    await until(() => onPhone().length === 1, "the message on the customer's phone");
    s.w.clock.advance(31_000);
    await s.w.gateway.settle();
    s.w.clock.advance(600_000);
    await s.settle();
    expect(onPhone()).toEqual(["mạng chậm"]);
    expect(await outgoing()).toEqual([["mạng chậm", "unknown"]]);
  });

  test("a lost answer is never a second copy: unknown where the provider knows no id of ours", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("send.closeAfterSend", true, { times: 1 });
    s.sim.faults.set("report.drop", true);
    await say(t, "rớt");
    await drain(s.w, { stepMs: 60_000, steps: 5 });
    expect(onPhone()).toEqual(["rớt"]);
    expect(await outgoing()).toEqual([["rớt", "unknown"]]);
  });

  test("order is kept within a conversation under retries", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("send.throttle", true, { times: 2 });
    for (const text of ["một", "hai", "ba", "bốn"]) await say(t, text);
    await drain(s.w, { stepMs: 2_000 });
    await s.settle();
    expect(onPhone()).toEqual(["một", "hai", "ba", "bốn"]);
    expect((await outgoing()).map(([, state]) => state)).toEqual(
      Array.from({ length: 4 }, () => "delivered"),
    );
  });

  test("S10: what somebody forges is refused, and says nothing to anybody", async () => {
    const to = await s.connect("twilio");
    s.sim.faults.set("webhook.forged", true);
    expect(await s.sim.write({ from: CUSTOMER, to, text: "STOP" })).toBe(401);
    await s.settle();
    expect(await rowsOf(s.w, CUSTOMER)).toEqual([]);
  });
});
