import { z } from "zod";
import { BasedOn, Id, line, Version } from "./scalars.ts";

/** One of the tints that avatars have, by number. */
export const TeamColour = z.number().int().min(1).max(6);

/** People who belong together, and who leads them. A queue may have whole teams as its members. */
export const Team = z.object({
  id: Id,
  name: z.string(),
  colour: TeamColour.nullable(),
  memberIds: z.array(Id),
  /** Supervisors; they need not be members. */
  leadIds: z.array(Id),
  version: Version,
});
export type Team = z.infer<typeof Team>;

export const NewTeam = z.strictObject({
  id: Id.nullable().default(null),
  version: BasedOn,
  name: line(80),
  colour: TeamColour.nullable().default(null),
  memberIds: z.array(Id).max(1_000),
  leadIds: z.array(Id).max(100).default([]),
});
