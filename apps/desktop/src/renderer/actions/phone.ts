import type { PhoneLogin } from "@tongdai/shared";
import { PhoneError, type Softphone } from "../softphone/softphone.ts";
import { applyPhoneEvent, phoneGone, setTrouble } from "../state/calls.ts";
import { can } from "../state/selectors.ts";
import type { Client } from "./client.ts";

/** Where a client keeps its phone; there is one only where the gateway has telephony. */
export interface PhoneLine {
  phone: Softphone | null;
  /** Fetches the program of the phone, which nobody without telephony loads. */
  readonly load: () => Promise<Softphone>;
  undo: () => void;
}

export const createPhoneLine = (load: PhoneLine["load"]): PhoneLine => ({
  phone: null,
  load,
  undo: () => undefined,
});

const renewal = "phone.renew";
/** Before its credentials run out, so that a slow network is no reason to be without a phone. */
const renewAheadMs = 5 * 60_000;
const leastWaitMs = 10_000;

/** Logs this person's phone in with what the gateway gives for this log-in, and stays logged in. */
export async function openPhone(client: Client): Promise<void> {
  const { session, people } = client.store.getState();
  const hasCalls = Object.values(people.channels).some(({ capabilities }) => capabilities.calls);
  if (session.status !== "in" || !hasCalls || !can(client.store.getState(), "work")) return;
  const { phone: login } = await client.request("phone.register", {});
  if (!login || client.store.getState().session.status !== "in") return;
  const phone = await phoneOf(client);
  const wait = Math.max(leastWaitMs, login.expiresAt - client.now() - renewAheadMs);
  client.later.put(renewal, wait, () => void openPhone(client).catch(client.report));
  await phone.chooseAudio(client.store.getState().ui.preferences.audio);
  await phone.connect(accountOf(client, login));
}

async function phoneOf(client: Client): Promise<Softphone> {
  const { line } = client;
  if (line.phone) return line.phone;
  const phone = await line.load();
  // Two that asked at once share the first one that came.
  if (line.phone) return line.phone;
  line.phone = phone;
  line.undo = phone.subscribe((event) => {
    client.update((s) => applyPhoneEvent(s, event));
    // The credentials are no longer good: others may be.
    if (event.kind === "status" && event.status === "refused")
      client.later.put(renewal, leastWaitMs, () => void openPhone(client).catch(client.report));
  });
  return phone;
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
  line.undo();
  line.phone?.disconnect().catch(client.report);
  line.phone = null;
  client.update(phoneGone);
}

/** Asks the phone. What it cannot do stands in the call's bar until the next try. @returns whether it could */
export async function askPhone(
  client: Client,
  ask: (phone: Softphone) => Promise<unknown>,
): Promise<boolean> {
  client.update((s) => setTrouble(s, null));
  try {
    if (!client.line.phone) throw new PhoneError("not_connected");
    await ask(client.line.phone);
    return true;
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    client.update((s) => setTrouble(s, error.code));
    return false;
  }
}
