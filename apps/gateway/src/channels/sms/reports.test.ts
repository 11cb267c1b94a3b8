import { describe, expect, it } from "vitest";
import { sms } from "./index.ts";

const request = (o: {
  method?: "GET" | "POST";
  query?: string;
  body?: string;
  headers?: Record<string, string>;
}) => ({
  method: o.method ?? ("POST" as const),
  url: new URL(`https://gw.example.vn/webhooks/sms/key${o.query ?? ""}`),
  headers: o.headers ?? {},
  raw: Buffer.from(o.body ?? ""),
});
const read = (o: Parameters<typeof request>[0], account = "SENVIET") =>
  sms.parse(JSON.parse(sms.decode?.(request(o)) ?? ""), [account]);

describe("eSMS' reports", () => {
  const report = (more: string) =>
    read({ method: "GET", query: `?SMSID=abc&RequestId=m1&phonenumber=84901234567&${more}` });

  it("finished is a success only where a message arrived", () => {
    expect(report("SendStatus=5&SendSuccess=1&SendFailed=0")).toMatchObject([
      {
        accountExternalId: "SENVIET",
        event: { kind: "delivered", from: "+84901234567", externalIds: ["m1"] },
      },
    ]);
    expect(report("SendStatus=5&SendSuccess=0&SendFailed=1&error_info=no")).toMatchObject([
      { event: { kind: "undelivered", externalIds: ["m1"], code: "recipient_unavailable", detail: "no" } },
    ]);
    expect(report("SendStatus=4")).toMatchObject([{ event: { kind: "undelivered", code: "policy" } }]);
    expect(report("SendStatus=7")).toMatchObject([{ event: { kind: "unsupported" } }]);
  });

  it("that are repeated have the same key", () => {
    const twice = [1, 2].map(() => report("SendStatus=5&SendSuccess=1")[0]?.key);
    expect(twice[0]).toBe(twice[1]);
  });
});

describe("Twilio's reports", () => {
  const headers = { "x-twilio-signature": "x" };
  const status = (more: string) =>
    read({ body: `MessageSid=SM1&From=%2B84281234567&To=%2B84901234567&${more}`, headers });

  it("tell the state, and the reason where there is one", () => {
    expect(status("MessageStatus=delivered")).toMatchObject([
      {
        accountExternalId: "+84281234567",
        event: { kind: "delivered", from: "+84901234567", externalIds: ["SM1"] },
      },
    ]);
    expect(status("MessageStatus=undelivered&ErrorCode=30005")).toMatchObject([
      { event: { kind: "undelivered", code: "recipient_unknown", detail: "Twilio 30005" } },
    ]);
    expect(status("MessageStatus=sent")).toMatchObject([{ event: { kind: "unsupported" } }]);
  });

  it("are not messages, and a message with a picture is no report", () => {
    const body =
      "MessageSid=MM1&From=%2B84901234567&To=%2B84281234567&Body=xem&SmsStatus=received&NumMedia=1" +
      "&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F1.jpg&MediaContentType0=image%2Fjpeg";
    expect(read({ body, headers })).toMatchObject([
      {
        accountExternalId: "+84281234567",
        event: {
          kind: "message",
          text: "xem",
          attachments: [{ kind: "image", fetchUrl: "https://api.twilio.com/1.jpg" }],
        },
      },
    ]);
  });
});

describe("SpeedSMS' hook", () => {
  const hook = (fields: object) => read({ body: JSON.stringify(fields) });

  it("tells a message or a report, by what is in it", () => {
    expect(hook({ type: "sms", tranId: "1", phone: "84901234567", content: "Giá?" })).toMatchObject([
      { event: { kind: "message", from: "+84901234567", externalId: "1", text: "Giá?" } },
    ]);
    expect(hook({ type: "report", tranId: 2, phone: "84901234567", status: 0 })).toMatchObject([
      { event: { kind: "delivered", externalIds: ["2"] } },
    ]);
    expect(hook({ type: "report", tranId: 2, phone: "84901234567", status: 1 })).toMatchObject([
      { event: { kind: "undelivered", externalIds: ["2"] } },
    ]);
  });
});

describe("what no provider sends", () => {
  it("is refused", () => {
    expect(() => sms.decode?.(request({ body: "a=1" }))).toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
    expect(sms.parse({ provider: "__proto__", fields: {} }, ["x"])).toMatchObject([
      { event: { kind: "unsupported" } },
    ]);
  });
});
