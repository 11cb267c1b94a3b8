import { createHmac } from "node:crypto";
import {
  type Answer,
  type Call,
  type Hook,
  isMobile,
  overRate,
  type Provider,
  phoneOf,
  type SenderAccount,
  type Sim,
  type Taken,
  take,
} from "./sim.ts";

const PATH = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})(\/Messages)?\.json$/;
const LONGEST = 1_600;

const refusal = (status: number, code: number, message: string): Answer => ({
  status,
  json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

/** Twilio Programmable Messaging. Sources: Twilio, "Messages resource", "Webhooks", "Security", error dictionary. */
export const twilio: Provider = {
  name: "twilio",
  budget: { timeoutMs: 15_000, retryMs: [0] },
  owns: ({ url }) => url.pathname.startsWith("/2010-04-01/"),
  answer(sim, call) {
    const [, sid, messages] = PATH.exec(call.url.pathname) ?? [];
    const account = sim.accounts.find((a) => a.provider === "twilio" && a.keys["accountSid"] === sid);
    if (!account || !isAuthorized(sim, account, call)) return refusal(401, 20003, "Authenticate");
    if (call.method === "GET")
      return { status: 200, json: { sid, status: "active", friendly_name: account.sender } };
    if (!messages) return refusal(404, 20404, "The requested resource was not found");
    return create(sim, account, call);
  },
  reports: (taken, arrived) => (taken.callbackUrl === undefined ? [] : statuses(taken, arrived)),
  incoming(account, text, from) {
    if (!account.sender.startsWith("+")) return null;
    return signed(account, account.webhookUrl, {
      ToCountry: "VN",
      MessageSid: text.id,
      SmsSid: text.id,
      SmsMessageSid: text.id,
      AccountSid: account.keys["accountSid"] ?? "",
      From: from,
      To: account.sender,
      Body: text.text,
      NumMedia: "0",
      NumSegments: "1",
      SmsStatus: "received",
      ApiVersion: "2010-04-01",
      FromCity: "",
      ...optOutType(text.text),
    });
  },
};

/** Its own list of words, which it obeys before the client hears of them. */
const optOutType = (text: string): Record<string, string> => {
  const word = text.trim().toUpperCase();
  if (["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"].includes(word))
    return { OptOutType: "STOP" };
  return ["START", "YES", "UNSTOP"].includes(word) ? { OptOutType: "START" } : {};
};

export function obeyTwilio(sim: Sim, account: SenderAccount, o: { from: string; text: string }): void {
  const type = optOutType(o.text)["OptOutType"];
  const { stopped } = phoneOf(sim, o.from);
  if (type === "STOP") stopped.add(account.sender);
  if (type === "START") stopped.delete(account.sender);
}

function isAuthorized(sim: Sim, account: SenderAccount, { headers }: Call): boolean {
  if (sim.faults.strike("account.keysRefused")) return false;
  const pair = `${account.keys["accountSid"]}:${account.keys["authToken"]}`;
  return headers["authorization"] === `Basic ${Buffer.from(pair).toString("base64")}`;
}

function create(sim: Sim, account: SenderAccount, call: Call): Answer {
  const form = new URLSearchParams(call.body);
  const to = form.get("To") ?? "";
  const body = form.get("Body") ?? "";
  if (sim.faults.strike("send.throttle") || overRate(sim, account, 6_000) > 0)
    return refusal(429, 20429, "Too Many Requests");
  if (form.get("From") !== account.sender) return refusal(400, 21606, "The From number is not yours");
  if (!isMobile(to)) return refusal(400, 21211, "The 'To' number is not a valid phone number");
  if (body === "") return refusal(400, 21602, "Message body is required");
  if (body.length > LONGEST) return refusal(400, 21617, "The message body exceeds the 1600 character limit");
  if (phoneOf(sim, to).stopped.has(account.sender))
    return refusal(400, 21610, "Attempt to send to unsubscribed recipient");
  const id = sim.newId("SM");
  const callbackUrl = form.get("StatusCallback");
  const taken = take(sim, { account, to, text: body, id, ...(callbackUrl === null ? {} : { callbackUrl }) });
  const json = { sid: id, status: "queued", to, from: account.sender, num_segments: "1", error_code: null };
  return { status: 201, json, taken };
}

function statuses({ account, text, to, callbackUrl = "" }: Taken, arrived: boolean): Hook[] {
  const ladder = arrived ? ["sent", "delivered"] : ["sent", "undelivered"];
  return ladder.map((status) =>
    signed(account, callbackUrl, {
      SmsSid: text.id,
      SmsStatus: status,
      MessageStatus: status,
      To: to,
      From: account.sender,
      MessageSid: text.id,
      AccountSid: account.keys["accountSid"] ?? "",
      ApiVersion: "2010-04-01",
      ...(status === "undelivered" && { ErrorCode: "30003" }),
      ...(status === "delivered" && { RawDlrDoneDate: "2611221200" }),
    }),
  );
}

/** Signed over the address as called and every parameter, sorted by name. */
function signed(account: SenderAccount, url: string, fields: Readonly<Record<string, string>>): Hook {
  const text = Object.keys(fields)
    .sort()
    .reduce((all, name) => all + name + fields[name], url);
  const signature = createHmac("sha1", account.keys["authToken"] ?? "")
    .update(text)
    .digest("base64");
  return {
    method: "POST",
    url: new URL(url),
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-twilio-signature": signature,
    },
    body: new URLSearchParams(fields).toString(),
  };
}
