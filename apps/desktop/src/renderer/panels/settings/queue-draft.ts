import {
  ChannelId,
  type CommandInput,
  commands,
  defaultQueueRules,
  type Need,
  PriorityRule,
  type Queue,
  type QueueRules,
} from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { asNumber } from "../numbers.ts";
import { linesOf, type TreeLine, treeOf } from "./disposition-tree.ts";
import type { QueueHoursValue } from "./queue-hours.tsx";
import {
  misplacedStep,
  placeNames,
  type WaitDraft,
  waitDraftOf,
  waitRulesFrom,
} from "./queue-waiting-draft.ts";
import { emptyChoice, type WrapUpDraft, wrapUpDraftOf, wrapUpFrom } from "./queue-wrap-up-draft.ts";

/** A line of a list; the key stays when lines before it go. */
interface Line {
  readonly key: number;
}
export interface RingDraft extends Line {
  readonly after: string;
  readonly needs: readonly Need[];
  readonly prefers: readonly Need[];
}
export interface TagDraft extends Line {
  readonly tag: string;
  readonly points: string;
}
export interface WindowDraft extends Line {
  readonly hours: string;
  readonly points: string;
}
export interface HelpDraft extends Line {
  readonly queueId: string;
  readonly after: string;
  readonly longerThan: string;
}

/** A queue as it stands in the form: numbers as they were typed, times in seconds. */
export interface QueueDraft {
  readonly name: string;
  readonly memberIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly offerSeconds: string;
  readonly wrapUpSeconds: string;
  /** Minutes; empty: nothing is promised. */
  readonly promise: string;
  readonly dispositions: readonly TreeLine[];
  readonly wrapUp: WrapUpDraft;
  readonly hours: QueueHoursValue;
  readonly mode: QueueRules["mode"];
  readonly strategy: QueueRules["strategy"];
  readonly lastAgent: string;
  readonly owner: string;
  readonly rings: readonly RingDraft[];
  readonly base: string;
  readonly perMinute: string;
  readonly byTag: readonly TagDraft[];
  readonly byChannel: Readonly<Partial<Record<ChannelId, string>>>;
  readonly byWindow: readonly WindowDraft[];
  readonly overflow: readonly HelpDraft[];
  readonly waiting: WaitDraft;
}

const second = 1_000;
const minute = 60 * second;
const hour = 3_600 * second;

let lines = 0;
export const newKey = (): number => ++lines;

/** What a new queue begins with, in the user's language. */
interface FirstWords {
  readonly disposition: string;
  readonly placeText: string;
}

export function draftOf(queue: Queue | null, first: FirstWords): QueueDraft {
  const rules = queue?.rules ?? defaultQueueRules;
  const { priority } = rules;
  return {
    name: queue?.name ?? "",
    memberIds: queue?.namedIds ?? [],
    teamIds: queue?.teamIds ?? [],
    offerSeconds: String(queue?.offerSeconds ?? 30),
    wrapUpSeconds: String(queue?.wrapUpSeconds ?? 60),
    promise: queue && queue.promiseMs !== null ? String(queue.promiseMs / minute) : "",
    dispositions: linesOf(queue?.dispositions ?? [{ name: first.disposition, resolved: true }], newKey),
    wrapUp: wrapUpDraftOf(queue, newKey),
    hours: {
      hoursId: queue?.hoursId ?? null,
      reply: queue?.outOfHours.reply ?? "",
      action: queue?.outOfHours.action ?? "hold",
    },
    mode: rules.mode,
    strategy: rules.strategy,
    lastAgent: String(rules.lastAgentMs / second),
    owner: String(rules.ownerMs / second),
    rings: rules.rings.map(({ afterMs, needs, prefers }) => ({
      key: newKey(),
      after: String(afterMs / second),
      needs,
      prefers,
    })),
    base: String(priority.base),
    perMinute: String(priority.perMinute),
    byTag: Object.entries(priority.byTag).map(([tag, points]) => ({
      key: newKey(),
      tag,
      points: String(points),
    })),
    byChannel: Object.fromEntries(
      Object.entries(priority.byChannel).map(([channel, points]) => [channel, String(points)]),
    ),
    byWindow: priority.byWindow.map(({ withinMs, points }) => ({
      key: newKey(),
      hours: String(withinMs / hour),
      points: String(points),
    })),
    overflow: rules.overflow.map(({ queueId, afterMs, longerThan }) => ({
      key: newKey(),
      queueId,
      after: afterMs === null ? "" : String(afterMs / second),
      longerThan: longerThan === null ? "" : String(longerThan),
    })),
    waiting: waitDraftOf(queue, { newKey, placeText: first.placeText }),
  };
}

/** Empty is no number where a number may be missing. */
const perhaps = (text: string): number | null => (text.trim() === "" ? null : asNumber(text));
const msOf = (text: string, unit: number): number => Math.round(asNumber(text) * unit);

function priorityOf(draft: QueueDraft) {
  return {
    base: asNumber(draft.base),
    perMinute: asNumber(draft.perMinute),
    byTag: Object.fromEntries(draft.byTag.map(({ tag, points }) => [tag.trim(), asNumber(points)])),
    byChannel: Object.fromEntries(
      ChannelId.options.flatMap((channel) => {
        const points = perhaps(draft.byChannel[channel] ?? "");
        return points === null || points === 0 ? [] : [[channel, points]];
      }),
    ),
    byWindow: draft.byWindow.map(({ hours, points }) => ({
      withinMs: msOf(hours, hour),
      points: asNumber(points),
    })),
  };
}

function inputOf(id: string | null, draft: QueueDraft): CommandInput<"queue.save"> {
  return {
    id,
    name: draft.name,
    memberIds: [...draft.memberIds],
    teamIds: [...draft.teamIds],
    offerSeconds: asNumber(draft.offerSeconds),
    wrapUpSeconds: asNumber(draft.wrapUpSeconds),
    promiseMs: draft.promise.trim() === "" ? null : msOf(draft.promise, minute),
    hoursId: draft.hours.hoursId,
    waiting: waitRulesFrom(draft.waiting),
    outOfHours: { reply: draft.hours.reply, action: draft.hours.action },
    dispositions: treeOf(draft.dispositions),
    wrapUp: wrapUpFrom(draft.wrapUp),
    rules: {
      mode: draft.mode,
      strategy: draft.strategy,
      lastAgentMs: msOf(draft.lastAgent, second),
      ownerMs: msOf(draft.owner, second),
      rings: draft.rings.map(({ after, needs, prefers }, i) => ({
        afterMs: i === 0 ? 0 : msOf(after, second),
        needs: [...needs],
        prefers: [...prefers],
      })),
      priority: priorityOf(draft),
      overflow: draft.overflow.map(({ queueId, after, longerThan }) => {
        const afterSeconds = perhaps(after);
        return {
          queueId,
          afterMs: afterSeconds === null ? null : Math.round(afterSeconds * second),
          longerThan: perhaps(longerThan),
        };
      }),
    },
  };
}

/** The priorities as they are typed; `null` as long as they are no such thing. */
export function typedPriority(draft: QueueDraft): PriorityRule | null {
  const parsed = PriorityRule.safeParse(priorityOf(draft));
  return parsed.success ? parsed.data : null;
}

export interface Wrong {
  /** The path in what is sent, joined by dots; lists of the form count as they stand in it. */
  readonly field: string;
  readonly error: string;
}
type Parsed = { readonly input: CommandInput<"queue.save"> } | Wrong;

/** What is sent, or the first thing that is wrong, in words and with its field. */
export function parseDraft(id: string | null, draft: QueueDraft, t: T): Parsed {
  const unseen = twice(draft, t) ?? misplaced(draft, t);
  if (unseen) return unseen;
  const input = inputOf(id, draft);
  const parsed = commands["queue.save"].input.safeParse(input);
  if (parsed.success) return { input };
  const path = parsed.error.issues[0]?.path.map(String) ?? [];
  if (path.at(-1) === "rings") return lateRing(draft, t);
  const field = fieldOf(path, draft);
  return { field, error: rangeText(field, t) };
}

/** What the schema cannot see, because a record has no doubles and nothing is a number too. */
function twice(draft: QueueDraft, t: T): Wrong | null {
  const tags = draft.byTag.map(({ tag }) => tag.trim());
  const doubled = tags.findIndex((tag, i) => tags.indexOf(tag) < i);
  if (doubled >= 0) return { field: `rules.priority.byTag.${doubled}.tag`, error: t("rules.twice") };
  const empty = tags.indexOf("");
  if (empty >= 0) return { field: `rules.priority.byTag.${empty}.tag`, error: t("rules.missing") };
  const choice = emptyChoice(draft.wrapUp);
  if (choice >= 0) return { field: `wrapUp.form.${choice}.options`, error: t("wrapUp.edit.noOptions") };
  const idle = draft.overflow.findIndex(({ after, longerThan }) => after === "" && longerThan === "");
  return idle < 0 ? null : { field: `rules.overflow.${idle}.afterMs`, error: t("rules.help.either") };
}

function misplaced({ waiting }: QueueDraft, t: T): Wrong | null {
  const found = misplacedStep(waiting);
  return found && { field: `waiting.steps.${found.at}.afterMs`, error: t(`waiting.${found.why}`) };
}

function lateRing({ rings }: QueueDraft, t: T): Wrong {
  const late = rings.findIndex(
    ({ after }, i) => i > 0 && asNumber(after) <= asNumber(rings[i - 1]?.after ?? ""),
  );
  return { field: `rules.rings.${Math.max(late, 1)}.afterMs`, error: t("rules.rings.order") };
}

/** Points of a tag are told by the tag; the form knows them by their line. */
function fieldOf(path: readonly string[], draft: QueueDraft): string {
  if (path[2] !== "byTag") return path.join(".");
  const line = draft.byTag.findIndex(({ tag }) => tag.trim() === path[3]);
  const part =
    perhaps(draft.byTag[line]?.points ?? "") === null || isOff(draft.byTag[line]) ? "points" : "tag";
  return `rules.priority.byTag.${line}.${part}`;
}

const isOff = (line: TagDraft | undefined): boolean =>
  !PriorityRule.shape.base.safeParse(asNumber(line?.points ?? "")).success;

/** As the contract has it, in the units of the form. */
const ranges: readonly { readonly field: RegExp; readonly min: number; readonly max: number }[] = [
  { field: /^offerSeconds$/, min: 5, max: 600 },
  { field: /^wrapUpSeconds$/, min: 0, max: 3_600 },
  // Minutes.
  { field: /^waiting.steps.*afterMs$|^promiseMs$/, min: 1, max: 10_080 },
  { field: /everyMs$/, min: 1, max: 1_440 },
  { field: /(afterMs|AgentMs|ownerMs)$/, min: 0, max: 86_400 },
  { field: /^wrapUp.extensions$/, min: 0, max: 10 },
  { field: /^wrapUp.extendSeconds$/, min: 10, max: 1_800 },
  { field: /longerThan$/, min: 0, max: 100_000 },
  { field: /(base|perMinute|points)$|byChannel/, min: 0, max: 1_000 },
];

function rangeText(field: string, t: T): string {
  if (field.startsWith("dispositions")) return t("wrapUp.edit.wrong");
  if (field === "waiting.place.text") return t("waiting.needsNumber", placeNames);
  if (/^waiting.steps.*text$/.test(field)) return t("waiting.noWords");
  const range = ranges.find((r) => r.field.test(field));
  if (!range) return t("admin.fieldWrong");
  const isTime = field === "offerSeconds" || field === "wrapUpSeconds";
  return isTime ? t("admin.queues.between", range) : t("rules.notNumber", range);
}
