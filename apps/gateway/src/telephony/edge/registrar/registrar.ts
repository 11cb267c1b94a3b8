import type { Clock } from "@tongdai/shared";
import type { Authenticator, Login } from "../auth/index.ts";
import type { Flow } from "../flow.ts";
import {
  type AnswerParts,
  header,
  headerValues,
  type NameAddr,
  parseExpires,
  parseNameAddr,
  type ReceivedRequest,
  unquote,
} from "../message/index.ts";
import { type Binding, type Bindings, sameDevice } from "./bindings.ts";

export interface RegistrarParts {
  readonly clock: Clock;
  readonly authenticator: Authenticator;
  readonly bindings: Bindings;
  /** The part behind the @ of our addresses. */
  readonly domains: readonly string[];
  /** A wrong password: a strike against where it came from. */
  readonly wrong?: (flow: Flow) => void;
}

/** Seconds. A WebSocket's own end is noticed at once, so long registrations cost nothing but stale UDP phones. */
const shortest = 30;
const longest = 3_600;
const usual = 600;
/** Devices of one user, and Contacts of one request. */
const most = 10;

export type RegistrarAnswer = { readonly status: number } & AnswerParts;

/** What REGISTER deserves, the table changed accordingly (RFC 3261 10.3). */
export function createRegistrar({ clock, authenticator, bindings, domains, wrong }: RegistrarParts) {
  function register(request: ReceivedRequest, flow: Flow): RegistrarAnswer {
    const verdict = authenticator.verify(request);
    if (verdict.kind === "challenge") {
      if (verdict.wrong) wrong?.(flow);
      return { status: 401, headers: verdict.headers };
    }
    const { login } = verdict;
    const { uri } = request.to;
    if (uri.kind !== "sip" || !domains.includes(uri.host)) return { status: 404 };
    // Nobody registers, or unregisters, another.
    if (uri.user !== login.user) return { status: 403 };
    return update(request, flow, login);
  }

  function update(request: ReceivedRequest, flow: Flow, login: Login): RegistrarAnswer {
    const contacts = headerValues(request, "contact");
    if (contacts.includes("*")) return removeAll(request, contacts, login);
    // Calls go there as a Request-URI, which is a SIP URI for every client that we know.
    if (contacts.some((value) => parseNameAddr(value).uri.kind !== "sip")) return { status: 416 };
    const wanted = contacts.map((value) => read(parseNameAddr(value), request, { flow, login }));
    if (wanted.some((w) => w.seconds > 0 && w.seconds < shortest))
      return { status: 423, headers: [{ name: "min-expires", value: String(shortest) }] };
    const known = bindings.of(login.user);
    if (wanted.some(({ binding }) => known.some((old) => outOfOrder(old, binding)))) return { status: 500 };
    const more = wanted.filter(({ binding }) => !known.some((old) => sameDevice(old, binding)));
    if (known.length + more.length > most) return { status: 403, reason: "Too Many Devices" };
    for (const { binding, seconds } of wanted)
      if (seconds > 0) bindings.put(binding);
      else for (const old of known) if (sameDevice(old, binding)) bindings.remove(old, "removed");
    return listing(login);
  }

  /** RFC 3261 10.3 step 6: `*` stands alone, with Expires 0. */
  function removeAll(request: ReceivedRequest, contacts: readonly string[], login: Login): RegistrarAnswer {
    if (contacts.length > 1 || header(request, "expires") !== "0") return { status: 400 };
    for (const binding of bindings.of(login.user)) bindings.remove(binding, "removed");
    return listing(login);
  }

  function read(contact: NameAddr, request: ReceivedRequest, { flow, login }: { flow: Flow; login: Login }) {
    const asked = contact.params.get("expires") ?? header(request, "expires");
    const seconds = Math.min(asked === undefined ? usual : parseExpires(asked), longest);
    const instance = contact.params.get("+sip.instance");
    const binding: Binding = {
      ...login,
      uri: contact.uri.text,
      flow,
      instance: instance === undefined ? undefined : unquote(instance),
      callId: request.callId,
      cseq: request.cseq.number,
      expiresAt: clock.elapsed() + seconds * 1_000,
    };
    return { binding, seconds };
  }

  function listing({ user }: Login): RegistrarAnswer {
    const headers = bindings.of(user).map(({ uri, expiresAt }) => ({
      name: "contact",
      value: `<${uri}>;expires=${Math.ceil((expiresAt - clock.elapsed()) / 1_000)}`,
    }));
    return { status: 200, headers };
  }

  return { register };
}

/** RFC 3261 10.3 step 7: an older request of the same series came late. */
const outOfOrder = (old: Binding, binding: Binding): boolean =>
  sameDevice(old, binding) && old.callId === binding.callId && binding.cseq <= old.cseq;
