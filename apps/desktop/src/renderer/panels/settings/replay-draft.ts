import { type CommandInput, type Queue, ReplayQuestion, type Team } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { asNumber } from "../numbers.ts";
import type { Ability } from "./person-work-draft.ts";

/** Agents more or fewer, as typed. */
export interface StaffDraft {
  readonly key: number;
  readonly queueId: string;
  readonly count: string;
  readonly fromHour: string;
  readonly toHour: string;
}

/** What is to be tried, as it stands on the screen. */
export interface ReplayDraft {
  readonly day: string;
  readonly target: string;
  readonly arrivals: string;
  readonly handle: string;
  readonly staff: readonly StaffDraft[];
  /** Queues as they are tried, by id. */
  readonly queues: Readonly<Record<string, Queue>>;
  /** What people can do as it is tried, by id. */
  readonly people: Readonly<Record<string, Ability>>;
}

export interface Wrong {
  readonly field: string;
  readonly error: string;
}

type Question = CommandInput<"replay.start">;

/** What is sent, or the first thing that is wrong. */
export function questionOf(draft: ReplayDraft, t: T): { readonly question: Question } | Wrong {
  const question: Question = {
    day: draft.day,
    definition: { targetSeconds: asNumber(draft.target) },
    changes: {
      queues: Object.values(draft.queues).map(({ id, memberIds, offerSeconds, rules, waiting }) => ({
        queueId: id,
        memberIds,
        offerSeconds,
        rules,
        waiting,
      })),
      people: Object.entries(draft.people).map(([userId, ability]) => ({ userId, ...ability })),
      staff: draft.staff.map(({ queueId, count, fromHour, toHour }) => ({
        queueId,
        count: asNumber(count),
        fromHour: asNumber(fromHour),
        toHour: asNumber(toHour),
      })),
      arrivalsPercent: asNumber(draft.arrivals),
      handlePercent: asNumber(draft.handle),
    },
  };
  const read = ReplayQuestion.safeParse(question);
  if (read.success) return { question };
  const field = read.error.issues[0]?.path.join(".") ?? "";
  const range = ranges.find((r) => r.field.test(field));
  return { field, error: range ? t("rules.notNumber", range) : t("admin.fieldWrong") };
}

const ranges = [
  { field: /targetSeconds$/, min: 1, max: 86_400 },
  { field: /Percent$/, min: -90, max: 300 },
  { field: /count$/, min: -100, max: 100 },
  { field: /fromHour$/, min: 0, max: 23 },
  { field: /toHour$/, min: 1, max: 24 },
];

/** A queue with what the form says of it: everybody in it is named, or one of a team. */
export function triedQueue(
  queue: Queue,
  input: CommandInput<"queue.save">,
  teams: Readonly<Record<string, Team>>,
): Queue {
  const namedIds = input.memberIds;
  const teamIds = input.teamIds ?? queue.teamIds;
  const ofTeams = teamIds.flatMap((id) => teams[id]?.memberIds ?? []);
  return {
    ...queue,
    namedIds,
    teamIds,
    memberIds: [...new Set([...namedIds, ...ofTeams])],
    offerSeconds: input.offerSeconds ?? queue.offerSeconds,
    rules: input.rules ?? queue.rules,
    waiting: input.waiting ?? queue.waiting,
  };
}
