import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  type QueueChange,
  type QueueRules,
  ReplayChanges,
  ReplayQuestion,
  type SetupQueue,
  Strategy,
} from "@tongdai/shared";
import { z } from "zod";

/** What was typed makes no sense; the message says what to type instead. */
export class Mistyped extends Error {}

export interface ReplayOptions {
  readonly day: string;
  readonly queues: readonly string[];
  readonly sets: readonly string[];
  readonly changes: ReplayChanges;
  readonly seed: number;
  readonly target: number;
  readonly json: boolean;
}

/** Reads the command line as far as it can be read without a store. */
export function readOptions(args: readonly string[]): ReplayOptions {
  const { values } = parsed(args);
  const { day } = values;
  if (day === undefined) throw new Mistyped("Say which day: --day 2026-11-20");
  if (!z.iso.date().safeParse(day).success)
    throw new Mistyped(`--day ${day} is no day: write it as 2026-11-20.`);
  return {
    day,
    queues: values.queue ?? [],
    sets: values.set ?? [],
    changes: values.changes === undefined ? ReplayChanges.parse({}) : changesIn(values.changes),
    seed: whole("--seed", values.seed ?? "1", { min: 0, max: 1_000_000 }),
    target: whole("--target", values.target ?? "60", { min: 1, max: 86_400 }),
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        day: { type: "string" },
        queue: { type: "string", multiple: true },
        set: { type: "string", multiple: true },
        changes: { type: "string" },
        seed: { type: "string" },
        target: { type: "string" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new Mistyped(error instanceof Error ? (error.message.split(". ")[0] ?? "") : String(error));
  }
}

function changesIn(file: string): ReplayChanges {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new Mistyped(`--changes: ${file} cannot be read.`);
  }
  const read = ReplayChanges.safeParse(jsonOf(text, file));
  if (!read.success) throw new Mistyped(`--changes ${file}: ${z.prettifyError(read.error)}`);
  return read.data;
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Mistyped(`--changes: ${file} is no JSON (${error instanceof Error ? error.message : "?"}).`);
  }
}

/** A queue as it is called and as it was on that day. */
export type NamedQueue = SetupQueue & { readonly name: string };

/** The changes of the file and of every `--set`, for the queues named by `--queue`, or for all. */
export function changesOf(o: ReplayOptions, queues: readonly NamedQueue[]): ReplayChanges {
  const chosen = o.queues.length === 0 ? queues : o.queues.map((name) => queueOf(name, queues));
  let { changes } = o;
  for (const set of o.sets) changes = withSet(changes, set, chosen);
  const read = ReplayQuestion.safeParse({ day: o.day, changes });
  if (!read.success) throw new Mistyped(z.prettifyError(read.error));
  return read.data.changes;
}

function queueOf(name: string, queues: readonly NamedQueue[]): NamedQueue {
  const wanted = name.toLocaleLowerCase();
  const found = queues.find((q) => q.queueId === name || q.name.toLocaleLowerCase() === wanted);
  if (found) return found;
  const known = queues.map((q) => `"${q.name}"`).join(", ");
  throw new Mistyped(
    `There is no queue "${name}". There ${queues.length === 1 ? "is" : "are"}: ${known || "none"}.`,
  );
}

type Set = (value: string, queue: NamedQueue, rules: QueueRules) => Omit<QueueChange, "queueId">;

const seconds = (value: string): number => whole("seconds", value, { min: 0, max: 86_400 }) * 1_000;
const points = (value: string): number => whole("points", value, { min: 0, max: 1_000 });

/** Of a queue. */
const queueSets: Record<string, Set> = {
  strategy: (value, _, rules) => ({
    rules: { ...rules, strategy: oneOf("strategy", value, Strategy.options) },
  }),
  mode: (value, _, rules) => ({ rules: { ...rules, mode: oneOf("mode", value, ["push", "pull"] as const) } }),
  "offer-seconds": (value) => ({ offerSeconds: whole("offer-seconds", value, { min: 5, max: 600 }) }),
  "last-agent-seconds": (value, _, rules) => ({ rules: { ...rules, lastAgentMs: seconds(value) } }),
  "owner-seconds": (value, _, rules) => ({ rules: { ...rules, ownerMs: seconds(value) } }),
  "base-points": (value, _, rules) => ({
    rules: { ...rules, priority: { ...rules.priority, base: points(value) } },
  }),
  "points-per-minute": (value, _, rules) => ({
    rules: { ...rules, priority: { ...rules.priority, perMinute: points(value) } },
  }),
};

export const setNames = [...Object.keys(queueSets), "agents", "arrivals", "handle"];

function withSet(changes: ReplayChanges, set: string, chosen: readonly NamedQueue[]): ReplayChanges {
  const at = set.indexOf("=");
  const [name, value] = at < 0 ? [set, ""] : [set.slice(0, at).trim(), set.slice(at + 1).trim()];
  if (name === "arrivals") return { ...changes, arrivalsPercent: percent(name, value) };
  if (name === "handle") return { ...changes, handlePercent: percent(name, value) };
  if (name === "agents") {
    const staff = chosen.map(({ queueId }) => ({ queueId, ...staffOf(value) }));
    return { ...changes, staff: [...changes.staff, ...staff] };
  }
  const change = queueSets[name];
  if (!change) throw new Mistyped(`--set ${set}: known are ${setNames.join(", ")}.`);
  const queues = new Map(changes.queues.map((q) => [q.queueId, q]));
  for (const queue of chosen) {
    const known = queues.get(queue.queueId) ?? { queueId: queue.queueId };
    queues.set(queue.queueId, { ...known, ...change(value, queue, known.rules ?? queue.rules) });
  }
  return { ...changes, queues: [...queues.values()] };
}

/** `+2` all day, `-1@9-12` from nine to noon. */
function staffOf(value: string): { fromHour: number; toHour: number; count: number } {
  const [, count, from, to] = /^([+-]?\d{1,3})(?:@(\d{1,2})-(\d{1,2}))?$/.exec(value) ?? [];
  if (count === undefined)
    throw new Mistyped(`--set agents=${value}: write agents=+2, or agents=-1@9-12 for some hours.`);
  return { count: Number(count), fromHour: Number(from ?? 0), toHour: Number(to ?? 24) };
}

function percent(name: string, value: string): number {
  const [, n] = /^([+-]?\d{1,3})%?$/.exec(value) ?? [];
  if (n === undefined) throw new Mistyped(`--set ${name}=${value}: write ${name}=+20% or ${name}=-10%.`);
  return Number(n);
}

function whole(name: string, value: string, { min, max }: { min: number; max: number }): number {
  const n = Number(value);
  if (value !== "" && Number.isInteger(n) && n >= min && n <= max) return n;
  throw new Mistyped(`${name} is a whole number from ${min} to ${max}, not "${value}".`);
}

function oneOf<T extends string>(name: string, value: string, options: readonly T[]): T {
  const found = options.find((option) => option === value);
  if (found === undefined) throw new Mistyped(`${name} is one of ${options.join(", ")}, not "${value}".`);
  return found;
}
