import {
  AppError,
  type CommandParsed,
  changesBetween,
  defaultQueueRules,
  type Queue,
  type QueueRules,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { rulesOf, toQueue } from "../../presenters/people.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import { hoursById } from "../../store/hours.ts";
import type { Tx } from "../../store/index.ts";
import {
  allQueues,
  existingUserIds,
  insertQueue,
  queueById,
  queueByName,
  replaceMembers,
  updateQueue,
} from "../../store/people.ts";
import { lookAtWaiting, routingTurn } from "../../store/routing.ts";
import type { QueueRow } from "../../store/schema.ts";
import { replaceQueueTeams, staffingOf } from "../../store/staffing.ts";
import { existingTeamIds } from "../../store/teams.ts";
import { lookAtWaits } from "../../store/waiting.ts";
import { type Actor, audit } from "../audit/index.ts";
import { lookAtHours } from "../hours/index.ts";
import { rerank } from "../line/index.ts";
import { assertSkills } from "../skills/index.ts";
import { restaff } from "./restaff.ts";

/** Makes a queue, or changes one with its members. Throws `conflict` when the name is taken, `not_found` for a member or queue that is not there. */
export function saveQueue(ctx: Ctx, by: Actor | null, input: CommandParsed<"queue.save">): Promise<Queue> {
  const actorId = by?.userId ?? null;
  const namedIds = [...new Set(input.memberIds)];
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    await assertNameFree(tx, input);
    if ((await existingUserIds(tx, namedIds)).length < namedIds.length)
      throw new AppError("not_found", "no such person", { field: "memberIds" });
    await assertTeams(tx, input.teamIds);
    if (input.hoursId && !(await hoursById(tx, input.hoursId)))
      throw new AppError("not_found", "no such hours", { field: "hoursId" });
    await assertRules(tx, input);
    await assertWaitRules(tx, input);
    const was = await existing(tx, input);
    const before = was && toQueue(was, await staffingOf(tx, was.id));
    const row = await saveRow(tx, ctx, { input, was });
    await restaff(tx, ctx, {
      queueIds: [row.id],
      actorId,
      change: async () => {
        await replaceMembers(tx, row.id, namedIds);
        if (input.teamIds) await replaceQueueTeams(tx, row.id, [...new Set(input.teamIds)]);
      },
    });
    const queue = toQueue(row, await staffingOf(tx, row.id));
    const detail = { name: queue.name, created: !was, changes: changesBetween(before, queue) };
    await audit(tx, ctx, { by, action: "queue.saved", target: row.id, detail });
    return queue;
  });
}

async function assertNameFree(tx: Tx, input: CommandParsed<"queue.save">): Promise<void> {
  const namesake = await queueByName(tx, input.name);
  if (namesake && namesake.id !== input.id)
    throw new AppError("conflict", "a queue of this name is there", { field: "name" });
}

async function assertTeams(tx: Tx, teamIds: readonly string[] = []): Promise<void> {
  if ((await existingTeamIds(tx, teamIds)).length < new Set(teamIds).size)
    throw new AppError("not_found", "no such team", { field: "teamIds" });
}

/** Whom the rules name must be there: a queue does not help itself out. */
async function assertRules(tx: Tx, { id, rules }: CommandParsed<"queue.save">): Promise<void> {
  if (!rules) return;
  await assertSkills(tx, skillsAskedFor(rules));
  const queueIds = new Set((await allQueues(tx)).map((q) => q.id));
  for (const { queueId } of rules.overflow) {
    if (!queueIds.has(queueId)) throw new AppError("not_found", "no such queue", { field: "rules" });
    if (queueId === id)
      throw new AppError("invalid_input", "a queue cannot help itself out", { field: "rules" });
  }
}

/** Work that waits too long is moved to a queue that is there, and another one. */
async function assertWaitRules(tx: Tx, { id, waiting }: CommandParsed<"queue.save">): Promise<void> {
  for (const [i, step] of (waiting?.steps ?? []).entries()) {
    if (step.action !== "move") continue;
    const field = `waiting.steps.${i}.queueId`;
    if (step.queueId === id) throw new AppError("invalid_input", "work is there already", { field });
    if (!(await queueById(tx, step.queueId))) throw new AppError("not_found", "no such queue", { field });
  }
}

const skillsAskedFor = ({ rings }: QueueRules) =>
  Object.fromEntries(rings.flatMap((r) => [...r.needs, ...r.prefers]).map((n) => [n.skillId, n.level]));

/** `undefined`: a new one. */
async function existing(tx: Tx, { id, version }: CommandParsed<"queue.save">): Promise<QueueRow | undefined> {
  const was = id === null ? undefined : await queueById(tx, id);
  if (id !== null && !was) throw new AppError("not_found", "no such queue");
  assertFresh(was, version);
  return was;
}

async function saveRow(
  tx: Tx,
  ctx: Ctx,
  { input, was }: { input: CommandParsed<"queue.save">; was: QueueRow | undefined },
): Promise<QueueRow> {
  const row: QueueRow = {
    id: input.id ?? newId(),
    version: nextVersion(was),
    name: input.name,
    offer_seconds: input.offerSeconds,
    wrap_up_seconds: input.wrapUpSeconds,
    promise_ms: input.promiseMs === undefined ? (was?.promise_ms ?? null) : input.promiseMs,
    dispositions: JSON.stringify(input.dispositions),
    wrap_up: input.wrapUp ? JSON.stringify(input.wrapUp) : (was?.wrap_up ?? null),
    hours_id: input.hoursId === undefined ? (was?.hours_id ?? null) : input.hoursId,
    out_of_hours: input.outOfHours ? JSON.stringify(input.outOfHours) : (was?.out_of_hours ?? null),
    waiting: input.waiting ? JSON.stringify(input.waiting) : (was?.waiting ?? null),
    rules: JSON.stringify(input.rules ?? (was ? rulesOf(was) : defaultQueueRules)),
  };
  const { id, ...change } = row;
  if (was) await updateQueue(tx, id, change);
  else await insertQueue(tx, row);
  if (was && was.rules !== row.rules) {
    await rerank(tx, { queueId: id });
    await lookAtWaiting(tx, { queueId: id });
  }
  if (was && was.waiting !== row.waiting) {
    await lookAtWaits(tx, { queueId: id, at: ctx.clock.now() });
    tx.afterCommit(ctx.wake.timers);
  }
  if (was && was.hours_id !== row.hours_id) await lookAtHours(tx, ctx, id);
  return row;
}
