import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";
import { AppError } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { facebook } from "../channels/facebook/index.ts";
import { fakeChannel } from "../channels/fake/index.ts";
import type { Config } from "../config.ts";
import { saveAccount } from "../features/channel-accounts/index.ts";
import { saveQueue } from "../features/queues/index.ts";
import { type TestHttp, testHttp } from "../testing/test-http.ts";
import type { HttpDeps } from "./index.ts";

const fake = fakeChannel();
const page = (n: number) => ({
  appId: "100",
  appSecret: "app-secret",
  verifyToken: "verify-me",
  pageId: String(200 + n),
  pageToken: "t",
});
const body = Buffer.from('{"object":"page", "entry":[]}');
const sign = (raw: Buffer, secret = "app-secret") =>
  `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;

let http: TestHttp;
let queueId: string;
beforeEach(async () => {
  http = await testHttp({ channels: [facebook, fake.channel] });
  await connectPage(1);
  await connectPage(2);
  const base = { id: null, name: "A", queueId, enabled: true };
  await saveAccount(http.ctx, null, { ...base, channel: "sms", config: fake.config() });
});
afterEach(() => http.close());

async function connectPage(n: number): Promise<void> {
  const queue = {
    id: null,
    name: `Q${n}`,
    memberIds: [],
    offerSeconds: 30,
    wrapUpSeconds: 60,
    dispositions: [{ name: "x", resolved: true }],
  };
  queueId = (await saveQueue(http.ctx, null, queue)).id;
  const base = { id: null, name: "A", queueId, enabled: true };
  await saveAccount(http.ctx, null, { ...base, channel: "facebook", config: page(n) });
}

/** The door anew, with one page behind it. */
async function reopen(deps: Partial<HttpDeps>, config: Partial<Config> = {}): Promise<void> {
  await http.close();
  http = await testHttp({ channels: [facebook], deps, config });
  await connectPage(1);
}

const post = (raw: Buffer, headers: Record<string, string>, url = "/webhooks/facebook/100") =>
  http.app.inject({
    method: "POST",
    url,
    payload: raw,
    headers: { "content-type": "application/json", ...headers },
  });
const signed = (headers: Record<string, string> = {}) =>
  post(body, { "x-hub-signature-256": sign(body), ...headers });
const counted = async (outcome: string) => {
  const { body: text } = await http.app.inject("/metrics");
  const line = text
    .split("\n")
    .find((l) => l.startsWith("tongdai_webhooks_total{") && l.includes(`outcome="${outcome}"`));
  return Number(line?.split(" ").at(-1) ?? 0);
};

test("signed bytes come through exactly as they were sent", async () => {
  const raw = Buffer.from('{ "object":"page",\n "entry":[], "text":"\\u0111\\/ x" }');
  const answer = await post(raw, { "x-hub-signature-256": sign(raw) });
  expect([answer.statusCode, answer.body]).toEqual([200, ""]);
  expect(http.deliveries).toEqual([{ channel: "facebook", webhookKey: "100", body: raw.toString() }]);
  expect(await counted("accepted")).toBe(1);
});

describe("a signature that is not good gets 401 and nothing else, before anything is parsed", () => {
  test.each([
    ["missing", {}],
    ["of another secret", { "x-hub-signature-256": sign(body, "other") }],
    ["of another body", { "x-hub-signature-256": sign(Buffer.from("{}")) }],
    ["without its prefix", { "x-hub-signature-256": sign(body).slice(7) }],
    ["of the retired kind", { "x-hub-signature": `sha1=${"0".repeat(40)}` }],
    ["cut short", { "x-hub-signature-256": sign(body).slice(0, -1) }],
    ["empty", { "x-hub-signature-256": "" }],
    [
      "of another channel",
      { "x-fake-signature": createHmac("sha256", "fake-secret").update(body).digest("hex") },
    ],
  ])("%s", async (_name, headers) => {
    const answer = await post(body, headers as Record<string, string>);
    expect([answer.statusCode, answer.body]).toEqual([401, ""]);
    expect(http.deliveries).toEqual([]);
    expect(await counted("bad_signature")).toBe(1);
  });
});

test("one changed byte of a signed body is refused", async () => {
  const signature = sign(body);
  const changed = Buffer.from(body);
  changed[changed.length - 1] = 0x20;
  expect((await post(changed, { "x-hub-signature-256": signature })).statusCode).toBe(401);
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=latin1",
  "nonsense",
  "",
])("content type %j does not matter: the signature is over the bytes", async (type) => {
  const answer = await post(body, { "content-type": type, "x-hub-signature-256": sign(body) });
  expect(answer.statusCode).toBe(200);
  expect(http.deliveries[0]?.body).toBe(body.toString());
});

test("a body without content is verified like any other", async () => {
  const none = Buffer.alloc(0);
  expect((await post(none, { "x-hub-signature-256": sign(none) })).statusCode).toBe(200);
  expect((await post(none, {})).statusCode).toBe(401);
});

test("a megabyte passes, a byte more is refused with a code", async () => {
  const fits = Buffer.alloc(1024 * 1024, 0x20);
  expect((await post(fits, { "x-hub-signature-256": sign(fits) })).statusCode).toBe(200);
  const large = Buffer.alloc(1024 * 1024 + 1, 0x20);
  const answer = await post(large, { "x-hub-signature-256": sign(large) });
  expect(answer.statusCode).toBe(413);
  expect(answer.json()).toMatchObject({ error: { code: "too_large" } });
  expect(http.deliveries).toHaveLength(1);
});

test.each([
  "/webhooks/facebook/999",
  "/webhooks/zalo/100",
  "/webhooks/pigeon/100",
  "/webhooks/facebook/",
  "/webhooks/facebook/100/x",
])("%s is nobody's address", async (url) => {
  expect((await post(body, { "x-hub-signature-256": sign(body) }, url)).statusCode).toBe(404);
  expect((await http.app.inject(url)).statusCode).toBe(404);
});

test("the handshake is answered for the accounts of the key, as plain text", async () => {
  const ask = (token: string) =>
    http.app.inject(
      `/webhooks/facebook/100?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=%3Cb%3E1158201444`,
    );
  const good = await ask("verify-me");
  expect([good.statusCode, good.body]).toEqual([200, "<b>1158201444"]);
  expect(good.headers["content-type"]).toBe("text/plain; charset=utf-8");
  const bad = await ask("other");
  expect([bad.statusCode, bad.body]).toEqual([403, ""]);
});

describe("what the inside cannot take is never answered 200", () => {
  test.each([
    [new AppError("unavailable", "disk full"), 503, "unavailable"],
    [new AppError("invalid_input", "not JSON"), 400, "invalid_input"],
    [new Error("a bug with a secret in it"), 500, "internal"],
  ] as const)("%s", async (error, status, code) => {
    await reopen({ receiveDelivery: () => Promise.reject(error) });
    const answer = await post(body, { "x-hub-signature-256": sign(body) });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error: { code } });
    if (status === 503) expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    if (status === 500) expect(answer.body).not.toContain("secret");
  });
});

test("too many in hand are sent away until places are free", async () => {
  const gate = Promise.withResolvers<void>();
  const inside = Promise.withResolvers<void>();
  let count = 0;
  const receiveDelivery = () => {
    if (++count === 3) inside.resolve();
    return gate.promise;
  };
  await reopen({ limits: { webhooks: 3, share: 1 }, receiveDelivery });
  const waiting = [signed(), signed(), signed()].map((p) => p.then((r) => r.statusCode));
  await inside.promise;
  const shed = await signed();
  expect(shed.statusCode).toBe(503);
  expect(shed.headers["retry-after"]).toBe("5");
  expect((await http.app.inject("/healthz")).statusCode).toBe(200);
  expect(await counted("shed")).toBe(1);
  gate.resolve();
  expect(await Promise.all(waiting)).toEqual([200, 200, 200]);
  expect((await signed()).statusCode).toBe(200);
});

describe("bodies that hardly come", () => {
  const lines: Socket[] = [];
  afterEach(() => {
    for (const line of lines.splice(0)) line.destroy();
  });

  /** Sends the head and one letter of a body, and no more. Resolves with what is answered until the line ends. */
  async function trickle(key: string, headers: readonly string[] = ["transfer-encoding: chunked"]) {
    if (!http.app.server.listening) await http.app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = http.app.server.address() as { port: number };
    const line = connect(port, "127.0.0.1");
    lines.push(line);
    let answer = "";
    line.on("data", (bytes) => {
      answer += bytes.toString();
    });
    line.on("error", () => {});
    const head = [`POST /webhooks/facebook/${key} HTTP/1.1`, "host: 127.0.0.1", ...headers, "", ""];
    line.write(`${head.join("\r\n")}1\r\na\r\n`);
    return new Promise<string>((resolve) => line.on("close", () => resolve(answer)));
  }
  const statusIs = (status: number, headers: Record<string, string> = {}) =>
    vi.waitFor(async () => expect((await signed(headers)).statusCode).toBe(status), 10_000);

  test("at nobody's address they hold no place, and the line ends with the refusal", async () => {
    await reopen({ limits: { webhooks: 1 } });
    const answers = await Promise.all([trickle("nobody"), trickle("nobody")]);
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1.1 404 .*"not_found"/s);
    expect((await signed()).statusCode).toBe(200);
  });

  test("their place is free again after ten seconds", async () => {
    await reopen({ limits: { webhooks: 1, share: 1 } });
    const ended = trickle("100");
    await statusIs(503);
    http.ctx.clock.advance(9_999);
    await fetch(`http://127.0.0.1:${lines[0]?.remotePort}/healthz`);
    expect(lines[0]?.closed).toBe(false);
    http.ctx.clock.advance(1);
    expect(await ended).toBe("");
    await statusIs(200);
  });

  test("a body of unknown length counts as the longest", async () => {
    await reopen({ limits: { bytes: 1024 * 1024 + body.length - 1, share: 1 } });
    void trickle("100", ["content-length: 10"]);
    void trickle("100");
    await statusIs(503);
    const none = Buffer.alloc(0);
    expect((await post(none, { "x-hub-signature-256": sign(none) })).statusCode).toBe(200);
  });

  test("one network holds half of the places, whatever address of it is used; another one has the rest", async () => {
    await reopen({ limits: { webhooks: 4 } }, { trustProxy: true });
    void trickle("100", ["content-length: 10", "x-forwarded-for: 2001:db8:1:2::1"]);
    void trickle("100", ["content-length: 10", "x-forwarded-for: 2001:db8:1:2:ffff::1"]);
    await statusIs(503, { "x-forwarded-for": "2001:db8:1:2::3" });
    expect((await signed({ "x-forwarded-for": "2001:db8:1:3::1" })).statusCode).toBe(200);
  });

  test("what has arrived is no longer held against its network", async () => {
    const gate = Promise.withResolvers<void>();
    const receiveDelivery = vi.fn<() => Promise<void>>(() => gate.promise);
    await reopen({ limits: { webhooks: 3, share: 0.3 }, receiveDelivery });
    const waiting = [];
    for (let n = 1; n <= 3; n++) {
      waiting.push(signed().then((r) => r.statusCode));
      await vi.waitFor(() => expect(receiveDelivery).toHaveBeenCalledTimes(n), 10_000);
    }
    gate.resolve();
    expect(await Promise.all(waiting)).toEqual([200, 200, 200]);
  });
});
