import { createHmac } from "node:crypto";
import {
  type Answer,
  type Call,
  isMobile,
  type Provider,
  type SenderAccount,
  type Sim,
  take,
} from "./sim.ts";

/** Stringee: one token for each request, and no reports. Source: Stringee, "SMS REST API", "REST API authentication". */
export const stringee: Provider = {
  name: "stringee",
  budget: { timeoutMs: 10_000, retryMs: [] },
  owns: ({ url }) => url.pathname.startsWith("/v1/"),
  answer(sim, call) {
    const account = sim.accounts.find((a) => a.provider === "stringee" && isOf(sim, a, call));
    if (!account || sim.faults.strike("account.keysRefused"))
      return { status: 401, json: { r: 6, message: "Authentication failed" } };
    if (call.url.pathname === "/v1/account") return { status: 200, json: { r: 0 } };
    return send(sim, account, call);
  },
  reports: () => [],
  incoming: () => null,
};

function send(sim: Sim, account: SenderAccount, { body }: Call): Answer {
  const one = readSms(body);
  if (!one || one.from !== account.sender.replace(/^\+/, ""))
    return { status: 200, json: { smsSent: 0, result: [{ r: 3, msg: "Invalid parameters" }] } };
  const to = `+${one.to}`;
  if (!isMobile(to))
    return { status: 200, json: { smsSent: 0, result: [{ r: 5, msg: "Number not supported" }] } };
  const id = sim.newId("st-");
  const taken = take(sim, { account, to, text: one.text, id });
  const json = { smsSent: 1, result: [{ price: "280", smsType: 1, r: 0, msg: "Success" }] };
  return { status: 200, json, taken };
}

function readSms(body: string): { from: string; to: string; text: string } | null {
  try {
    const { sms } = JSON.parse(body) as { sms?: readonly Record<string, unknown>[] };
    const { from, to, text } = sms?.[0] ?? {};
    return typeof from === "string" && typeof to === "string" && typeof text === "string"
      ? { from, to, text }
      : null;
  } catch {
    return null;
  }
}

const used = new WeakMap<Sim, Set<string>>();

/** The token's signature, its end and that it is used once. */
function isOf(sim: Sim, account: SenderAccount, { headers }: Call): boolean {
  const [header = "", payload = "", mac = ""] = String(headers["x-stringee-auth"]).split(".");
  const secret = account.keys["keySecret"] ?? "";
  if (createHmac("sha256", secret).update(`${header}.${payload}`).digest("base64url") !== mac) return false;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
  const seen = used.get(sim) ?? new Set();
  used.set(sim, seen);
  const jti = String(claims["jti"]);
  if (seen.has(jti)) return false;
  seen.add(jti);
  return claims["iss"] === account.keys["keySid"] && Number(claims["exp"]) * 1_000 > sim.clock.now();
}
