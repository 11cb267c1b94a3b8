import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ManualClock, manualClock } from "../kit/clock.ts";
import { startZaloSimulator, type ZaloSimulator } from "./index.ts";
import { macOf } from "./sender.ts";
import { oaOf } from "./world.ts";

const OA = "388613280878808645";
const APP = { appId: "360846524940903967", appSecret: "app-secret" };
const HOUR = 3_600_000;

let zalo: ZaloSimulator;
let clock: ManualClock;
let answer = 200;
let heard: { retry: string | undefined; event: string }[] = [];
let stop: () => Promise<unknown>;

beforeEach(async () => {
  heard = [];
  answer = 200;
  const ours = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const retry = request.headers["num_retry"];
      heard.push({
        retry: typeof retry === "string" ? retry : undefined,
        event: JSON.parse(body).event_name,
      });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((resolve) => ours.listen(0, "127.0.0.1", resolve));
  const { port } = ours.address() as AddressInfo;
  clock = manualClock(1_700_000_000_000);
  zalo = await startZaloSimulator({
    clock,
    apps: [
      {
        ...APP,
        webhookUrl: `http://127.0.0.1:${port}/`,
        oas: [{ oaId: OA, name: "Sen", oaSecret: "oa-secret", refreshToken: "first", chargedQuota: 1 }],
      },
    ],
  });
  stop = async () => {
    await zalo.close();
    ours.closeAllConnections();
    await new Promise((resolve) => ours.close(resolve));
  };
});
afterEach(() => stop());

const token = async (fields: Record<string, string>, secret = APP.appSecret) => {
  const response = await fetch(`${zalo.url}/v4/oa/access_token`, {
    method: "POST",
    headers: { secret_key: secret },
    body: new URLSearchParams({ app_id: APP.appId, ...fields }),
  });
  return JSON.parse(await response.text());
};
const renew = (refresh_token: string) => token({ grant_type: "refresh_token", refresh_token });
const send = async (accessToken: string, to: string, message: object = { text: "Chào" }) => {
  const response = await fetch(`${zalo.url}/v3.0/oa/message/cs`, {
    method: "POST",
    headers: { access_token: accessToken, "content-type": "application/json" },
    body: JSON.stringify({ recipient: { user_id: to }, message }),
  });
  return JSON.parse(await response.text()).error;
};

test("V2: a webhook is signed with the plain SHA-256 of app id, body, timestamp and the account's secret", () => {
  const body =
    '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"Xin chào 😀","msg_id":"96d3cdf3af150460909"},"timestamp":"1700000000000"}';
  expect(macOf(oaOf(zalo.sim.world, OA), body)).toBe(
    "mac=b0b0dcf5c0cb106d0cd1b9744b72dcd99b63458862c5d8e699bc3f8559c7c701",
  );
});

test("a refresh token is good once, and a new access token kills the old one", async () => {
  const first = await renew("first");
  expect(first.expires_in).toBe("90000");
  expect((await renew("first")).error).toBe(-14014);
  const second = await renew(first.refresh_token);
  const ha = zalo.customer({ oaId: OA, name: "Hà" });
  await ha.text("Xin chào");
  expect(await send(first.access_token, ha.userId)).toBe(-216);
  expect(await send(second.access_token, ha.userId)).toBe(0);
  zalo.timeTravel(25 * HOUR + 1);
  expect(await send(second.access_token, ha.userId)).toBe(-220);
});

test("a code needs its own verifier, and is good once", async () => {
  const url = new URL(`${zalo.url}/v4/oa/permission`);
  url.search = new URLSearchParams({
    app_id: APP.appId,
    redirect_uri: "https://desk.example/connect",
    code_challenge: "RqIZl4LIgn8KxW9QO-nTnv7pf0CnNrksx9fF-CXP2FE",
    state: "s",
  }).toString();
  const code = () => new URL(zalo.consent(url.href, OA)).searchParams.get("code") ?? "";
  const redeem = (c: string, code_verifier: string) =>
    token({ grant_type: "authorization_code", code: c, code_verifier });
  const verifier = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
  expect((await redeem(code(), "x".repeat(43))).access_token).toBeUndefined();
  const good = code();
  expect((await redeem(good, verifier)).access_token).toBeDefined();
  expect((await redeem(good, verifier)).access_token).toBeUndefined();
});

test("a message is free for 48 hours, costs until the seventh day, and is refused after it", async () => {
  const ha = zalo.customer({ oaId: OA, name: "Hà" });
  const { access_token: t, refresh_token: r } = await renew("first");
  expect(await send(t, ha.userId)).toBe(-232);
  await ha.text("Xin chào");
  expect(await send(t, ha.userId)).toBe(0);
  zalo.timeTravel(48 * HOUR + 1);
  const { access_token: u } = await renew(r);
  expect([await send(u, ha.userId), await send(u, ha.userId)]).toEqual([0, -211]);
  zalo.timeTravel(5 * 24 * HOUR);
  expect(await send(u, ha.userId)).toBe(-220);
});

test("a text of 2,001 characters and a recipient of another id space are refused", async () => {
  const ha = zalo.customer({ oaId: OA, name: "Hà" });
  await ha.text("Xin chào");
  const { access_token: t } = await renew("first");
  expect(await send(t, ha.userId, { text: "x".repeat(2_000) })).toBe(0);
  expect(await send(t, ha.userId, { text: "x".repeat(2_001) })).toBe(-201);
  expect(await send(t, "552177279717587730")).toBe(-201);
});

test("what is not taken comes again, five times, and then the webhook is off", async () => {
  answer = 500;
  await zalo.customer({ oaId: OA, name: "Hà" }).text("Xin chào");
  await zalo.settle();
  for (const seconds of [30, 300, 900, 1_800, 3_600]) {
    clock.advance(seconds * 1_000);
    await zalo.settle();
  }
  expect(heard.map(({ retry }) => retry)).toEqual([undefined, "1", "2", "3", "4", "5"]);
  expect(zalo.webhookIsOff(APP.appId)).toBe(true);
  zalo.switchWebhookOn(APP.appId);
  answer = 200;
  await zalo.customer({ oaId: OA, name: "Hà" }).follow();
  await zalo.settle();
  expect(heard.at(-1)).toEqual({ retry: undefined, event: "follow" });
});
