import { type AgentSkills, Limits, type Need, WorkKind } from "@tongdai/shared";
import { asNumber } from "../numbers.ts";

/** What somebody can do, and how much of it at once. */
export interface Ability {
  readonly skills: AgentSkills;
  readonly limits: Limits;
}

/** The same as it is typed. */
export interface AbilityDraft {
  readonly skills: readonly Need[];
  readonly limits: Readonly<Record<WorkKind, string>>;
}

/** As the gateway has it. */
const most: Record<WorkKind, number> = { call: 1, chat: 50, mail: 200 };

export const draftOfAbility = ({ skills, limits }: Ability): AbilityDraft => ({
  skills: Object.entries(skills).map(([skillId, level]) => ({ skillId, level })),
  limits: { call: String(limits.call), chat: String(limits.chat), mail: String(limits.mail) },
});

export const asAbility = ({ skills, limits }: AbilityDraft): Ability => ({
  skills: Object.fromEntries(skills.map(({ skillId, level }) => [skillId, level])),
  limits: { call: asNumber(limits.call), chat: asNumber(limits.chat), mail: asNumber(limits.mail) },
});

/** The first limit that the gateway would refuse, and how high it may be. */
export function wrongLimit({
  limits,
}: AbilityDraft): { readonly kind: WorkKind; readonly most: number } | null {
  const kind = WorkKind.options.find((k) => !Limits.shape[k].safeParse(asNumber(limits[k])).success);
  return kind ? { kind, most: most[kind] } : null;
}
