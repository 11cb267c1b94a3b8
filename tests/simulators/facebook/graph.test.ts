import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asText } from "../kit/json.ts";
import { appSecretProof } from "./core/signature.ts";
import type { Customer } from "./index.ts";
import { type Bench, bench, graphAnswer, OTHER_PAGE, PAGE, TOKEN } from "./test-bench.ts";

const HOUR = 3_600_000;

let b: Bench;
let mai: Customer;
beforeEach(async () => {
  b = await bench();
  mai = b.sim.customer({ pageId: PAGE, name: "Phạm Thị Mai" });
});
afterEach(() => b.close());

async function opened(): Promise<void> {
  await mai.text("Xin chào");
  await b.sim.settle();
}

describe("token", () => {
  test("is taken from the query, the form, the body or the header", async () => {
    await opened();
    const url = `${b.sim.graphUrl}/v25.0/${PAGE}/messages`;
    const body = { recipient: { id: mai.psid }, message: { text: "vâng" } };
    const json = { "content-type": "application/json" };
    const calls = [
      fetch(`${url}?access_token=${TOKEN}`, { method: "POST", headers: json, body: JSON.stringify(body) }),
      fetch(url, { method: "POST", headers: json, body: JSON.stringify({ ...body, access_token: TOKEN }) }),
      fetch(url, {
        method: "POST",
        body: new URLSearchParams({
          access_token: TOKEN,
          recipient: JSON.stringify(body.recipient),
          message: JSON.stringify(body.message),
        }),
      }),
    ];
    for (const call of calls) expect((await graphAnswer(await call)).json).toHaveProperty("message_id");
    expect((await b.send(mai.psid, { text: "vâng" })).status).toBe(200);
  });

  test("wrong, revoked, of another page, with a bad proof", async () => {
    await opened();
    expect((await b.graph("GET", "/me", undefined, "guess")).code).toBe(190);
    expect((await b.graph("GET", `/${OTHER_PAGE}`)).subcode).toBe(33);
    expect((await b.graph("GET", "/me?appsecret_proof=abc")).code).toBe(100);
    const proof = appSecretProof("app-secret", TOKEN);
    expect((await b.graph("GET", `/me?fields=id,name&appsecret_proof=${proof}`)).json).toEqual({
      id: PAGE,
      name: "Cửa hàng Sen",
    });
    b.sim.revokeToken(PAGE);
    expect((await b.send(mai.psid, { text: "vâng" })).code).toBe(190);
    b.sim.restoreToken(PAGE, "EAAG-new");
    expect((await b.graph("GET", "/me", undefined, "EAAG-new")).status).toBe(200);
    expect((await b.graph("GET", "/me")).code).toBe(190);
  });

  test("debug_token tells an app about its token", async () => {
    const app = `360846524940903|app-secret`;
    const answer = await b.graph("GET", `/debug_token?input_token=${TOKEN}`, undefined, app);
    expect(answer.json["data"]).toMatchObject({ is_valid: true, profile_id: PAGE });
  });

  test("errors have the vendor's shape", async () => {
    const { json } = await b.graph("GET", "/me", undefined, "guess");
    expect(json["error"]).toMatchObject({
      type: "OAuthException",
      code: 190,
      fbtrace_id: expect.any(String),
      message: expect.any(String),
    });
  });
});

describe("window", () => {
  const human = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };

  test("24 hours after the last message, then only HUMAN_AGENT, up to 7 days", async () => {
    await opened();
    b.clock.advance(24 * HOUR - 1_000);
    expect((await b.send(mai.psid, { text: "kịp" })).status).toBe(200);
    b.clock.advance(1_001);
    expect(await b.send(mai.psid, { text: "trễ" })).toMatchObject({ code: 10, subcode: 2018278 });
    expect((await b.send(mai.psid, { text: "người thật" }, human)).status).toBe(200);
    b.clock.advance(6 * 24 * HOUR);
    expect(await b.send(mai.psid, { text: "quá 7 ngày" }, human)).toMatchObject({ subcode: 2018278 });
  });

  test("a reaction opens the day but not the week; reading opens nothing", async () => {
    await opened();
    const sent = await b.send(mai.psid, { text: "chào chị" });
    b.clock.advance(8 * 24 * HOUR);
    await mai.read();
    expect((await b.send(mai.psid, { text: "?" })).subcode).toBe(2018278);
    await mai.react(asText(sent.json["message_id"]) ?? "", "love");
    expect((await b.send(mai.psid, { text: "cảm ơn chị" })).status).toBe(200);
    b.clock.advance(25 * HOUR);
    expect((await b.send(mai.psid, { text: "?" }, human)).subcode).toBe(2018278);
  });

  test("time travel moves the window and not the wire", async () => {
    await opened();
    b.sim.timeTravel(25 * HOUR);
    expect((await b.send(mai.psid, { text: "?" })).subcode).toBe(2018278);
    await mai.text("tôi đây");
    await b.sim.settle();
    expect(Number(b.hook.items().at(-1)?.["timestamp"])).toBeLessThan(b.clock.now() + 1_000);
    expect((await b.send(mai.psid, { text: "vâng" })).status).toBe(200);
  });
});

describe("what a message may hold", () => {
  beforeEach(opened);
  const quick = (title: string) => ({ content_type: "text", title, payload: "P" });
  const image = { type: "image", payload: { url: "http://127.0.0.1:1/x.png" } };

  test.each<[string, Record<string, unknown>, number | undefined]>([
    ["text over 2000", { text: "á".repeat(2001) }, undefined],
    ["text with attachment", { text: "a", attachment: image }, undefined],
    ["nothing", {}, undefined],
    ["two attachments", { attachments: [image, image] }, undefined],
    ["metadata over 1000", { text: "a", metadata: "m".repeat(1001) }, undefined],
    [
      "14 quick replies",
      { text: "a", quick_replies: Array.from({ length: 14 }, () => quick("t")) },
      undefined,
    ],
    ["long quick reply", { text: "a", quick_replies: [quick("t".repeat(21))] }, undefined],
    ["unknown attachment id", { attachment: { type: "image", payload: { attachment_id: "1" } } }, 2018074],
    ["url nobody answers", { attachment: image }, 2018008],
    ["unknown sticker", { sticker_id: "1" }, undefined],
  ])("%s is refused with 100", async (_name, message, subcode) => {
    const answer = await b.send(mai.psid, JSON.parse(JSON.stringify(message)));
    expect(answer).toMatchObject({ status: 400, code: 100 });
    expect(answer.subcode).toBe(subcode);
  });

  test("2000 characters pass", async () => {
    expect((await b.send(mai.psid, { text: "á".repeat(2000) })).status).toBe(200);
  });

  test("an unknown person, a retired tag, a person who blocked the page", async () => {
    expect(await b.send("2400000000000001", { text: "a" })).toMatchObject({ code: 100, subcode: 2018001 });
    const retired = { messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE" };
    expect(await b.send(mai.psid, { text: "a" }, retired)).toMatchObject({ code: 100, subcode: 1893061 });
    mai.block();
    expect(await b.send(mai.psid, { text: "a" })).toMatchObject({ code: 551 });
    await expect(mai.text("a")).rejects.toThrow("blocked");
  });

  test("more than ten audio messages in a second are throttled", async () => {
    const audio = { attachment: { type: "audio", payload: { url: "http://127.0.0.1:1/a.mp3" } } };
    for (let count = 0; count < 10; count += 1) await b.send(mai.psid, audio);
    expect((await b.send(mai.psid, audio)).code).toBe(613);
    b.clock.advance(1_001);
    expect((await b.send(mai.psid, audio)).code).toBe(100);
  });

  test("sender actions travel alone", async () => {
    const act = (sender_action: string, extra = {}) =>
      b.graph("POST", `/${PAGE}/messages`, { recipient: { id: mai.psid }, sender_action, ...extra });
    expect((await act("typing_on")).json).toEqual({ recipient_id: mai.psid });
    expect(mai.transcript().typing).toBe(true);
    await act("mark_seen");
    const first = mai.transcript().messages[0];
    expect(first?.state).toBe("read");
    await act("react", { payload: { message_id: first?.mid, reaction: "love" } });
    expect(mai.transcript().messages[0]?.reactions.page).toBe("love");
    expect((await act("typing_on", { message: { text: "a" } })).code).toBe(100);
    expect((await act("wave")).code).toBe(100);
  });
});

describe("profiles", () => {
  test("full, without access, made from a phone number, unknown", async () => {
    const full = await b.graph("GET", `/${mai.psid}?fields=first_name,last_name,profile_pic`);
    expect(full.json).toMatchObject({ first_name: "Mai", last_name: "Phạm Thị", id: mai.psid });
    expect((await fetch(asText(full.json["profile_pic"]) ?? "")).headers.get("content-type")).toBe(
      "image/png",
    );
    const hidden = b.sim.customer({ pageId: PAGE, name: "Hà", profile: "none" });
    expect((await b.graph("GET", `/${hidden.psid}?fields=name`)).json).toEqual({});
    const phone = b.sim.customer({ pageId: PAGE, name: "Bảo", profile: "phone" });
    expect((await b.graph("GET", `/${phone.psid}?fields=name`)).subcode).toBe(2018218);
    const elsewhere = b.sim.customer({ pageId: OTHER_PAGE, name: "Mai" });
    expect((await b.graph("GET", `/${elsewhere.psid}`)).subcode).toBe(33);
  });
});

test("a version that does not exist is an unknown path", async () => {
  const response = await fetch(`${b.sim.graphUrl}/v99.0/me?access_token=${TOKEN}`);
  expect((await graphAnswer(response)).code).toBe(2500);
});
