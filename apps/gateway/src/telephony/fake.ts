import type { CallCause } from "@tongdai/shared";
import type { CallDesk, Ending, IncomingCall, LegNews, TelephonyProvider } from "./provider.ts";

interface FakeCall {
  readonly id: string;
  /** The agent who calls; null: a customer does. */
  readonly by: string | null;
  /** Who it rings at or talks with. */
  callee: { readonly userId: string | null; readonly legId: string; up: boolean } | null;
}

/** An exchange without a wire, whose callers and phones do what they are told. Everything happens at once. */
export interface FakeExchange extends TelephonyProvider {
  /** What was ordered and what came of it, in order: `queued 1`, `rings <user>`, `stops <user>`, `ends normal`. */
  readonly did: readonly string[];
  /** Somebody's phone comes, or goes. */
  phone(userId: string, on: boolean): void;
  call(call: Omit<IncomingCall, "id" | "name"> & Partial<IncomingCall>): string;
  answer(callId: string): void;
  /** The phone that it rings at says no. @param q850 17 busy, 21 rejected, 88 incompatible */
  refuse(callId: string, q850: number): void;
  /** Who talks joins the caller with a colleague, after a word. */
  join(callId: string, userId: string): void;
  /** The caller hangs up, before or after it was answered. */
  leave(callId: string): void;
}

const theirs = (q850: number): CallCause => ({ sip: 480, q850, by: "party" });
const Q850: Readonly<Record<Ending, number>> = {
  normal: 16,
  unallocated: 1,
  busy: 17,
  "no answer": 19,
  rejected: 21,
  elsewhere: 26,
  barred: 55,
  congestion: 34,
  "temporary failure": 41,
};
const ours = (why: Ending): CallCause => ({ sip: 480, q850: Q850[why], by: "edge" });

/** @param o.id of calls and legs; @param o.now epoch milliseconds */
export function fakeExchange(desk: CallDesk, o: { id: () => string; now: () => number }): FakeExchange {
  const phones = new Set<string>();
  const calls = new Map<string, FakeCall>();
  const did: string[] = [];

  const tell = (callId: string, leg: Pick<LegNews, "legId" | "userId" | "phase">, cause?: CallCause): void =>
    desk.leg({ callId, ...leg, cause: cause ?? null, at: o.now() });

  function calleeDown(call: FakeCall, cause: CallCause): void {
    if (!call.callee) return;
    const { userId, legId } = call.callee;
    call.callee = null;
    tell(call.id, { legId, userId, phase: "down" }, cause);
    // Whom one called does not take it: nobody else is asked.
    if (call.by !== null) end(call, cause);
    else if (calls.has(call.id)) desk.missed(call.id, cause);
  }

  function end(call: FakeCall, cause: CallCause): void {
    if (!calls.delete(call.id)) return;
    calleeDown(call, { ...cause, by: "edge" });
    tell(call.id, { legId: `${call.id}-a`, userId: call.by, phase: "down" }, cause);
    desk.ended(call.id, cause);
  }

  const of = (callId: string): FakeCall => {
    const call = calls.get(callId);
    if (!call) throw new Error("no such call");
    return call;
  };

  return {
    did,
    access: ({ userId, until }) => ({
      server: "/sip",
      address: `sip:${userId}@example.com`,
      name: userId,
      password: "fake",
      expiresAt: until,
    }),
    visit: ({ visitor, called }) => ({
      server: "/sip",
      address: `sip:${called}@example.com`,
      token: `visit of ${visitor}`,
      expiresAt: o.now() + 60_000,
    }),
    revoke() {},
    resume: () => false,
    queued: (_, position) => void did.push(`queued ${position}`),
    ring(callId, { userId }) {
      const call = calls.get(callId);
      if (!call) return "gone";
      if (call.callee) return "busy";
      if (!phones.has(userId)) return "no phone";
      call.callee = { userId, legId: o.id(), up: false };
      did.push(`rings ${userId}`);
      tell(callId, { ...call.callee, phase: "trying" });
      tell(callId, { ...call.callee, phase: "early" });
      return "rings";
    },
    reachesOutside: true,
    callOut(callId, { number, from }) {
      const call = calls.get(callId);
      if (!call) return;
      call.callee = { userId: null, legId: o.id(), up: false };
      did.push(`calls ${number} as ${from}`);
      tell(callId, { ...call.callee, phase: "trying" });
      tell(callId, { ...call.callee, phase: "early" });
    },
    stopRinging(callId, why) {
      const call = calls.get(callId);
      if (!call?.callee || call.callee.up) return;
      did.push(`stops ${call.callee.userId}`);
      calleeDown(call, ours(why));
    },
    release(callId) {
      const call = calls.get(callId);
      if (!call?.callee?.up) return;
      const { userId, legId } = call.callee;
      call.callee = null;
      did.push(`releases ${userId}`);
      tell(callId, { legId, userId, phase: "down" }, ours("normal"));
    },
    hangUp(callId, why) {
      const call = calls.get(callId);
      if (!call) return;
      did.push(`ends ${why}`);
      end(call, ours(why));
    },
    health: () => ({}),
    close: () => Promise.resolve(),
    phone(userId, on) {
      if (on) phones.add(userId);
      else phones.delete(userId);
      desk.reachable(userId, on);
    },
    call(given) {
      const by = given.origin === "agent" ? given.originId : null;
      const call: FakeCall = { id: o.id(), by, callee: null };
      calls.set(call.id, call);
      desk.incoming({ name: null, ...given, id: call.id });
      tell(call.id, { legId: `${call.id}-a`, userId: by, phase: "trying" });
      return call.id;
    },
    answer(callId) {
      const { callee, by } = of(callId);
      if (!callee) throw new Error("it rings nowhere");
      callee.up = true;
      tell(callId, { ...callee, phase: "up" });
      tell(callId, { legId: `${callId}-a`, userId: by, phase: "up" });
    },
    join(callId, userId) {
      const call = of(callId);
      const before = call.callee;
      if (!before?.up || before.userId === null) throw new Error("nobody talks");
      call.callee = { userId, legId: o.id(), up: true };
      desk.transferred(callId, before.userId, userId);
      tell(callId, { ...call.callee, phase: "up" });
      tell(callId, { ...before, phase: "down" }, ours("normal"));
    },
    refuse: (callId, q850) => calleeDown(of(callId), theirs(q850)),
    leave: (callId) => end(of(callId), theirs(16)),
  };
}
