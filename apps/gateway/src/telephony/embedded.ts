import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Clock } from "@tongdai/shared";
import type { Call, Desk, Road } from "./edge/b2bua/index.ts";
import { createExchange } from "./edge/exchange.ts";
import type { Flow } from "./edge/flow.ts";
import { type Cause, ourCause } from "./edge/leg/index.ts";
import { sipUri } from "./edge/message/index.ts";
import type { BindingChange } from "./edge/registrar/index.ts";
import { listenStream, listenUdp, listenWebSocket } from "./edge/transport/index.ts";
import { createEndpoint } from "./endpoint/index.ts";
import type { CallDesk, TelephonyProvider } from "./provider.ts";
import { startRelay } from "./rtpengine/index.ts";
import { createStation, STATION } from "./station.ts";

export interface EmbeddedParts {
  readonly clock: Clock;
  /** Of ours that listens: phones come by its path `/sip`. */
  readonly server: Server;
  readonly allowOrigin: (request: IncomingMessage) => boolean;
  /** Whom a connection to the server comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly domain: string;
  readonly secret: string;
  /** Null: no roads for trunks. */
  readonly listen: { readonly host: string; readonly port: number } | null;
  readonly trunks: readonly { readonly id: string; readonly addresses: readonly string[] }[];
  /** Where rtpengine takes its ng protocol; null: media go directly. */
  readonly rtpengine: { readonly host: string; readonly port: number } | null;
  /** What callers hear while they wait; null: what their own telephone plays. */
  readonly music: MusicConfig | null;
  /** Where calls out are sent, by UDP; absent: there are none. */
  readonly outbound?: { readonly address: string; readonly port: number } | undefined;
  readonly desk: CallDesk;
  /** rtpengine answers again, or no more. */
  readonly relayChanged: (up: boolean) => void;
  readonly report: (error: unknown) => void;
}

export interface MusicConfig {
  /** A WAV file of 8,000 samples a second on one channel; null: a tune of our own. */
  readonly file: string | null;
  /** Ours that callers reach; null: every one that this machine has. */
  readonly address: string | null;
}

const PATH = "/sip";
/** Milliseconds that a softphone's name and password are good for. */
const ACCESS_MS = 60 * 60_000;
/** Of a visitor's token, within which the call must be placed; and of what a page connects with, during its call too. */
const VISIT_MS = 60_000;
const TICKET_MS = 4 * 60 * 60_000;

/** The gateway's own SIP edge: phones on its HTTP server, trunks on UDP and TCP. */
export async function startEmbedded(parts: EmbeddedParts): Promise<TelephonyProvider> {
  const { clock, domain, desk } = parts;
  const calls = new Map<string, Call>();
  /** Until when what was given to an ended log-in would have been good, epoch milliseconds. */
  const revoked = new Map<string, number>();
  const relay =
    parts.rtpengine &&
    startRelay({ clock, ...parts.rtpengine, randomId: randomUUID, changed: parts.relayChanged });
  await relay?.started;
  const {
    edge,
    calls: { resume },
    tokens,
  } = createExchange({
    clock,
    domain,
    secret: parts.secret,
    nonceKey: randomBytes(32),
    randomId: randomUUID,
    random: Math.random,
    revoked: (session) => revoked.has(session),
    report: parts.report,
    trunks: parts.trunks,
    ...(relay && { relay }),
    desk: behind(desk, calls),
    bound: (change) => tellReachable(change),
    // Not everybody may read customers' numbers: the screen shows whoever may what stands there.
    shown: ({ kind, from }) => (kind === "agent" ? from : { user: "customer", name: undefined }),
  });

  const endpoint =
    parts.music &&
    createEndpoint({
      music: parts.music.file,
      address: parts.music.address,
      fell(why) {
        parts.report(new Error(`the music fell silent: ${why}`));
        if (!station) return;
        station.leaveAll();
        for (const call of calls.values()) call.attend(station);
      },
    });
  const station =
    endpoint && createStation({ endpoint, deliver: edge.transactions.receive, report: parts.report });

  function tellReachable({ kind, binding: { user } }: BindingChange): void {
    const devices = edge.bindings.of(user).length;
    if (kind === "added" && devices === 1) desk.reachable(user, true);
    if (kind === "gone" && devices === 0) desk.reachable(user, false);
  }

  const web = listenWebSocket(
    {
      server: parts.server,
      path: PATH,
      secure: false,
      sentBy: domain,
      clock,
      allowOrigin: (origin, request) =>
        parts.allowOrigin(request) || tokens.admits(ticketOf(request), origin),
      addressOf: parts.addressOf,
    },
    edge.gate,
  );
  const udp = parts.listen && (await listenUdp(parts.listen, edge.gate));
  const tcp = parts.listen && (await listenStream({ ...parts.listen, clock }, edge.gate));
  const roadTo = (road: Road): Flow =>
    road.transport === "UDP" && udp ? udp.flowTo(road.address, road.port) : lostRoad(road, domain);

  return {
    access({ userId, sessionId, until }) {
      const lifetime = Math.max(0, Math.min(ACCESS_MS, until - clock.now()));
      const minted = edge.credentials.mint({ user: userId, session: sessionId }, lifetime);
      return {
        server: PATH,
        address: `sip:${userId}@${domain}`,
        name: minted.username,
        password: minted.password,
        expiresAt: minted.expires * 1_000,
      };
    },
    visit({ visitor, called, origin, number, name }) {
      const who = { ...(number !== null && { number }), ...(name !== null && { name }) };
      return {
        server: `${PATH}?ticket=${tokens.ticket(origin, TICKET_MS)}`,
        address: `sip:${called}@${domain}`,
        token: tokens.mint({ visitor, target: called, ...who }, VISIT_MS),
        expiresAt: clock.now() + VISIT_MS,
      };
    },
    revoke(sessionId) {
      const now = clock.now();
      for (const [id, until] of revoked) if (until < now) revoked.delete(id);
      revoked.set(sessionId, now + ACCESS_MS + 1_000);
      edge.revoke(sessionId);
    },
    queued(callId, position) {
      calls.get(callId)?.queued(position);
      if (station) calls.get(callId)?.attend(station);
    },
    ring(callId, { userId, interactionId }) {
      const call = calls.get(callId);
      const device = edge.bindings.of(userId).at(-1);
      if (!call) return "gone";
      if (!call.waits) return "busy";
      if (!device) return "no phone";
      call.ring(device, [
        { name: "x-call-id", value: callId },
        ...(interactionId === null ? [] : [{ name: "x-interaction-id", value: interactionId }]),
      ]);
      return "rings";
    },
    reachesOutside: udp !== null && parts.outbound !== undefined,
    callOut(callId, { number, from }) {
      const call = calls.get(callId);
      if (!call?.waits || !udp || !parts.outbound) return call?.hangUp(ourCause("congestion"));
      const { address, port } = parts.outbound;
      const at = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
      call.ring(outside(number, { uri: `sip:${number}@${at}`, from, flow: udp.flowTo(address, port) }), [
        { name: "p-asserted-identity", value: `<${sipUri(from, domain)}>` },
      ]);
    },
    stopRinging: (callId, why) => calls.get(callId)?.stopRinging(ourCause(why)),
    release: (callId) => calls.get(callId)?.release(ourCause("normal")),
    hangUp: (callId, why) => calls.get(callId)?.hangUp(ourCause(why)),
    resume(talk) {
      try {
        const call = resume(talk, roadTo);
        calls.set(call.id, call);
        return true;
      } catch (error) {
        parts.report(error);
        return false;
      }
    },
    health: () => (relay ? { media: relay.up } : {}),
    async close() {
      // Who talks goes on, and is found again at the next start.
      for (const call of calls.values())
        if (call.talk() === undefined) call.hangUp(ourCause("temporary failure"));
      web.close();
      await udp?.close();
      await tcp?.close();
      edge.close();
      endpoint?.stop();
      relay?.close();
    },
  };
}

const ticketOf = ({ url = "" }: IncomingMessage): string =>
  new URLSearchParams(url.split("?", 2)[1]).get("ticket") ?? "";

const originOf = { trunk: "trunk", web: "visitor", agent: "agent" } as const;

/** The edge's desk, which passes everything on in our words. */
function behind(desk: CallDesk, calls: Map<string, Call>): Desk {
  /** The first step of a call's first leg is told before the call itself is. */
  let first: Parameters<Desk["news"]>[0] | undefined;
  /** Calls to somebody outside who has not answered. */
  const ringing = new Set<string>();
  const told: Desk = {
    incoming(call) {
      const { kind, id, from, target } = call.caller;
      calls.set(call.id, call);
      desk.incoming({
        id: call.id,
        origin: originOf[kind],
        originId: id,
        number: kind !== "agent" && from.user !== "anonymous" ? from.user : null,
        name: from.name ?? null,
        called: target,
      });
      if (first?.call === call.id) told.news(first);
      first = undefined;
    },
    missed(call, cause) {
      // Whom an agent called does not take it: the agent hears why, and nobody else is asked.
      if (ringing.has(call.id)) call.hangUp(cause);
      else desk.missed(call.id, toCause(cause));
    },
    ended(call, cause) {
      calls.delete(call.id);
      ringing.delete(call.id);
      desk.ended(call.id, toCause(cause));
    },
    // Whom a talk goes to is said by command: a phone alone sends nobody anywhere.
    resolve: () => undefined,
    transferred: (call, from, to) => desk.transferred(call.id, from, to),
    news(news) {
      const { call, leg, party, side, phase, cause, at } = news;
      if (isOutside(party)) {
        if (phase === "up") ringing.delete(call);
        else if (phase === "trying") ringing.add(call);
      }
      const { caller } = calls.get(call) ?? {};
      if (!caller) first = news;
      if (!caller || phase === "new" || party === STATION) return;
      desk.leg({
        callId: call,
        legId: leg,
        userId: isOutside(party) || (side === "in" && caller.kind !== "agent") ? null : party,
        phase,
        cause: cause ? toCause(cause) : null,
        at,
        ...talkOf(calls.get(call)),
      });
    },
  };
  return told;
}

function talkOf(call: Call | undefined): { talk?: string } {
  const talk = call?.talk();
  return talk === undefined ? {} : { talk };
}

/** The road of somebody who has to come back by himself. */
const lostRoad = ({ transport, address, port }: Road, sentBy: string): Flow => ({
  id: `lost:${address}:${port}`,
  transport,
  reliable: transport !== "UDP",
  remote: { address, port },
  sentBy,
  open: false,
  send: () => false,
  close() {},
});

const OUTSIDE = "tel:";
const isOutside = (party: string): boolean => party.startsWith(OUTSIDE);

/** Somebody outside, as a device that can ring. */
const outside = (number: string, o: { uri: string; flow: Flow; from: string }) => ({
  user: `${OUTSIDE}${number}`,
  uri: o.uri,
  flow: o.flow,
  shows: { to: number, from: { user: o.from, name: undefined } },
});

const toCause = ({ sip, q850, by }: Cause) => ({ sip, q850, by });
