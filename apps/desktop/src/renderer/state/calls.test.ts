import { expect, test } from "vitest";
import { applyPhoneEvent, selectCurrentTalk } from "./calls.ts";
import { initialState, type State } from "./model.ts";
import type { PhoneEvent, Talk } from "./talk.ts";

const talk = (id: string, change: Partial<Talk> = {}): Talk => ({
  id,
  interactionId: null,
  direction: "in",
  peer: "0901",
  phase: "talking",
  onHold: false,
  heldByPeer: false,
  muted: false,
  media: "flowing",
  talkingSince: 1_000,
  replaces: null,
  isMoving: false,
  cause: null,
  ...change,
});
const told = (...talks: Talk[]): State =>
  talks.reduce((state, each) => applyPhoneEvent(state, { kind: "talk", talk: each }), initialState());

test("one speaks with whom one does not hold, and with the last one when all are on hold", () => {
  const held = told(talk("a", { onHold: true }), talk("b", { onHold: true }));
  expect(selectCurrentTalk(held)?.id).toBe("b");
  const back = applyPhoneEvent(held, { kind: "talk", talk: talk("a") });
  expect(selectCurrentTalk(back)?.id).toBe("a");
  expect(back.calls.talks.map((each) => each.id)).toEqual(["a", "b"]);
  expect(selectCurrentTalk(told(talk("c", { phase: "ringing" })))).toBeNull();
});

test("a talk that ended is gone with what was known of its sound, and remembered once", () => {
  const quality = { score: 4, roundTripMs: 20, jitterMs: 1, loss: 0, level: 0.1 };
  const heard = applyPhoneEvent(told(talk("a")), { kind: "quality", talkId: "a", quality });
  expect(heard.calls.quality).toEqual({ a: quality });
  const over = talk("a", { phase: "ended", cause: "peer_hung_up" });
  const after = applyPhoneEvent(heard, { kind: "talk", talk: over });
  expect(after.calls).toMatchObject({ talks: [], quality: {}, ended: over });
  expect(applyPhoneEvent(after, { kind: "quality", talkId: "a", quality })).toBe(after);
});

test("what changes nothing gives the same state back", () => {
  const ready: PhoneEvent = { kind: "status", status: "ready" };
  const state = applyPhoneEvent(initialState(), ready);
  expect(state.calls.phone).toBe("ready");
  expect(applyPhoneEvent(state, ready)).toBe(state);
});
