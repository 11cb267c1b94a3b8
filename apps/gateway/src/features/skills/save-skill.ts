import { AppError, type CommandParsed, type Skill } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import { holdSkills, skillById, skillByName, upsertSkill } from "../../store/skills.ts";
import { audit } from "../audit/index.ts";

/** Makes a skill or gives one another name. Throws `conflict` when another has the name; the same one made twice is one. */
export function saveSkill(ctx: Ctx, caller: Caller, input: CommandParsed<"skill.save">): Promise<Skill> {
  return ctx.store.write(async (tx) => {
    await holdSkills(tx);
    const namesake = await skillByName(tx, input.name);
    if (namesake && (input.id === null || namesake.id === input.id)) return namesake;
    if (namesake) throw new AppError("conflict", "a skill of this name is there", { field: "name" });
    const was = input.id === null ? undefined : await skillById(tx, input.id);
    if (input.id !== null && !was) throw new AppError("not_found", "no such skill");
    assertFresh(was, input.version);
    const skill: Skill = { id: input.id ?? newId(), name: input.name, version: nextVersion(was) };
    await upsertSkill(tx, skill);
    tx.journal({
      name: "skill.saved",
      at: ctx.clock.now(),
      actorId: caller.userId,
      scopes: ["org"],
      data: { skill },
    });
    await audit(tx, ctx, {
      by: caller,
      action: "skill.saved",
      target: skill.id,
      detail: { name: was ? [was.name, skill.name] : skill.name },
    });
    return skill;
  });
}
