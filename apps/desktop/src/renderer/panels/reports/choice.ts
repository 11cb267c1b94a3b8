import { addDays, type CommandInput, dateOf, type ReportDefinition, type ReportGroup } from "@tongdai/shared";
import type { DayPlace } from "../../state/route.ts";

export const periods = ["today", "yesterday", "week", "month", "own"] as const;
export type Period = (typeof periods)[number];

/** What the person has set. */
export interface Choice {
  readonly period: Period;
  /** Of the period `own`. */
  readonly from: string;
  readonly to: string;
  readonly groupBy: ReportGroup;
  /** `null`: all. */
  readonly queueId: string | null;
  readonly definition: ReportDefinition;
}

/** Until an answer has said where the contact centre is. */
export const usualZone = "Asia/Ho_Chi_Minh";

export function daysOf(
  { period, from, to }: Choice,
  now: number,
  zone: string,
): { from: string; to: string } {
  const today = dateOf(now, zone);
  switch (period) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "week":
      return { from: addDays(today, -6), to: today };
    case "month":
      return { from: addDays(today, -29), to: today };
    case "own":
      return { from, to };
  }
}

/** The one day that is asked for, and the queue. `null`: more than one. */
export const dayPlaceOf = (asked: Asked): DayPlace | null =>
  asked.from === asked.to ? { day: asked.from, queueId: asked.filter.queueId ?? null } : null;

/** Whether the gateway would take it. */
export const isRange = ({ from, to }: { from: string; to: string }): boolean =>
  from !== "" && to !== "" && from <= to && to < addDays(from, 100);

export interface Asked extends CommandInput<"report.query"> {
  readonly filter: { readonly queueId?: string };
  readonly definition: ReportDefinition;
}
