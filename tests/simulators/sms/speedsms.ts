import {
  type Answer,
  type Call,
  type Hook,
  isMobile,
  overRate,
  type Provider,
  type SenderAccount,
  type Sim,
  take,
} from "./sim.ts";

const PER_MINUTE = 60;

const error = (code: string, message: string): Answer => ({
  status: 200,
  json: { status: "error", code, message },
});

/** SpeedSMS.vn. Source: speedsms.vn, "SMS API". The webhook's fields are an assumption: the vendor documents them nowhere. */
export const speedsms: Provider = {
  name: "speedsms",
  budget: { timeoutMs: 10_000, retryMs: [30_000] },
  owns: ({ url }) => url.pathname.startsWith("/index.php/"),
  answer(sim, call) {
    const account = sim.accounts.find((a) => a.provider === "speedsms" && isOf(a, call));
    if (!account || sim.faults.strike("account.keysRefused"))
      return { status: 401, json: { status: "error" } };
    if (call.url.pathname === "/index.php/user/info")
      return { status: 200, json: { status: "success", data: { balance: 500_000, currency: "VND" } } };
    if (call.url.pathname !== "/index.php/sms/send") return { status: 404, json: {} };
    const wait = sim.faults.strike("send.throttle") ? 30 : overRate(sim, account, PER_MINUTE);
    if (wait > 0)
      return { status: 429, headers: { "x-rate-limit-reset": String(wait) }, json: { status: "error" } };
    return send(sim, account, call);
  },
  reports: ({ account, text, to }, arrived) => [
    hook(account, { type: "report", tranId: text.id, phone: to.slice(1), status: arrived ? 0 : 1 }),
  ],
  incoming: (account, text, from) =>
    hook(account, { type: "sms", tranId: text.id, phone: from.slice(1), content: text.text }),
};

function send(sim: Sim, account: SenderAccount, { body }: Call): Answer {
  const request = readRequest(body);
  if (!request) return error("101", "invalid parameters");
  if (sim.faults.strike("account.noMoney")) return error("300", "not enough balance");
  const to = `+${request.to.replace(/^0/, "84")}`;
  if (request.sender !== account.sender) return error("009", "sender not allowed");
  if (!isMobile(to)) return error("105", "phone number invalid");
  const id = sim.newId("");
  const taken = take(sim, { account, to, text: request.content, id });
  return {
    status: 200,
    json: {
      status: "success",
      code: "00",
      data: { tranId: Number(id), totalSMS: 1, totalPrice: 250, invalidPhone: [] },
    },
    taken,
  };
}

const isOf = (account: SenderAccount, { headers }: Call): boolean =>
  headers["authorization"] === `Basic ${Buffer.from(`${account.keys["accessToken"]}:x`).toString("base64")}`;

function readRequest(body: string): { to: string; content: string; sender: string } | null {
  try {
    const { to, content, sender, sms_type: type } = JSON.parse(body) as Record<string, unknown>;
    const one: unknown = Array.isArray(to) ? to[0] : undefined;
    const isGood =
      typeof one === "string" && typeof content === "string" && content !== "" && typeof sender === "string";
    return isGood && [2, 3, 4, 5].includes(Number(type)) ? { to: one, content, sender } : null;
  } catch {
    return null;
  }
}

const hook = (account: SenderAccount, fields: object): Hook => ({
  method: "POST",
  url: new URL(account.webhookUrl),
  headers: { "content-type": "application/json" },
  body: JSON.stringify(fields),
});
