import { createHmac } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import type { Person } from "../support/person.ts";
import { type Softphone, softphone } from "../support/softphone.ts";
import { askPass, type Pass, type WebCaller, webCaller } from "../support/web-caller.ts";
import { type World, world } from "../support/world.ts";

const SHOP = "https://shop.example.vn";
const SECRET = "a-secret-of-thirty-two-characters";

let w: World;
let lan: Person;
let phone: Softphone;
let callers: WebCaller[] = [];

beforeEach(async () => {
  callers = [];
  w = await world({
    config: { telephony: { domain: "example.com", listen: null, trunks: [], rtpengine: null, music: null } },
  });
  const account = { id: null, channel: "voice", queueId: w.queueId, enabled: true } as const;
  const { ctx } = w.gateway;
  await saveAccount(ctx, null, {
    ...account,
    name: "Tổng đài",
    config: { number: "support", sites: SHOP, siteSecret: SECRET },
  });
  await saveAccount(ctx, null, { ...account, name: "Nội bộ", config: { number: "inside" } });
  lan = await w.agent("lan");
  phone = await softphone(w.gateway.url, lan);
});
afterEach(async () => {
  for (const caller of callers) await caller.close();
  await phone.close();
  await w.close();
});

const ask = (body: object, origin: string | null = SHOP) => askPass(w.gateway.url, origin, body);

async function connect(body: object = { number: "support" }): Promise<[WebCaller, Pass]> {
  const pass = (await (await ask(body)).json()) as Pass;
  const caller = await webCaller(w.gateway.url, SHOP, pass);
  callers.push(caller);
  return [caller, pass];
}

/** What the site's server signs, as any library for JSON Web Tokens does. */
function statement(claims: object): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256" })}.${part({ exp: w.clock.now() / 1_000 + 600, ...claims })}`;
  return `${text}.${createHmac("sha256", SECRET).update(text).digest("base64url")}`;
}

test("a visitor of a listed site calls its queue, is answered and hangs up", async () => {
  const [caller, pass] = await connect();
  expect(pass.known).toBe(false);
  const answered = caller.call();
  await lan.hear("offer.made");
  await (await phone.rung()).accept();
  expect(await answered).toBe(200);
  await lan.hear("call.changed", (e) => e.call.state === "talking");
  await caller.hangUp();
  const { call } = await lan.hear("call.changed", (e) => e.call.state === "ended");
  expect(call).toMatchObject({ called: "support", outcome: "answered" });
});

test("whom the site's server vouches for is the customer of that number", async () => {
  const [caller, pass] = await connect({
    number: "support",
    statement: statement({ phone_number: "0912660318", name: "Trịnh Gia Hân" }),
  });
  expect(pass.known).toBe(true);
  const over = caller.call();
  const { conversation } = await lan.hear("interaction.opened");
  expect(conversation.customerName).toBe("Trịnh Gia Hân");
  const { customer } = await lan.call("customer.get", { customerId: conversation.customerId });
  expect(customer.identities).toMatchObject([{ channel: "voice", externalId: "0912 *** 318" }]);
  await caller.hangUp();
  expect(await over).toBe(487);
});

test("a page's word that is not signed is not believed, and its visitor may call all the same", async () => {
  const response = await ask({
    number: "support",
    statement: `${statement({ phone_number: "0912660318" })}x`,
  });
  expect([response.status, ((await response.json()) as Pass).known]).toEqual([200, false]);
});

test.each([
  ["a page of another site", "support", "https://evil.example", 403],
  ["a page that does not say whose it is", "support", null, 403],
  ["a listed site, for a number that lists none", "inside", SHOP, 403],
  ["a listed site, for a number that is none of ours", "0900000000", SHOP, 404],
])("%s gets no pass, and may read why", async (_, number, origin, status) => {
  const response = await ask({ number }, origin);
  expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([status, "*"]);
});

test.each([["inside"], ["the agent"]])("a pass for one number calls nobody else: %s", async (whom) => {
  const [caller] = await connect();
  const user = whom === "inside" ? whom : lan.userId;
  expect(await caller.call({ to: `sip:${user}@example.com` })).toBe(403);
});

test("a pass is for one call, and opens no connection for another site's page", async () => {
  const [caller, pass] = await connect();
  const waits = caller.call();
  await lan.hear("offer.made");
  await caller.hangUp();
  expect(await waits).toBe(487);
  expect(await caller.call()).toBe(403);
  await expect(webCaller(w.gateway.url, "https://evil.example", pass)).rejects.toThrow();
});

test("an address asks for so many passes in a minute and no more, whatever it brings along", async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 11; n++) {
    const response = await fetch(`${w.gateway.url}/web-call/passes`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: SHOP, authorization: `Bearer made-up-${n}` },
      body: JSON.stringify({ number: "support", visitor: crypto.randomUUID() }),
    });
    statuses.push(response.status);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
});

test("which sites may call is administered, and the audit says who changed it", async () => {
  const admin = await w.person("admin", { roles: ["admin"] });
  const account = { channel: "voice", name: "Cửa hàng", queueId: w.queueId, enabled: true } as const;
  const save = (sites: string, id: string | null = null) =>
    admin.call("channel_account.save", { ...account, id, config: { number: "shop", sites } });
  await expect(save("https://shop.example.vn/path")).rejects.toMatchObject({ code: "invalid_input" });
  await expect(save("http://shop.example.vn")).rejects.toMatchObject({ code: "invalid_input" });
  const { account: made } = await save(SHOP);
  await save("https://www.example.vn", made.id);
  expect((await ask({ number: "shop" })).status).toBe(403);
  expect((await ask({ number: "shop" }, "https://www.example.vn")).status).toBe(200);
  await save("", made.id);
  expect((await ask({ number: "shop" }, "https://www.example.vn")).status).toBe(403);
  const { rows } = await admin.call("audit.list", { limit: 1 });
  expect(rows).toMatchObject([
    { action: "channel_account.saved", actorId: admin.userId, detail: { fields: ["number", "sites"] } },
  ]);
});
