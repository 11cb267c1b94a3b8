import type { Team } from "../../contract/teams.ts";

/** A team as it was saved, or that it was taken away (`null`). */
export interface TeamChange {
  readonly teamId: string;
  readonly at: number;
  readonly memberIds: readonly string[] | null;
}

/** In which teams somebody was at a moment. */
export type TeamsAt = (userId: string, at: number) => readonly string[];

/**
 * @param changes oldest first
 * @param now teams of which nothing is recorded count as they are now
 */
export function teamsAt(
  changes: readonly TeamChange[],
  now: readonly Pick<Team, "id" | "memberIds">[],
): TeamsAt {
  const history = new Map<string, { at: number; members: ReadonlySet<string> }[]>();
  for (const { teamId, at, memberIds } of changes) {
    const list = history.get(teamId) ?? [];
    list.push({ at, members: new Set(memberIds) });
    history.set(teamId, list);
  }
  for (const { id, memberIds } of now)
    if (!history.has(id)) history.set(id, [{ at: 0, members: new Set(memberIds) }]);
  return (userId, at) =>
    [...history].flatMap(([id, list]) =>
      list.findLast((entry) => entry.at <= at)?.members.has(userId) ? [id] : [],
    );
}
