import { AppError } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { allQueues } from "../../store/people.ts";
import { placesOf, queueIdsWithTeam, setPlace } from "../../store/staffing.ts";
import { existingTeamIds, teamById } from "../../store/teams.ts";
import { restaff } from "../queues/index.ts";

interface Places {
  readonly queueIds?: readonly string[] | undefined;
  readonly teamIds?: readonly string[] | undefined;
}

/**
 * Somebody's teams, and the queues where they are named themselves: all of them, what is not named is left. Left out: as it
 * was. Returns what the audit says of it. Throws `not_found`. Call it with the routing turn taken.
 */
export async function changePlaces(
  tx: Tx,
  ctx: Ctx,
  o: { userId: string; actorId: string | null; to: Places },
): Promise<Record<string, unknown>> {
  const was = await placesOf(tx, o.userId);
  const queues = difference(was.queueIds, o.to.queueIds);
  const teams = difference(was.teamIds, o.to.teamIds);
  if (queues.length + teams.length === 0) return {};
  await assertThere(tx, o.to);
  const touched = new Set(queues.map((q) => q.id));
  for (const { id } of teams) for (const queueId of await queueIdsWithTeam(tx, id)) touched.add(queueId);
  await restaff(tx, ctx, {
    queueIds: [...touched],
    actorId: o.actorId,
    change: async () => {
      for (const { id, stands } of queues) await setPlace(tx, o.userId, { in: { queueId: id }, stands });
      for (const { id, stands } of teams) await setPlace(tx, o.userId, { in: { teamId: id }, stands });
    },
  });
  for (const { id } of teams) {
    const team = await teamById(tx, id);
    const event = { at: ctx.clock.now(), actorId: o.actorId, scopes: ["org"] };
    if (team) tx.journal({ ...event, name: "team.saved", data: { team } });
  }
  return {
    ...(queues.length > 0 ? { queueIds: o.to.queueIds } : {}),
    ...(teams.length > 0 ? { teamIds: o.to.teamIds } : {}),
  };
}

/** What is entered and what is left. */
function difference(
  was: readonly string[],
  now: readonly string[] | undefined,
): { id: string; stands: boolean }[] {
  if (now === undefined) return [];
  const entered = [...new Set(now)].filter((id) => !was.includes(id));
  const left = was.filter((id) => !now.includes(id));
  return [...entered.map((id) => ({ id, stands: true })), ...left.map((id) => ({ id, stands: false }))];
}

async function assertThere(tx: Tx, { queueIds = [], teamIds = [] }: Places): Promise<void> {
  const known = new Set((await allQueues(tx)).map((queue) => queue.id));
  if (!queueIds.every((id) => known.has(id)))
    throw new AppError("not_found", "no such queue", { field: "queueIds" });
  if ((await existingTeamIds(tx, teamIds)).length < new Set(teamIds).size)
    throw new AppError("not_found", "no such team", { field: "teamIds" });
}
