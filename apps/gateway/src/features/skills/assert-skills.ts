import { type AgentSkills, AppError } from "@tongdai/shared";
import type { Tx } from "../../store/index.ts";
import { allSkills, holdSkills } from "../../store/skills.ts";

/** Throws `not_found` when one of these skills is not there. */
export async function assertSkills(tx: Tx, skills: AgentSkills | undefined): Promise<void> {
  const asked = Object.keys(skills ?? {});
  if (asked.length === 0) return;
  await holdSkills(tx);
  const known = new Set((await allSkills(tx)).map((s) => s.id));
  if (!asked.every((id) => known.has(id)))
    throw new AppError("not_found", "no such skill", { field: "skills" });
}
