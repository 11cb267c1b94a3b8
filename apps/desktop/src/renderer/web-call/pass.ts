import type { AskPass, CallPass } from "@tongdai/shared";
import type { CallEnd } from "./state.ts";

/** `server`: of the WebSocket, ws(s)://host/path. */
export type Pass = Pick<CallPass, "server" | "address" | "token">;
export type AskForPass = () => Promise<Pass>;

/** No pass was given. */
export class PassError extends Error {
  override readonly name = "PassError";
  readonly end: CallEnd;
  constructor(end: CallEnd) {
    super(end);
    this.end = end;
  }
}

/** @throws PassError, and TypeError when the gateway cannot be reached */
export async function askForPass(gateway: string, asked: AskPass): Promise<Pass> {
  const response = await fetch(new URL("/web-call/passes", gateway), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(asked),
    credentials: "omit",
  });
  if (!response.ok) throw new PassError(await refusal(response));
  const { server, address, token, known } = (await response.json()) as CallPass;
  if (asked.statement !== null && !known)
    console.warn("Tongdai: the statement of who calls is not believed. Is it over, or signed otherwise?");
  return { server: new URL(server, gateway).href.replace(/^http/, "ws"), address, token };
}

/** Whoever builds the page reads the reason in the console; its visitors cannot do anything about it. */
async function refusal(response: Response): Promise<CallEnd> {
  console.warn(`Tongdai: no pass for a call: ${response.status} ${await response.text()}`);
  if (response.status === 429) return "too_often";
  return response.status === 403 || response.status === 404 ? "not_allowed" : "connection_lost";
}

/** Whoever comes again is the same visitor, for as long as the browser remembers. */
export function visitorId(): string {
  const name = "tongdai-visitor";
  try {
    const known = localStorage.getItem(name);
    if (known !== null && /^[A-Za-z0-9_-]{16,64}$/.test(known)) return known;
    const made = crypto.randomUUID();
    localStorage.setItem(name, made);
    return made;
  } catch {
    // A page that may keep nothing.
    return crypto.randomUUID();
  }
}
