import { ChannelId, InteractionState, type WorkKind } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toParked } from "../../presenters/conversation.ts";
import { rulesOf, skillsOf, toAgentState } from "../../presenters/people.ts";
import { allAccounts } from "../../store/accounts.ts";
import { breathe } from "../../store/breathe.ts";
import { lostAgentIds, openInteractions } from "../../store/floor.ts";
import { allAgents, allMemberships, allQueues, allWithSkills } from "../../store/people.ts";
import { toAccount } from "../channel-accounts/index.ts";
import { readCapacity } from "../routing/index.ts";
import type { FloorState, Work } from "./picture.ts";
import type { Inlet, InletAccount } from "./staff.ts";
import { readThresholds } from "./thresholds.ts";

export async function readState({ store, channels, expectedWait }: Ctx): Promise<FloorState> {
  const kinds = new Map<string, WorkKind>(channels.all.map((c) => [c.id, c.capabilities.work]));
  const kindOf = (channel: string): WorkKind => kinds.get(channel) ?? "chat";
  const commentsOf = new Map(channels.info().map((c) => [c.id, c.comments]));
  const inletsOf = ({ channel, queueId, commentQueueId }: InletAccount): Inlet[] => {
    const comments = commentsOf.get(channel);
    const own = { queueId, kind: kindOf(channel) };
    return comments ? [own, { queueId: commentQueueId ?? queueId, kind: kindOf(comments) }] : [own];
  };
  const memberships = Map.groupBy(await allMemberships(store), (m) => m.queue_id);
  const queues = await allQueues(store);
  await breathe();
  const agents = (await allAgents(store)).map(toAgentState);
  await breathe();
  const work = (await openInteractions(store)).map(toWork);
  await breathe();
  const skilled = await allWithSkills(store);
  const accounts = await allAccounts(store);
  return {
    queues: new Map(
      queues.map((q) => [
        q.id,
        { memberIds: memberships.get(q.id)?.map((m) => m.user_id) ?? [], rules: rulesOf(q) },
      ]),
    ),
    skills: new Map(skilled.map((u) => [u.id, skillsOf(u.skills)])),
    capacity: await readCapacity(store),
    inlets: new Map(accounts.map((a) => [a.id, inletsOf(toAccount(a))])),
    inletsOf,
    agents,
    lost: await lostAgentIds(store),
    work,
    kindOf,
    thresholds: await readThresholds(store),
    expectedWait: (queueId) => expectedWait(queueId),
  };
}

const toWork = (r: Awaited<ReturnType<typeof openInteractions>>[number]): Work => ({
  id: r.id,
  conversationId: r.conversation_id,
  channel: ChannelId.parse(r.channel),
  queueId: r.queue_id,
  state: InteractionState.parse(r.state),
  ownerId: r.owner_id,
  waitingSince: r.waiting_since,
  acceptedAt: r.accepted_at,
  heldUntil: r.held_until,
  isIdle: r.unanswered_since === null,
  parked: toParked(r),
  version: r.version,
});
