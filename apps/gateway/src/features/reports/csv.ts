import {
  AppError,
  formLine,
  piecesOf,
  type ReportQuestion,
  type ReportSegment,
  type ReportStretch,
  sharesOf,
  zoneOffset,
} from "@tongdai/shared";

import type { Ctx } from "../../context.ts";
import { allQueues, allUsers } from "../../store/people.ts";
import { cell } from "../csv.ts";
import { segmentPages, stretchPages } from "./facts.ts";
import { catchUp } from "./follow.ts";

type Cell = string | number | boolean | null;
type Column<T> = readonly [name: string, cell: (fact: T) => Cell];

/** What ids are called. */
interface Names {
  readonly queue: (id: string) => string;
  readonly person: (id: string | null) => string | null;
}

/** UTF-8's mark: spreadsheets take the file for another encoding without it. */
const MARK = "\uFEFF";

interface Asked {
  readonly of: "segments" | "stretches";
  readonly question: ReportQuestion;
}

/**
 * The facts of some days, oldest first, as lines of a table that spreadsheets open. Times in the contact centre's zone.
 * Throws `unavailable` while facts are still missing: nobody could see it in the file.
 */
export async function csv(ctx: Ctx, o: Asked): Promise<AsyncGenerator<string>> {
  if (!(await catchUp(ctx)))
    throw new AppError("unavailable", "the facts are still read from the journal: try again in a moment");
  return linesOf(ctx, o);
}

async function* linesOf(ctx: Ctx, o: Asked): AsyncGenerator<string> {
  const { question } = o;
  const names = await namesIn(ctx);
  const time = { from: question.from, to: question.to, way: "oldest" } as const;
  if (o.of === "segments") {
    const columns = segmentColumns(names, question.timeZone);
    yield MARK + head(columns);
    for await (const page of segmentPages(ctx, time))
      yield page
        .filter((s) => sharesOf(s, question).length > 0)
        .map((s) => line(columns, s))
        .join("");
    return;
  }
  const columns = stretchColumns(names, question);
  yield MARK + head(columns);
  for await (const page of stretchPages(ctx, time))
    yield page
      .filter((s) => piecesOf(s, question).length > 0)
      .map((s) => line(columns, s))
      .join("");
}

const segmentColumns = (names: Names, timeZone: string): Column<ReportSegment>[] => {
  const time = (at: number | null) => localTime(at, timeZone);
  const offers = (s: ReportSegment, outcome: string) => s.offers.filter((o) => o.outcome === outcome).length;
  return [
    ["segment", (s) => s.id],
    ["interaction", (s) => s.interactionId],
    ["part", (s) => s.part],
    ["conversation", (s) => s.conversationId],
    ["customer", (s) => s.customerId],
    ["channel", (s) => s.channel],
    ["queue", (s) => names.queue(s.queueId)],
    ["origin", (s) => s.origin],
    ["arrived", (s) => time(s.arrivedAt)],
    ["accepted", (s) => time(s.acceptedAt)],
    ["agent", (s) => names.person(s.agentId)],
    ["replied", (s) => time(s.repliedAt)],
    ["ended", (s) => time(s.endedAt)],
    ["outcome", (s) => s.outcome],
    ["wait_seconds", (s) => secondsUntil(s.acceptedAt ?? s.endedAt, s.arrivedAt)],
    ["reply_seconds", (s) => secondsUntil(s.repliedAt, s.arrivedAt)],
    ["talk_seconds", (s) => seconds(s.talkMs)],
    ["hold_seconds", (s) => seconds(s.holdMs)],
    ["parked_seconds", (s) => seconds(s.parkedMs)],
    ["wrap_up_seconds", (s) => seconds(s.wrapUpMs)],
    ["offers_made", (s) => s.offers.length],
    ["offers_declined", (s) => offers(s, "declined")],
    ["offers_missed", (s) => offers(s, "missed")],
    ["disposition", (s) => s.disposition],
    ["form", (s) => formLine(s.form)],
    ["resolved", (s) => s.resolved],
    ["last_closed", (s) => time(s.lastClosedAt)],
    ["returned", (s) => time(s.returnedAt)],
  ];
};

const stretchColumns = (names: Names, question: ReportQuestion): Column<ReportStretch>[] => [
  ["stretch", (s) => s.id],
  ["agent", (s) => names.person(s.userId)],
  ["state", (s) => s.state],
  ["reason", (s) => s.reason],
  ["busy", (s) => s.busy],
  ["from", (s) => localTime(s.from, question.timeZone)],
  ["until", (s) => localTime(s.until, question.timeZone)],
  // Of the days that are asked for, as the numbers have it.
  ["seconds", (s) => seconds(piecesOf(s, question).reduce((sum, piece) => sum + piece.ms, 0))],
];

async function namesIn({ store }: Ctx): Promise<Names> {
  const queues = new Map((await allQueues(store)).map((q) => [q.id, q.name]));
  const people = new Map((await allUsers(store)).map((u) => [u.id, u.name]));
  return {
    queue: (id) => queues.get(id) ?? id,
    person: (id) => (id === null ? null : (people.get(id) ?? id)),
  };
}

const head = <T>(columns: readonly Column<T>[]): string => `${columns.map(([name]) => name).join(",")}\r\n`;

const line = <T>(columns: readonly Column<T>[], fact: T): string =>
  `${columns.map(([, value]) => cell(value(fact))).join(",")}\r\n`;

/** `2026-11-22 09:05:00`: both people and spreadsheets read it. */
const localTime = (at: number | null, timeZone: string): string | null =>
  at === null ? null : new Date(at + zoneOffset(timeZone, at)).toISOString().slice(0, 19).replace("T", " ");

const seconds = (ms: number): number => Math.round(ms) / 1_000;
const secondsUntil = (at: number | null, from: number): number | null =>
  at === null ? null : seconds(at - from);
