import { createHmac, randomUUID } from "node:crypto";
import { AppError, cleanText } from "@tongdai/shared";
import { z } from "zod";
import { Unreadable } from "../kit/values.ts";
import type { StringeeConfig } from "./config.ts";
import { ask, detailOf, unanswered } from "./http.ts";
import { digitsOf } from "./number.ts";
import type { ProviderKind } from "./provider.ts";
import { inConstantTime } from "./same.ts";

const Answer = z.looseObject({
  smsSent: z.coerce.number().optional(),
  r: z.coerce.number().int().optional(),
  msg: z.string().optional(),
  message: z.string().optional(),
  result: z.array(z.looseObject({ r: z.coerce.number().int(), msg: z.string().catch("") })).optional(),
});

const TOKEN_MS = 60 * 60_000;

/**
 * The token of one request: HS256 over header and payload in this order. Source: Stringee, "REST API authentication"; RFC 7519.
 * @param now epoch milliseconds
 */
export function tokenOf(
  config: Pick<StringeeConfig, "keySid" | "keySecret">,
  o: { now: number; id: string },
): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = part({ typ: "JWT", alg: "HS256", cty: "stringee-api;v=1" });
  const exp = Math.floor((o.now + TOKEN_MS) / 1_000);
  const payload = part({ jti: `${config.keySid}-${o.id}`, iss: config.keySid, exp, rest_api: true });
  const signed = `${header}.${payload}`;
  return `${signed}.${createHmac("sha256", config.keySecret).update(signed).digest("base64url")}`;
}

/** Stringee. Source: Stringee, "SMS REST API". It tells no message id and, where we could read, sends no reports. */
export const stringee: ProviderKind<StringeeConfig> = {
  open(config, { fetch: send, clock }) {
    const clean = (s: string): string => cleanText(s.replaceAll(config.keySecret, "***")).slice(0, 300);
    const headers = () => ({
      "X-STRINGEE-AUTH": tokenOf(config, { now: clock.now(), id: randomUUID() }),
      "Content-Type": "application/json",
    });
    return {
      sender: config.sender,
      webhookKey: config.webhookSecret,
      keyField: "webhookSecret",
      verify: ({ url: called }) =>
        inConstantTime(called.pathname.split("/").at(-1) ?? "", config.webhookSecret),
      async send(message, signal) {
        const from = digitsOf(config.sender);
        const body = JSON.stringify({ sms: [{ from, to: digitsOf(message.to), text: message.text }] });
        const answer = await ask(send, { url: `${config.apiUrl}/v1/sms`, headers: headers(), body }, signal);
        if (answer.kind !== "answer") return unanswered(answer, false);
        const told = Answer.safeParse(answer.body).data;
        const one = told?.result?.[0];
        const detail = clean(
          `${one?.msg ?? told?.msg ?? told?.message ?? "Stringee"} (${one?.r ?? told?.r ?? answer.status})`,
        );
        if (answer.status === 401 || answer.status === 403)
          return { kind: "paused", state: "login_needed", code: "login_needed", detail };
        if (one?.r === 0) return { kind: "sent", externalId: message.id };
        if (!told || (one === undefined && told.r === undefined)) return { kind: "unknown", detail };
        return { kind: "failed", code: "invalid", detail };
      },
      async check(signal) {
        const answer = await ask(
          send,
          { url: `${config.apiUrl}/v1/account`, method: "GET", headers: headers() },
          signal,
        );
        if (answer.kind !== "answer") throw new AppError("unavailable", detailOf(answer));
        const isRefused = answer.status === 401 || answer.status === 403;
        return isRefused
          ? { state: "login_needed", name: config.sender, detail: "the key is refused" }
          : { state: "ok", name: config.sender, detail: null };
      },
    };
  },
  decode: () => null,
  parse() {
    throw new Unreadable("this provider sends nothing");
  },
};
