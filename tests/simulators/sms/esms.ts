import {
  type Answer,
  type Call,
  type Hook,
  isMobile,
  type Provider,
  phoneOf,
  type SenderAccount,
  type Sim,
  type Taken,
  take,
} from "./sim.ts";

const SERVICE = "/MainService.svc/json/";

const result = (code: string, words = "", more: object = {}): Answer => ({
  status: 200,
  json: { CodeResult: code, CountRegenerate: 0, ErrorMessage: words, ...more },
});

/** eSMS.vn answers 200 whatever happens. Source: developers.esms.vn, "SendMultipleMessage_V4", error codes, callback. */
export const esms: Provider = {
  name: "esms",
  budget: { timeoutMs: 10_000, retryMs: [30_000, 60_000, 300_000, 600_000] },
  owns: ({ url }) => url.pathname.startsWith(SERVICE),
  answer(sim, call) {
    const request = fieldsOf(call);
    const account = sim.accounts.find(
      (a) =>
        a.provider === "esms" &&
        a.keys["apiKey"] === request["ApiKey"] &&
        a.keys["secretKey"] === request["SecretKey"],
    );
    if (!account || sim.faults.strike("account.keysRefused"))
      return {
        status: 200,
        json: { CodeResult: "101", CodeResponse: "101", ErrorMessage: "Authorize Failed" },
      };
    if (call.url.pathname === `${SERVICE}GetBalance_json`)
      return { status: 200, json: { CodeResponse: "100", Balance: 1_000_000, UserID: 1 } };
    if (call.url.pathname !== `${SERVICE}SendMultipleMessage_V4_post_json/`) return { status: 404, json: {} };
    return send(sim, account, request);
  },
  reports: (taken, arrived) => {
    const { account, text, to, requestId = "", callbackUrl = "" } = taken;
    if (callbackUrl === "") return [];
    const url = (status: string, success: number, failed: number): Hook => {
      const address = new URL(callbackUrl);
      const fields = {
        SMSID: text.id,
        RequestId: requestId,
        phonenumber: to.slice(1),
        SendStatus: status,
        SendSuccess: String(success),
        SendFailed: String(failed),
        TotalSent: "1",
        TotalReceiver: "1",
        TotalPrice: "800",
        TypeId: account.keys["smsType"] ?? "2",
        telcoid: "1",
        error_info: failed > 0 ? "Subscriber unreachable" : "",
      };
      for (const [name, value] of Object.entries(fields)) address.searchParams.set(name, value);
      return { method: "GET", url: address };
    };
    return [url("7", 0, 0), arrived ? url("5", 1, 0) : url("5", 0, 1)];
  },
  incoming: () => null,
};

function fieldsOf({ body }: Call): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function send(sim: Sim, account: SenderAccount, request: Readonly<Record<string, unknown>>): Answer {
  const field = (name: string): string => (typeof request[name] === "string" ? request[name] : "");
  const requestId = field("RequestId");
  const to = `+${field("Phone").replace(/^0/, "84")}`;
  if (sim.faults.strike("account.noMoney")) return result("103", "Not enough balance");
  if (field("Brandname") !== account.sender) return result("104", "Brandname does not exist");
  if (!isMobile(to)) return result("108", "Phone format");
  if (!["2", "8"].includes(field("SmsType"))) return result("118", "Message type invalid");
  if (field("IsUnicode") !== "1" && /[ăđơưạảấầẩẫậ]/iu.test(field("Content")))
    return result("199", "Content needs unicode");
  if (phoneOf(sim, to).stopped.has(account.sender)) return result("99", "Phone number blocked");
  if (requestId !== "" && sim.requestIds.has(requestId)) return result("124", "RequestId existed");
  const id = sim.newId("esms-");
  if (requestId !== "") sim.requestIds.set(requestId, id);
  const callbackUrl = field("CallbackUrl");
  const taken: Taken = take(sim, {
    account,
    to,
    text: field("Content"),
    id,
    ...(requestId === "" ? {} : { requestId }),
    ...(callbackUrl === "" ? {} : { callbackUrl }),
  });
  return { ...result("100", "", { SMSID: id }), taken };
}
