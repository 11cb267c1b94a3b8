import { describe, expect, test } from "vitest";
import { header, headerValues } from "../message/index.ts";
import { request, response } from "../testing/requests.ts";
import * as dialogs from "./index.ts";

const routes = ["Record-Route: <sip:p2.example;lr>", "Record-Route: <sip:p1.example;lr>"];
const invite = (...headers: string[]) =>
  request("INVITE", {
    callId: "c",
    cseq: 7,
    headers: ["Contact: <sip:alice@a.invalid;transport=ws>", ...headers],
  });
const theirs = () => dialogs.confirm(dialogs.dialogOfRequest(invite(...routes), "l1"));
const answered = (status: number) =>
  response(invite(...routes), status, { name: "contact", value: "<sip:lan@b.invalid>" });

describe("a dialog", () => {
  test("that they began has their Contact as target and the route set in order", () => {
    expect(theirs()).toMatchObject({
      role: "uas",
      target: "sip:alice@a.invalid;transport=ws",
      routes: ["<sip:p2.example;lr>", "<sip:p1.example;lr>"],
      remoteCSeq: 7,
    });
  });

  test("that we began has the route set reversed, and its early target gives way to the 2xx's", () => {
    const early = dialogs.dialogOfResponse(invite(), answered(180));
    expect(early).toMatchObject({ state: "early", remoteTag: "b1", localTag: "a1", localCSeq: 7 });
    expect(early?.routes).toEqual(["<sip:p1.example;lr>", "<sip:p2.example;lr>"]);
    const moved = response(invite(), 200, { name: "contact", value: "<sip:lan@c.invalid>" });
    expect(early && dialogs.confirm(early, moved)).toMatchObject({
      state: "confirmed",
      target: "sip:lan@c.invalid",
      routes: [],
    });
  });

  test("is not made by 100 or a refusal", () => {
    expect([100, 302, 486].map((s) => dialogs.dialogOfResponse(invite(), answered(s)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("is found by a request of the peer", () => {
    const bye = request("BYE", { callId: "c", to: "<sip:support@example.com>;tag=l1" });
    expect(dialogs.keyOfRequest(bye)).toBe(dialogs.dialogKey(theirs()));
    expect(dialogs.keyOfRequest(invite())).not.toBe(dialogs.dialogKey(theirs()));
  });

  test("follows a new Contact", () => {
    const again = request("INVITE", { headers: ["Contact: <sip:alice@new.invalid>"] });
    expect(dialogs.refreshTarget(theirs(), again).target).toBe("sip:alice@new.invalid");
    expect(dialogs.refreshTarget(theirs(), request("INFO")).target).toBe(theirs().target);
  });
});

describe("requests in a dialog", () => {
  test("go out in order, tags and routes on; ACK takes the number of its INVITE", () => {
    const one = dialogs.requestIn(theirs(), { method: "INVITE" });
    const two = dialogs.requestIn(one.dialog, { method: "BYE" });
    const ack = dialogs.requestIn(two.dialog, { method: "ACK", cseq: 1 });
    expect([one, two, ack].map((r) => header(r.request, "cseq"))).toEqual(["1 INVITE", "2 BYE", "1 ACK"]);
    expect(ack.dialog.localCSeq).toBe(2);
    expect(two.request.uri).toBe("sip:alice@a.invalid;transport=ws");
    expect(headerValues(two.request, "route")).toEqual(["<sip:p2.example;lr>", "<sip:p1.example;lr>"]);
    expect([header(two.request, "from"), header(two.request, "to")]).toEqual([
      "<sip:support@example.com>;tag=l1",
      "<sip:alice@example.com>;tag=a1",
    ]);
  });

  test("go to a strict router as it wants them", () => {
    const strict = { ...theirs(), routes: ["<sip:old.example>", "<sip:p1.example;lr>"] };
    const { request: bye } = dialogs.requestIn(strict, { method: "BYE" });
    expect([bye.uri, ...headerValues(bye, "route")]).toEqual([
      "sip:old.example",
      "<sip:p1.example;lr>",
      "<sip:alice@a.invalid;transport=ws>",
    ]);
  });

  test("are taken in order, gaps allowed; a late one is told apart", () => {
    const at = (cseq: number, method = "INFO") => request(method, { cseq });
    const next = dialogs.arrive(theirs(), at(9));
    expect(next).toMatchObject({ kind: "next", dialog: { remoteCSeq: 9 } });
    expect(dialogs.arrive(theirs(), at(7)).kind).toBe("late");
    expect(dialogs.arrive(theirs(), at(6)).kind).toBe("late");
    expect(dialogs.arrive(theirs(), at(7, "ACK"))).toMatchObject({ kind: "next", dialog: { remoteCSeq: 7 } });
  });
});

describe("after a crash", () => {
  test("a dialog goes on with numbers far ahead", () => {
    const sent = dialogs.requestIn(theirs(), { method: "INFO" }).dialog;
    expect(dialogs.restore(dialogs.snapshot(sent))).toEqual({ ...sent, localCSeq: 1_001 });
    const ours = dialogs.dialogOfResponse(invite(), answered(200));
    expect(ours && dialogs.restore(dialogs.snapshot(ours))).toEqual({ ...ours, localCSeq: 1_007 });
    const last = { ...theirs(), localCSeq: 2_147_483_600 };
    expect(dialogs.restore(dialogs.snapshot(last))?.localCSeq).toBe(2_147_483_647);
  });

  test("a call that had no answer is not one of them", () => {
    expect(dialogs.restore(dialogs.snapshot(dialogs.dialogOfRequest(invite(), "l1")))).toBeUndefined();
  });

  test.for([
    "null",
    "[]",
    "{}",
    JSON.stringify({ ...theirs(), target: "sip:a@b\r\nVia: x" }),
    JSON.stringify({ ...theirs(), routes: ["nonsense"] }),
    JSON.stringify({ ...theirs(), localCSeq: -1 }),
  ])("%s is no dialog", (text) => {
    expect(() => dialogs.restore(text)).toThrow();
  });
});
