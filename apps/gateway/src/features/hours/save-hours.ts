import { AppError, type CommandParsed, changesBetween, type Hours } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { toHours } from "../../presenters/hours.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import { hoursById, hoursByName, insertHours, queueIdsWithHours, updateHours } from "../../store/hours.ts";
import type { Tx } from "../../store/index.ts";
import { routingTurn } from "../../store/routing.ts";
import type { HoursRow } from "../../store/schema.ts";
import { type Actor, audit } from "../audit/index.ts";
import { lookAtHours } from "./opening.ts";

type Input = CommandParsed<"hours.save">;

/** Makes hours, or changes them for every queue that goes by them. Throws `conflict` when the name is taken, `not_found`. */
export function saveHours(ctx: Ctx, by: Actor | null, input: Input): Promise<Hours> {
  return ctx.store.write(async (tx) => {
    await routingTurn(tx);
    const { row, was } = await saveRow(tx, input);
    const hours = toHours(row);
    tx.journal({
      name: "hours.saved",
      at: ctx.clock.now(),
      actorId: by?.userId ?? null,
      scopes: ["org"],
      data: { hours },
    });
    await audit(tx, ctx, {
      by,
      action: "hours.saved",
      target: row.id,
      detail: { name: hours.name, created: !was, changes: changesBetween(was && toHours(was), hours) },
    });
    for (const queueId of await queueIdsWithHours(tx, row.id)) await lookAtHours(tx, ctx, queueId);
    return hours;
  });
}

async function saveRow(tx: Tx, input: Input): Promise<{ row: HoursRow; was: HoursRow | undefined }> {
  const namesake = await hoursByName(tx, input.name);
  if (namesake && namesake.id !== input.id)
    throw new AppError("conflict", "hours of this name are there", { field: "name" });
  const was = input.id === null ? undefined : await hoursById(tx, input.id);
  if (input.id !== null && !was) throw new AppError("not_found", "no such hours");
  assertFresh(was, input.version);
  const row: HoursRow = {
    id: input.id ?? newId(),
    version: nextVersion(was),
    name: input.name,
    time_zone: input.timeZone,
    weekly: JSON.stringify(input.weekly),
    days: JSON.stringify(input.days.toSorted((a, b) => (a.date < b.date ? -1 : 1))),
  };
  await (input.id === null ? insertHours(tx, row) : updateHours(tx, row));
  return { row, was };
}
