import { bareSubject, forwardSubject, replySubject } from "@tongdai/shared";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { automaticBecause } from "./automatic.ts";
import { isFinal, readDeliveryStatus } from "./delivery-report.ts";
import { type Headers, messageIds } from "./headers.ts";
import { conversationIn, plusAddress } from "./reply-token.ts";
import { trimReply } from "./trim-reply.ts";

const headers = (fields: Record<string, string | string[]>): Headers =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value].flat()]));

describe("message ids", () => {
  it("are found between commas, comments and broken lines, each once", () => {
    const fields = headers({
      references: "<r1@y> <r2@y>,<r3@y>\r\n\t<r1@y>",
      "in-reply-to": "Your mail of (today) <m@x> <m@x>",
    });
    expect(messageIds(fields, "references")).toEqual(["r1@y", "r2@y", "r3@y"]);
    expect(messageIds(fields, "in-reply-to")).toEqual(["m@x"]);
    expect(messageIds(fields, "message-id")).toEqual([]);
    expect(messageIds(headers({ references: "no brackets < a @b>" }), "references")).toEqual([]);
  });
});

describe("a subject", () => {
  it.each([
    ["Re: RE: Fwd: Đơn hàng", "Đơn hàng"],
    ["Trả lời: Đơn hàng", "Đơn hàng"],
    ["TL: Re[2]: Đơn hàng", "Đơn hàng"],
    ["Chuyển tiếp： Đơn hàng", "Đơn hàng"],
    ["AW: WG: Đơn hàng", "Đơn hàng"],
    ["Regarding: Đơn hàng", "Regarding: Đơn hàng"],
    ["Tre: nứa", "Tre: nứa"],
    ["  Đơn \r\n hàng ", "Đơn hàng"],
    ["Re:", ""],
  ])("%s", (subject, bare) => {
    expect(bareSubject(subject)).toBe(bare);
  });

  it("of an answer has one prefix", () => {
    expect(replySubject("Re: TL: Đơn hàng")).toBe("Re: Đơn hàng");
    expect(forwardSubject("Re: Đơn hàng")).toBe("Fwd: Đơn hàng");
  });
});

describe("a machine's mail", () => {
  const because = (fields: Record<string, string>, from = "mai@example.vn", contentType = "text/plain") =>
    automaticBecause({ headers: headers(fields), from, contentType, own: ["support@sen.vn"] });

  it.each([
    [{ "auto-submitted": "auto-replied; owner=x" }, "auto-submitted"],
    [{ "return-path": "<>" }, "return-path"],
    [{ precedence: "bulk" }, "precedence"],
    [{ "list-id": "<news.example.vn>" }, "list-id"],
    [{ "x-auto-response-suppress": "DR, OOF, AutoReply" }, "x-auto-response-suppress"],
    [{ "x-autoreply": "yes" }, "x-autoreply"],
    [{ "x-failed-recipients": "a@b.vn" }, "x-failed-recipients"],
    [{ "x-loop": "Support@sen.vn" }, "x-loop"],
    [{ "x-tongdai-loop": "1" }, "x-tongdai-loop"],
  ])("shows in %j", (fields, why) => {
    expect(because(fields)).toBe(why);
  });

  it("shows in its sender and its form", () => {
    for (const from of ["mailer-daemon@x.vn", "no-reply@x.vn", "noreply+1@x.vn", "bounce-7@x.vn"])
      expect(because({}, from)).toBe("nobody's address");
    expect(because({}, "support@sen.vn")).toBe("own address");
    expect(because({}, "a@b.vn", 'multipart/report; report-type="delivery-status"')).toBe("report");
  });

  it("is not a person's", () => {
    const fields = { "auto-submitted": "no", "return-path": "<mai@example.vn>", "x-loop": "other@x.vn" };
    expect(because(fields)).toBeNull();
    expect(because({}, "bouncer@x.vn")).toBeNull();
  });
});

describe("the address of a conversation", () => {
  const KEY = "a key";
  const MAILBOX = "Support@sen.vn";

  it("is read again, whatever became of its case, and fits", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const address = plusAddress(KEY, MAILBOX, id) ?? "";
        expect((address.split("@")[0] ?? "").length).toBeLessThanOrEqual(64);
        expect(conversationIn(KEY, MAILBOX, address.toUpperCase())).toBe(id);
      }),
    );
  });

  it("is not given where servers would refuse it for its length", () => {
    const id = "01900000-0000-7000-8000-000000000001";
    expect(plusAddress(KEY, `${"m".repeat(22)}@sen.vn`, id)).toMatch(/^.{64}@/);
    expect(plusAddress(KEY, `${"m".repeat(23)}@sen.vn`, id)).toBeNull();
  });

  it("is nobody else's", () => {
    const id = "01900000-0000-7000-8000-000000000001";
    const address = plusAddress(KEY, MAILBOX, id) ?? "";
    expect(conversationIn("another key", MAILBOX, address)).toBeNull();
    expect(conversationIn(KEY, "sales@sen.vn", address.replace("Support", "sales"))).toBeNull();
    const last = address.indexOf("@") - 1;
    const other = address[last] === "0" ? "1" : "0";
    expect(conversationIn(KEY, MAILBOX, address.slice(0, last) + other + address.slice(last + 1))).toBeNull();
    for (const text of ["", "support@sen.vn", "support+x@sen.vn", "@", "support+"])
      expect(conversationIn(KEY, MAILBOX, text)).toBeNull();
  });
});

describe("a delivery report", () => {
  const block = (action: string, status: string): string =>
    `Reporting-MTA: dns; mx.example.vn\r\n\r\nOriginal-Recipient: rfc822;old@example.vn\r\nFinal-Recipient: rfc822; Lan@Example.vn\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 5.1.1 no such\r\n user here\r\n`;

  it("names the recipient, what happened and why", () => {
    const [report] = readDeliveryStatus(block("failed", "5.1.1 (bad)"));
    expect(report).toEqual({
      recipient: "lan@example.vn",
      action: "failed",
      status: "5.1.1",
      diagnostic: "550 5.1.1 no such user here",
    });
    expect(report && isFinal(report)).toBe(true);
  });

  it("of a delay is no failure", () => {
    for (const [action, status] of [
      ["delayed", "4.4.1"],
      ["delivered", "2.0.0"],
      ["failed", "4.4.7"],
    ] as const)
      expect(readDeliveryStatus(block(action, status)).some(isFinal)).toBe(false);
  });

  it("may tell of several recipients, and of none", () => {
    const two = `${block("failed", "5.0.0")}\r\nFinal-Recipient: rfc822;b@x.vn\r\nAction: delivered\r\n`;
    expect(readDeliveryStatus(two).map((r) => r.action)).toEqual(["failed", "delivered"]);
    expect(readDeliveryStatus("what is this")).toEqual([]);
  });
});

describe("an answer without what it quotes", () => {
  it.each([
    ["English Gmail", "Được rồi em.\n\nOn Fri, Nov 20, 2026 at 9:00 AM Sen <s@sen.vn> wrote:\n> Dạ"],
    [
      "Vietnamese Gmail",
      "Được rồi em.\n\nVào Th 6, 20 thg 11, 2026 vào lúc 09:00 Sen Việt <s@sen.vn> đã viết:\n> Dạ",
    ],
    [
      "the same in two lines",
      "Được rồi em.\n\nVào 09:00, Th 6, 20 thg 11, 2026 Sen Việt chăm sóc khách hàng\n<s@sen.vn> đã viết:\n\n> Dạ",
    ],
    [
      "Vietnamese Outlook",
      "Được rồi em.\n\n________________________________\nTừ: Sen <s@sen.vn>\nĐã gửi: Thứ Sáu, 20 Tháng Mười Một 2026 9:00\nĐến: Mai\nChủ đề: Đơn hàng\n\nDạ",
    ],
    ["English Outlook", "Được rồi em.\n\nFrom: Sen <s@sen.vn>\nSent: Friday\nTo: Mai\nSubject: Đơn\n\nDạ"],
    ["quoted lines only", "Được rồi em.\n\n> Dạ\n> em gửi"],
    ["a telephone's line", "Được rồi em.\n\nĐã gửi từ iPhone của tôi"],
    [
      "a telephone's line above a quote",
      "Được rồi em.\n\nGửi từ Samsung Galaxy\n\nOn Friday, Sen wrote:\n> Dạ",
    ],
    ["a signature", "Được rồi em.\n-- \nMai\n0901 234 567"],
  ])("%s", (_, text) => {
    const trimmed = trimReply(text);
    expect(trimmed.text).toBe("Được rồi em.");
    expect(trimmed.quoted).not.toBe("");
  });

  it("keeps answers between quoted lines, and a mail that is nothing but a quote", () => {
    const between = "> Giao hôm nào?\nMai nhé\n> Ở đâu?\nNhà tôi";
    expect(trimReply(between)).toEqual({ text: between, quoted: "" });
    expect(trimReply("> Dạ\n> vâng")).toEqual({ text: "> Dạ\n> vâng", quoted: "" });
  });

  it("cuts no sentence that only sounds like one", () => {
    for (const text of ["Vào thứ 6 tôi đã viết thư cho shop.", "Từ: 8h đến 17h nhé", "Tôi viết:\nxin chào"])
      expect(trimReply(text)).toEqual({ text, quoted: "" });
  });

  it("takes no long time over any text", () => {
    const nasty = [
      "On ".repeat(5_000),
      `Vào ${"x ".repeat(20_000)}`,
      `x${"\n".repeat(50_000)}`,
      "> \n".repeat(20_000),
      `Từ: ${" ".repeat(30_000)}`,
    ];
    // The runner's own patience is the limit.
    for (const text of nasty) expect(trimReply(text).text).not.toBe("");
  });
});
