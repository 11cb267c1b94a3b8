import type { CommandInput, WireError } from "@tongdai/shared";
import type { State } from "./model.ts";

/** What a person typed: it is kept until the gateway has it, over lost connections and reloads. */
export const heldCommands = [
  "message.send",
  "note.add",
  "draft.save",
  "ticket.create",
  "ticket.comment",
] as const;
export type HeldCommand = (typeof heldCommands)[number];

/**
 *  waiting ──▶ sending ──▶ (acknowledged: gone)
 *     ▲           │
 *     └─ no net ──┴──▶ refused ──(retry)──▶ waiting, or (discard): gone
 */
export type OutgoingStatus = "waiting" | "sending" | "refused";

export type OutgoingItem = {
  [N in HeldCommand]: {
    /** The command's own client id; for a draft, made from its conversation, so that a newer replaces an older. */
    readonly id: string;
    readonly name: N;
    readonly input: CommandInput<N>;
    /** Items of one lane go out one after another, in order. */
    readonly lane: string;
    readonly at: number;
    readonly status: OutgoingStatus;
    readonly error: WireError | null;
  };
}[HeldCommand];

export type MessageItem = Extract<OutgoingItem, { name: "message.send" | "note.add" }>;

export const isMessageItem = (item: OutgoingItem): item is MessageItem =>
  item.name === "message.send" || item.name === "note.add";

/** Adds it at the end, or replaces the one with the same id where it stands. */
export function putOutgoing(state: State, item: OutgoingItem): State {
  const known = state.outgoing.some((o) => o.id === item.id);
  const outgoing = known
    ? state.outgoing.map((o) => (o.id === item.id ? item : o))
    : [...state.outgoing, item];
  return { ...state, outgoing };
}

export function markOutgoing(
  state: State,
  id: string,
  status: OutgoingStatus,
  error: WireError | null = null,
): State {
  const old = state.outgoing.find((o) => o.id === id);
  if (!old || (old.status === status && old.error === error)) return state;
  return putOutgoing(state, { ...old, status, error });
}

export function dropOutgoing(state: State, id: string): State {
  const outgoing = state.outgoing.filter((o) => o.id !== id);
  return outgoing.length === state.outgoing.length ? state : { ...state, outgoing };
}
