import type { Call } from "@tongdai/shared";
import type { State } from "./model.ts";
import { put, same, without } from "./same.ts";
import {
  type CallsSlice,
  noCalls,
  type PhoneErrorCode,
  type PhoneEvent,
  type Readiness,
  type Talk,
} from "./talk.ts";

const withCalls = (state: State, change: Partial<CallsSlice>): State => ({
  ...state,
  calls: { ...state.calls, ...change },
});

/** The gateway's own word about a call; one that is over is history, which the conversation has. */
export function applyCallChanged(state: State, call: Call): State {
  const { byId } = state.calls;
  const next = call.state === "ended" ? without(byId, call.id) : put(byId, call.id, call);
  return next === byId ? state : withCalls(state, { byId: next });
}

export function applyPhoneEvent(state: State, event: PhoneEvent): State {
  switch (event.kind) {
    case "status":
      return state.calls.phone === event.status ? state : withCalls(state, { phone: event.status });
    case "talk":
      return event.talk.phase === "ended" ? talkEnded(state, event.talk) : talkChanged(state, event.talk);
    case "quality":
      return state.calls.talks.some((talk) => talk.id === event.talkId)
        ? withCalls(state, { quality: put(state.calls.quality, event.talkId, event.quality) })
        : state;
  }
}

function talkChanged(state: State, talk: Talk): State {
  const { talks } = state.calls;
  const isKnown = talks.some((each) => each.id === talk.id);
  const next = isKnown ? talks.map((each) => (each.id === talk.id ? talk : each)) : [...talks, talk];
  return withCalls(state, { talks: next });
}

function talkEnded(state: State, talk: Talk): State {
  const { talks, quality } = state.calls;
  return withCalls(state, {
    talks: talks.filter((each) => each.id !== talk.id),
    quality: without(quality, talk.id),
    ended: talk,
  });
}

export const setTrouble = (state: State, trouble: PhoneErrorCode | null): State =>
  state.calls.trouble === trouble ? state : withCalls(state, { trouble });

export const setReadiness = (state: State, readiness: Readiness): State =>
  same(state.calls.readiness, readiness) ? state : withCalls(state, { readiness });

/** Whose phone it was has left. */
export const phoneGone = (state: State): State => withCalls(state, { ...noCalls, byId: state.calls.byId });

export const isSpeaking = ({ phase, onHold }: Talk): boolean => phase === "talking" && !onHold;

/** The one that one speaks in; else the one that began last. What only rings is not one's own yet. */
export function selectCurrentTalk(state: State): Talk | null {
  const { talks } = state.calls;
  return talks.find(isSpeaking) ?? talks.findLast(({ phase }) => phase !== "ringing") ?? null;
}

/** Somebody waits for us to answer, and nobody else is in the ear. */
export const selectRings = ({ calls: { talks } }: State): boolean =>
  talks.some(({ phase }) => phase === "ringing") && !talks.some(isSpeaking);

export const selectTalkOf = (state: State, interactionId: string): Talk | null =>
  state.calls.talks.find((talk) => talk.interactionId === interactionId) ?? null;

const offerOf = (offers: State["offers"], interactionId: string) =>
  Object.values(offers).find((offer) => offer.interactionId === interactionId);

/** What rings with the card of its offer on the screen is answered there. */
export const isOffered = (offers: State["offers"], { phase, interactionId }: Talk): boolean =>
  phase === "ringing" && interactionId !== null && offerOf(offers, interactionId) !== undefined;

/** The conversation that a talk belongs to, where it is known. */
export function selectConversationIdOf(state: State, { interactionId }: Talk): string | null {
  if (interactionId === null) return null;
  const call = Object.values(state.calls.byId).find((each) => each.interactionId === interactionId);
  return call?.conversationId ?? offerOf(state.offers, interactionId)?.conversationId ?? null;
}
