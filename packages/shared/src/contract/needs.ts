import { z } from "zod";
import { Id } from "./scalars.ts";

export const SkillLevel = z.number().int().min(1).max(5);

/** A skill and the least level of it. */
export const Need = z.strictObject({ skillId: Id, level: SkillLevel });
export type Need = z.infer<typeof Need>;

export const Needs = z.array(Need).max(20);
