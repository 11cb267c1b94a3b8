import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asList, asObject, asText, type JsonObject, parseJson } from "../kit/json.ts";
import { type Bench, bench, PAGE } from "./test-bench.ts";

let b: Bench;
beforeEach(async () => {
  b = await bench();
});
afterEach(() => b.close());

async function sim(
  method: string,
  path: string,
  body?: JsonObject,
): Promise<{ status: number; json: JsonObject }> {
  const response = await fetch(`${b.sim.url}/sim/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, json: asObject(parseJson(await response.text())) };
}

async function mai(): Promise<string> {
  const { json } = await sim("POST", "customers", { pageId: PAGE, name: "Phạm Thị Mai" });
  return asText(json["psid"]) ?? "";
}

test("a customer is played over HTTP", async () => {
  const psid = await mai();
  const { json } = await sim("POST", `customers/${psid}/text`, { text: "Xin chào" });
  await sim("POST", `customers/${psid}/react`, { mid: json["mid"], reaction: "like" });
  await sim("POST", `customers/${psid}/image`);
  await sim("POST", `customers/${psid}/file`, {
    base64: "JVBERg==",
    contentType: "application/pdf",
    name: "đơn.pdf",
  });
  await sim("POST", "settle");
  expect(b.hook.received).toHaveLength(4);
  const seen = await sim("GET", `customers/${psid}`);
  expect(asList(seen.json["messages"])).toHaveLength(3);
});

test("what an act refuses is said, not thrown", async () => {
  const psid = await mai();
  await sim("POST", `customers/${psid}/block`);
  expect(await sim("POST", `customers/${psid}/text`, { text: "a" })).toMatchObject({
    status: 409,
    json: { code: "blocked" },
  });
  expect((await sim("POST", "customers/1/text", { text: "a" })).status).toBe(409);
  expect((await sim("POST", "nothing")).status).toBe(404);
});

test("faults, clock, events, raw deliveries, handshake, page inbox, tokens", async () => {
  const psid = await mai();
  await sim("POST", "faults", { name: "media.host", value: "stall", times: 2 });
  expect(b.sim.faults.list()).toEqual([{ name: "media.host", value: "stall", times: 2 }]);
  expect((await sim("POST", "faults", { name: "gremlins" })).status).toBe(409);
  await sim("DELETE", "faults");
  expect(b.sim.faults.list()).toEqual([]);
  await sim("POST", "clock", { advanceMs: 5 });
  expect(b.sim.context.time.offset()).toBe(5);
  await sim("POST", "clock", { reset: true });
  expect(b.sim.context.time.offset()).toBe(0);
  await sim("POST", "event", { pageId: PAGE, kind: "optin", psid });
  expect(b.hook.items()[0]).toHaveProperty("optin");
  const appId = "360846524940903";
  expect((await sim("POST", "raw", { appId, entries: [], signature: "wrong" })).json["status"]).toBe(401);
  expect((await sim("POST", "raw", { appId, body: "not json" })).json["status"]).toBe(200);
  expect((await sim("POST", "handshake", { appId })).json["ok"]).toBe(true);
  await sim("POST", `pages/${PAGE}/inbox-reply`, { psid, text: "từ hộp thư" });
  expect(b.hook.items().at(-1)?.["message"]).toMatchObject({ is_echo: true });
  await sim("POST", `pages/${PAGE}/revoke`);
  expect((await b.graph("GET", "/me")).code).toBe(190);
  await sim("POST", `pages/${PAGE}/restore`);
  expect((await b.graph("GET", "/me")).status).toBe(200);
});

test("the page, its modules and styles are served with a strict policy", async () => {
  const page = await fetch(`${b.sim.url}/`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain("/page/main.ts");
  const module = await fetch(`${b.sim.url}/page/api.ts`);
  expect(module.headers.get("content-type")).toContain("javascript");
  expect(await module.text()).not.toContain("import type");
  expect((await fetch(`${b.sim.url}/page/..%2findex.ts`)).status).toBe(404);
});

test("another site's page or another host name gets no control", async () => {
  const foreign = await fetch(`${b.sim.url}/sim/state`, { headers: { origin: "https://evil.example" } });
  expect(foreign.status).toBe(403);
  const form = await fetch(`${b.sim.url}/sim/faults`, {
    method: "POST",
    body: new URLSearchParams({ name: "x" }),
  });
  expect(form.status).toBe(403);
  const rebound = request(`${b.sim.url}/sim/state`, { headers: { host: "evil.example" } });
  rebound.end();
  const [response] = await once(rebound, "response");
  response.resume();
  expect(response.statusCode).toBe(403);
});

test("the stream tells the page about each change", async () => {
  const psid = await mai();
  const stream = await fetch(`${b.sim.url}/sim/stream?psid=${psid}`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  const until = async (wanted: string) => {
    let text = "";
    while (!text.includes(wanted)) text += (await reader?.read())?.value ?? "";
  };
  await until('"messages":[]');
  await sim("POST", `customers/${psid}/text`, { text: "một hai ba" });
  await until("một hai ba");
  await until('"state":"delivered"');
  await reader?.cancel();
});

test("stand-alone: says where it listens and stops when asked", async () => {
  const apps = [{ appId: "1", appSecret: "s", verifyToken: "v", webhookUrl: b.hook.url, pages: [] }];
  const child = spawn(process.execPath, [new URL("main.ts", import.meta.url).pathname], {
    env: { ...process.env, SIM_PORT: "0", SIM_CONFIG: JSON.stringify(apps) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  const url = /simulator listening (http:\/\/127\.0\.0\.1:\d+)/.exec(String(line))?.[1];
  expect((await fetch(`${url}/`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});
