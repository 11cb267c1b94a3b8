import type { WorkKind } from "@tongdai/shared";
import { newId } from "../../ids.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { InteractionRow } from "../../store/schema.ts";

/** An interaction that has only come: it waits since `at`, nobody has been asked, nothing is promised. */
export const newInteraction = (
  on: Pick<ConversationView, "id" | "customer_id" | "channel" | "queue_id">,
  work: WorkKind,
  at: number,
): InteractionRow => ({
  id: newId(),
  conversation_id: on.id,
  customer_id: on.customer_id,
  channel: on.channel,
  queue_id: on.queue_id,
  state: "waiting",
  owner_id: null,
  work,
  boost: 0,
  rank_at: at,
  opened_at: at,
  waiting_since: at,
  promise_ms: null,
  accepted_at: null,
  parked_until: null,
  return_to: null,
  wrap_up_until: null,
  extensions: 0,
  form: null,
  closed_at: null,
  disposition: null,
  last_agent_id: null,
  transferred_to: null,
  declined_by: "[]",
  wait_reason: null,
  held_until: null,
  wait: null,
  look_again: 1,
  version: 1,
});
