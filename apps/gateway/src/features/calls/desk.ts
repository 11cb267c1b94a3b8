import { type EventData, events, Id } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toCall } from "../../presenters/call.ts";
import { openCalls } from "../../store/calls.ts";
import type { Entry } from "../../store/index.ts";
import { openOffersTo } from "../../store/interactions.ts";
import type { CallDesk, IncomingCall, LegNews } from "../../telephony/provider.ts";
import { beginCall } from "./begin.ts";
import { beginOut } from "./begin-out.ts";
import { beginWithin, endingOf } from "./colleague.ts";
import { endCall, loseCall } from "./end.ts";
import { joinedBy, letGo } from "./hand-on.ts";
import { lanes } from "./lanes.ts";
import { noteLeg } from "./leg.ts";
import { cannotRing, setReachable } from "./phone.ts";
import { placesOf } from "./places.ts";

export interface RunningDesk extends CallDesk {
  /** Of a start: calls go on that the exchange can go on with, and the others are lost. */
  recover(): Promise<void>;
  /** Resolves when what was told has been kept. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Between the exchange and the work. What calls do is kept in its order, call by call; what the journal says of their work is done at
 * the exchange: an offer rings, and one that is over rings no more. An offer is told to sockets before it is followed here.
 */
export function runDesk(ctx: () => Ctx): RunningDesk {
  const work = lanes((err) => ctx().log.error({ err }, "what a call did was not kept"));
  /** Calls that go on here, by interaction and by conversation. */
  const callOf = new Map<string, string>();
  const callIn = new Map<string, string>();
  /** Calls among ourselves. */
  const within = new Set<string>();
  /** Whose phones are here. */
  const phones = new Set<string>();
  const exchange = () => ctx().telephony;
  const places = placesOf(ctx, callOf);

  async function begin(call: IncomingCall): Promise<void> {
    if (call.origin === "agent" && Id.safeParse(call.called).success) return beginTo(call);
    const begin = call.origin === "agent" ? beginOut : beginCall;
    const begun = await begin(ctx(), call).catch((err: unknown) => {
      ctx().log.error({ err }, "a call was not taken");
      return { kind: "refused", why: "temporary failure" } as const;
    });
    if (begun.kind === "refused") return exchange()?.hangUp(call.id, begun.why);
    know(call.id, begun);
    if (begun.kind === "calls") return exchange()?.callOut(call.id, begun);
    return places.look();
  }

  /** A colleague. */
  async function beginTo(call: IncomingCall): Promise<void> {
    const begun = await beginWithin(ctx(), call);
    if (begun.kind === "refused") return exchange()?.hangUp(call.id, begun.why);
    within.add(call.id);
    const went = exchange()?.ring(call.id, { userId: begun.userId, interactionId: null });
    if (went === "no phone") exchange()?.hangUp(call.id, "unallocated");
  }

  /** While they talk with a colleague no customer is put through. */
  async function noteWithin({ callId, userId, phase }: LegNews): Promise<void> {
    if (!within.has(callId) || userId === null || (phase !== "trying" && phase !== "down")) return;
    await setReachable(ctx(), userId, phones.has(userId));
  }

  function know(callId: string, o: { interactionId: string; conversationId: string }): void {
    callOf.set(o.interactionId, callId);
    callIn.set(o.conversationId, callId);
  }

  async function recover(): Promise<void> {
    for (const row of await openCalls(ctx().store)) {
      const { id, interactionId, conversationId } = toCall(row);
      if (row.talk !== null && exchange()?.resume(row.talk)) {
        if (interactionId === null || conversationId === null) within.add(id);
        else know(id, { interactionId, conversationId });
        await letGo(ctx(), id);
      } else await loseCall(ctx(), id);
    }
  }

  function forget(callId: string): void {
    within.delete(callId);
    for (const by of [callOf, callIn]) for (const [key, id] of by) if (id === callId) by.delete(key);
  }

  /** In its call's lane: what the call did before is known by then. */
  function ring({ interactionId, userId }: { interactionId: string; userId: string }): void {
    const callId = callOf.get(interactionId);
    if (callId === undefined) return;
    work.run(callId, async () => {
      const went = exchange()?.ring(callId, { userId, interactionId });
      // It was there when they were asked.
      if (went === "no phone") await cannotRing(ctx(), { userId, interactionId });
      // Its end was told and could not be kept.
      if (went === "gone") await loseCall(ctx(), callId);
    });
  }

  function follow({ name, data }: Entry): void {
    if (name === "session.ended")
      for (const id of events[name].parse(data).sessionIds) exchange()?.revoke(id);
    if (callOf.size === 0) return;
    if (name === "offer.made") ring(events[name].parse(data).offer);
    if (name === "offer.ended") stopRinging(events[name].parse(data));
    if (name === "interaction.ended" || name === "interaction.closed") {
      const callId = callIn.get(events[name].parse(data).conversation.id);
      if (callId !== undefined) exchange()?.hangUp(callId, "normal");
    }
    if (name === "interaction.transferred" || name === "interaction.requeued")
      handedOn(events[name].parse(data));
    if (name.startsWith("interaction.")) places.look();
  }

  function stopRinging({ interactionId, outcome }: EventData<"offer.ended">): void {
    const callId = callOf.get(interactionId);
    if (callId !== undefined && outcome !== "accepted") exchange()?.stopRinging(callId, "no answer");
  }

  function handedOn({ conversation }: EventData<"interaction.transferred">): void {
    const callId = callIn.get(conversation.id);
    if (callId === undefined) return;
    // Nobody is kept on the line until a closed queue opens.
    if (conversation.interaction?.heldUntil != null) exchange()?.hangUp(callId, "no answer");
    else work.run(callId, () => letGo(ctx(), callId));
  }

  async function setPhone(userId: string, on: boolean): Promise<void> {
    if (on) phones.add(userId);
    else phones.delete(userId);
    await setReachable(ctx(), userId, on);
    if (!on) return;
    // It was offered before their phone was back.
    for (const offer of await openOffersTo(ctx().store, userId))
      ring({ interactionId: offer.interaction_id, userId });
  }

  const undoFollow = ctx().store.follow((entries) => {
    for (const entry of entries) follow(entry);
  });
  return {
    incoming: (call) => work.run(call.id, () => begin(call)),
    leg: (news) =>
      work.run(news.callId, async () => {
        await noteLeg(ctx(), news);
        await noteWithin(news);
      }),
    // Of a customer's call the leg's own news has said so. A colleague's is over: nobody else is asked.
    missed(callId, cause) {
      if (within.has(callId)) exchange()?.hangUp(callId, endingOf(cause));
    },
    ended: (callId, cause) =>
      work.run(callId, async () => {
        await endCall(ctx(), callId, cause);
        forget(callId);
      }),
    transferred: (callId, _, toUserId) => work.run(callId, () => joinedBy(ctx(), callId, toUserId)),
    reachable: (userId, on) => work.run(userId, () => setPhone(userId, on)),
    recover,
    async idle() {
      await work.idle();
      await places.idle();
    },
    async close() {
      undoFollow();
      await work.idle();
      work.close();
      await places.close();
    },
  };
}
