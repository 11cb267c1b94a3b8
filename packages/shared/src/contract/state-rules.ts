import { z } from "zod";
import { command } from "./command.ts";
import { AwayCode } from "./people.ts";
import { line, Version } from "./scalars.ts";

const Minutes = z.number().int().min(1).max(600).nullable();

/** A reason of being away that people choose. Never removed, only retired: what happened under it keeps its name. */
export const AwayReason = z.strictObject({
  id: AwayCode,
  name: z.strictObject({ vi: line(60), en: line(60) }),
  /** The longest time; `null`: any. Nothing is forced once it is over: agent and supervisors are told. */
  maxMinutes: Minutes,
  retired: z.boolean(),
});
export type AwayReason = z.infer<typeof AwayReason>;

const limits = {
  /** Longest times of the states that need no reason of people's choosing. */
  maxMinutes: z.strictObject({ busy: Minutes, missed: Minutes }),
  /** How long work is kept for an agent who signs off and asks for that. */
  keepHours: z.number().int().min(1).max(72),
};

/** What agents may do with their time, for everybody. */
export const StateRules = z.object({
  /** In the order of the menu. */
  reasons: z.array(AwayReason),
  ...limits,
  version: Version,
});
export type StateRules = z.infer<typeof StateRules>;

const reason = (id: string, vi: string, en: string): AwayReason => ({
  id,
  name: { vi, en },
  maxMinutes: null,
  retired: false,
});

/** What a new contact centre begins with. */
export const defaultStateRules: StateRules = {
  reasons: [
    reason("break", "Nghỉ giải lao", "Break"),
    reason("lunch", "Ăn trưa", "Lunch"),
    reason("meeting", "Họp", "Meeting"),
    reason("training", "Đào tạo", "Training"),
    reason("other", "Khác", "Other"),
  ],
  maxMinutes: { busy: null, missed: null },
  keepHours: 16,
  version: 1,
};

export const stateRulesCommands = {
  /** All of them, in their order. A reason that was there and is missing is refused: it is retired instead. */
  "state_rules.save": command(
    "people.manage",
    z.strictObject({
      version: Version,
      /** `id: null`: a new one. */
      reasons: z
        .array(z.strictObject({ ...AwayReason.shape, id: AwayCode.nullable() }))
        .min(1)
        .max(40),
      ...limits,
    }),
    z.object({ stateRules: StateRules }),
  ),
};
