import { Call, CallCause, CallLeg, CallOutcome, CallState } from "@tongdai/shared";
import { z } from "zod";
import { fromJson } from "../store/json.ts";
import type { CallRow } from "../store/schema-records.ts";

const Legs = z.array(CallLeg);
const Way = Call.shape.direction;

export const toCall = (r: CallRow): Call => ({
  id: r.id,
  interactionId: r.interaction_id,
  conversationId: r.conversation_id,
  accountId: r.account_id,
  direction: Way.parse(r.direction),
  called: r.called,
  state: CallState.parse(r.state),
  legs: fromJson(Legs, r.legs),
  startedAt: r.started_at,
  answeredAt: r.answered_at,
  endedAt: r.ended_at,
  outcome: r.outcome === null ? null : CallOutcome.parse(r.outcome),
  cause: r.cause === null ? null : fromJson(CallCause, r.cause),
});

/** As it is kept. */
export const toCallRow = (call: Call): Omit<CallRow, "talk"> => ({
  id: call.id,
  interaction_id: call.interactionId,
  conversation_id: call.conversationId,
  account_id: call.accountId,
  direction: call.direction,
  called: call.called,
  state: call.state,
  legs: JSON.stringify(call.legs),
  started_at: call.startedAt,
  answered_at: call.answeredAt,
  ended_at: call.endedAt,
  outcome: call.outcome,
  cause: call.cause === null ? null : JSON.stringify(call.cause),
});
