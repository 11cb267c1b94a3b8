import type { PhoneLogin } from "@tongdai/shared";
import { type AudioDesk, PhoneError, type Softphone } from "../softphone/softphone.ts";
import { applyPhoneEvent, phoneGone, setReadiness, setTrouble } from "../state/calls.ts";
import { can } from "../state/selectors.ts";
import type { Client } from "./client.ts";

/** The program of the phone. */
export interface PhoneKit {
  readonly phone: Softphone;
  readonly devices: AudioDesk;
}

/** Where a client keeps its phone; there is one only where the gateway has telephony. */
export interface PhoneLine {
  kit: PhoneKit | null;
  /** Fetches the program, which nobody without telephony loads. */
  readonly load: () => Promise<PhoneKit>;
  undo: () => void;
}

export const createPhoneLine = (load: PhoneLine["load"]): PhoneLine => ({
  kit: null,
  load,
  undo: () => undefined,
});

const renewal = "phone.renew";
/** Before its credentials run out, so that a slow network is no reason to be without a phone. */
const renewAheadMs = 5 * 60_000;
const leastWaitMs = 10_000;
const look = "phone.check";
const lookEveryMs = 60_000;

/** Logs this person's phone in with what the gateway gives for this log-in, and stays logged in. */
export async function openPhone(client: Client): Promise<void> {
  const { session, people } = client.store.getState();
  const hasCalls = Object.values(people.channels).some(({ capabilities }) => capabilities.calls);
  if (session.status !== "in" || !hasCalls || !can(client.store.getState(), "work")) return;
  const { phone: login } = await client.request("phone.register", {});
  if (!login || client.store.getState().session.status !== "in") return;
  const { phone } = await kitOf(client);
  const wait = Math.max(leastWaitMs, login.expiresAt - client.now() - renewAheadMs);
  client.later.put(renewal, wait, () => void openPhone(client).catch(client.report));
  await phone.chooseAudio(client.store.getState().ui.preferences.audio);
  await phone.connect(accountOf(client, login));
  await lookAtPhone(client);
}

/** Whether a call could be taken now: registration, microphone, way to the gateway. Again every minute. */
export async function lookAtPhone(client: Client): Promise<void> {
  client.later.put(look, lookEveryMs, () => void lookAtPhone(client).catch(client.report));
  const readiness = await client.line.kit?.phone.check();
  if (readiness && client.line.kit) client.update((s) => setReadiness(s, readiness));
}

async function kitOf(client: Client): Promise<PhoneKit> {
  const { line } = client;
  if (line.kit) return line.kit;
  const kit = await line.load();
  // Two that asked at once share the first one that came.
  if (line.kit) return line.kit;
  line.kit = kit;
  line.undo = kit.phone.subscribe((event) => {
    client.update((s) => applyPhoneEvent(s, event));
    // The credentials are no longer good: others may be.
    if (event.kind === "status" && event.status === "refused")
      client.later.put(renewal, leastWaitMs, () => void openPhone(client).catch(client.report));
  });
  return kit;
}

const accountOf = (client: Client, login: PhoneLogin) => {
  const [user = "", domain = ""] = login.address.replace(/^sip:/, "").split("@");
  const server = new URL(login.server, client.gatewayUrl);
  server.protocol = server.protocol.replace(/^http/, "ws");
  const { name: username, password } = login;
  return { server: server.href, user, domain, username, password, relays: [] };
};

export function closePhone(client: Client): void {
  const { line } = client;
  client.later.cancel(renewal);
  client.later.cancel(look);
  line.undo();
  line.kit?.phone.disconnect().catch(client.report);
  line.kit = null;
  client.update(phoneGone);
}

/** Asks the phone. What it cannot do stands in the call's bar until the next try. @returns whether it could */
export async function askPhone(
  client: Client,
  ask: (phone: Softphone) => Promise<unknown>,
): Promise<boolean> {
  client.update((s) => setTrouble(s, null));
  try {
    if (!client.line.kit) throw new PhoneError("not_connected");
    await ask(client.line.kit.phone);
    return true;
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    client.update((s) => setTrouble(s, error.code));
    return false;
  }
}
