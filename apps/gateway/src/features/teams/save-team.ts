import { AppError, type CommandParsed, changesBetween, type Team } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { existingUserIds } from "../../store/people.ts";
import { routingTurn } from "../../store/routing.ts";
import { queueIdsWithTeam } from "../../store/staffing.ts";
import { replaceTeamPeople, teamById, teamByName, upsertTeam } from "../../store/teams.ts";
import { type Actor, audit } from "../audit/index.ts";
import { restaff } from "../queues/index.ts";

type Input = CommandParsed<"team.save">;

/** Makes a team or changes one: the queues that have it follow in the same commit. Throws `conflict`, `not_found`. */
export function saveTeam(ctx: Ctx, by: Actor | null, input: Input): Promise<Team> {
  const actorId = by?.userId ?? null;
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const was = input.id === null ? undefined : await teamById(tx, input.id);
    if (input.id !== null && !was) throw new AppError("not_found", "no such team");
    assertFresh(was, input.version);
    await assertNameFree(tx, input);
    const team: Team = {
      id: input.id ?? newId(),
      name: input.name,
      colour: input.colour,
      memberIds: [...new Set(input.memberIds)],
      leadIds: [...new Set(input.leadIds)],
      version: nextVersion(was),
    };
    await assertPeople(tx, team);
    await restaff(tx, ctx, {
      queueIds: was && !sameIds(was.memberIds, team.memberIds) ? await queueIdsWithTeam(tx, team.id) : [],
      actorId,
      change: async () => {
        const { id, name, colour, version } = team;
        await upsertTeam(tx, { id, name, colour, version });
        await replaceTeamPeople(tx, team);
      },
    });
    tx.journal({ name: "team.saved", at: ctx.clock.now(), actorId, scopes: ["org"], data: { team } });
    const detail = { name: team.name, created: !was, changes: changesBetween(was, team) };
    await audit(tx, ctx, { by, action: "team.saved", target: team.id, detail });
    return team;
  });
}

async function assertNameFree(tx: Tx, input: Input): Promise<void> {
  const namesake = await teamByName(tx, input.name);
  if (namesake && namesake.id !== input.id)
    throw new AppError("conflict", "a team of this name is there", { field: "name" });
}

async function assertPeople(tx: Tx, { memberIds, leadIds }: Team): Promise<void> {
  for (const [field, ids] of Object.entries({ memberIds, leadIds }))
    if ((await existingUserIds(tx, ids)).length < ids.length)
      throw new AppError("not_found", "no such person", { field });
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set([...a, ...b]).size === a.length;
