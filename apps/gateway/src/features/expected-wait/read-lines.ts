import {
  afterFinished,
  ChannelId,
  InteractionState,
  noPace,
  type Pace,
  type WorkKind,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toAgentState } from "../../presenters/people.ts";
import { openInteractions } from "../../store/floor.ts";
import { allAgents, allMemberships, allQueues } from "../../store/people.ts";
import { segmentsWithin } from "../../store/reports.ts";
import { readCapacity } from "../routing/index.ts";
import type { LinesState } from "./lines.ts";

/** Handling times of so many pieces of the last day are where a start begins to learn. */
const SEEDS = 500;
const DAY_MS = 24 * 60 * 60_000;

/** The lines as the store has them: read once, at the start. */
export async function readLines(ctx: Ctx): Promise<LinesState> {
  const { store, channels } = ctx;
  // Work of a channel that is no longer built in waits like any other.
  const kindOf = (id: ChannelId): WorkKind =>
    channels.all.find((c) => c.id === id)?.capabilities.work ?? "chat";
  const memberships = Map.groupBy(await allMemberships(store), (m) => m.queue_id);
  const agents = (await allAgents(store)).map(toAgentState);
  return {
    members: new Map(
      (await allQueues(store)).map((q) => [q.id, memberships.get(q.id)?.map((m) => m.user_id) ?? []]),
    ),
    agents,
    work: (await openInteractions(store)).map((r) => ({
      conversationId: r.conversation_id,
      queueId: r.queue_id,
      state: InteractionState.parse(r.state),
      ownerId: r.owner_id,
      acceptedAt: r.accepted_at,
      heldUntil: r.held_until,
      kind: kindOf(ChannelId.parse(r.channel)),
      waitsForRoom: false,
    })),
    capacity: await readCapacity(store),
    paces: await readPaces(ctx, { kindOf, limits: new Map(agents.map((a) => [a.userId, a.limits])) }),
    kindOf,
  };
}

async function readPaces(
  { store, clock }: Ctx,
  o: { kindOf: LinesState["kindOf"]; limits: ReadonlyMap<string, Readonly<Record<WorkKind, number>>> },
): Promise<ReadonlyMap<string, Pace>> {
  const now = clock.now();
  const past = { from: now - DAY_MS, to: now, way: "newest", limit: SEEDS } as const;
  const paces = new Map<string, Pace>();
  for (const s of (await segmentsWithin(store, past)).toReversed()) {
    if (s.agentId === null || s.acceptedAt === null || s.endedAt === null) continue;
    const limit = o.limits.get(s.agentId)?.[o.kindOf(s.channel)] ?? 1;
    const workMs = (s.endedAt - s.acceptedAt) / Math.max(1, limit);
    paces.set(s.queueId, afterFinished(paces.get(s.queueId) ?? noPace, workMs));
  }
  return paces;
}
