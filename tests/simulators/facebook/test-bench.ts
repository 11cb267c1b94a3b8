import { asObject, type JsonObject, parseJson } from "../kit/json.ts";
import {
  type FacebookSimulator,
  type KnownPerson,
  type ManualClock,
  manualClock,
  startFacebookSimulator,
} from "./index.ts";
import { type Receiver, startReceiver } from "./test-receiver.ts";

export const PAGE = "109876543210987";
export const OTHER_PAGE = "209876543210987";
export const APP = "360846524940903";
export const SECOND_APP = "360846524940904";
export const TOKEN = "EAAG-page-token";
const START = Date.UTC(2026, 10, 21, 2, 0, 0);

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
  readonly code: unknown;
  readonly subcode: unknown;
}

export interface Bench {
  readonly sim: FacebookSimulator;
  readonly clock: ManualClock;
  readonly hook: Receiver;
  readonly otherHook: Receiver;
  graph(method: string, path: string, body?: JsonObject, token?: string): Promise<GraphAnswer>;
  send(psid: string, message: JsonObject, extra?: JsonObject): Promise<GraphAnswer>;
  close(): Promise<void>;
}

/** Two apps, two pages (the first page belongs to both apps), a clock that moves only when told. */
export async function bench({
  start = START,
  people = [],
  ...options
}: {
  mediaTtlMs?: number;
  timeFactor?: number;
  stateFile?: string;
  start?: number;
  /** Whom the first page knows. */
  people?: readonly KnownPerson[];
} = {}): Promise<Bench> {
  const clock = manualClock(start);
  const hook = await startReceiver({ secret: "app-secret", verifyToken: "verify-me" });
  const otherHook = await startReceiver({ secret: "second-secret", verifyToken: "verify-other" });
  const page = { pageId: PAGE, name: "Cửa hàng Sen", token: TOKEN };
  const apps = [
    {
      appId: APP,
      appSecret: "app-secret",
      verifyToken: "verify-me",
      webhookUrl: hook.url,
      pages: [
        { ...page, people },
        { pageId: OTHER_PAGE, name: "Sen Hà Nội", token: "EAAG-other-page" },
      ],
    },
    {
      appId: SECOND_APP,
      appSecret: "second-secret",
      verifyToken: "verify-other",
      webhookUrl: otherHook.url,
      pages: [{ ...page, token: "EAAG-second-app", subscribed: false }],
    },
  ];
  const sim = await startFacebookSimulator({ apps, clock, ...options });
  const graph: Bench["graph"] = async (method, path, body, token = TOKEN) => {
    const response = await fetch(`${sim.graphUrl}/v25.0${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return graphAnswer(response);
  };
  return {
    sim,
    clock,
    hook,
    otherHook,
    graph,
    send: (psid, message, extra = {}) =>
      graph("POST", `/${PAGE}/messages`, {
        recipient: { id: psid },
        messaging_type: "RESPONSE",
        message,
        ...extra,
      }),
    async close() {
      await sim.close();
      await hook.close();
      await otherHook.close();
    },
  };
}

export async function graphAnswer(response: Response): Promise<GraphAnswer> {
  const json = asObject(parseJson(await response.text()));
  const error = asObject(json["error"]);
  return {
    status: response.status,
    headers: response.headers,
    json,
    code: error["code"],
    subcode: error["error_subcode"],
  };
}
