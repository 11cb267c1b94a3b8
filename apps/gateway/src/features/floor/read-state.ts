import { ChannelId, InteractionState } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toAgentState } from "../../presenters/people.ts";
import { breathe } from "../../store/breathe.ts";
import { lostAgentIds, openInteractions } from "../../store/floor.ts";
import { allAgents, allMemberships, allQueues } from "../../store/people.ts";
import type { FloorState, Work } from "./picture.ts";

export async function readState({ store }: Ctx): Promise<FloorState> {
  const memberships = Map.groupBy(await allMemberships(store), (m) => m.queue_id);
  const queues = await allQueues(store);
  await breathe();
  const agents = (await allAgents(store)).map(toAgentState);
  await breathe();
  const work = (await openInteractions(store)).map(toWork);
  return {
    members: new Map(queues.map((q) => [q.id, memberships.get(q.id)?.map((m) => m.user_id) ?? []])),
    agents,
    lost: await lostAgentIds(store),
    work,
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
  version: r.version,
});
