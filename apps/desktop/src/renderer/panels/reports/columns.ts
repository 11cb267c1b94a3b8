import {
  type ReportRates,
  type ReportSums,
  ratesOf,
  type SegmentMeasure,
  type StretchTime,
} from "@tongdai/shared";
import type { Key } from "../../i18n/index.ts";
import { formatDuration, formatNumber, formatPercent } from "../../ui/format.ts";

export interface Column {
  readonly id: string;
  readonly label: Key & `report.columns.${string}`;
  readonly explain?: Exclude<Key & `report.explain.${string}`, "report.explain.resolved">;
  /** What the number counts: the rows that it opens. */
  readonly measure: SegmentMeasure | StretchTime;
  readonly text: (sums: ReportSums, rates: ReportRates) => string;
}

const count = (measure: SegmentMeasure) => (sums: ReportSums) => formatNumber(sums[measure]);
const percent = (part: number | null) => (part === null ? "–" : formatPercent(part));
const time = (ms: number | null) => (ms === null ? "–" : formatDuration(ms));

export const columns: readonly Column[] = [
  {
    id: "offered",
    label: "report.columns.offered",
    explain: "report.explain.offered",
    measure: "offered",
    text: count("offered"),
  },
  {
    id: "waiting",
    label: "report.columns.waiting",
    explain: "report.explain.waiting",
    measure: "waiting",
    text: count("waiting"),
  },
  {
    id: "answered",
    label: "report.columns.answered",
    explain: "report.explain.answered",
    measure: "answered",
    text: count("answered"),
  },
  { id: "level", label: "report.columns.level", measure: "levelOf", text: (_, r) => percent(r.serviceLevel) },
  {
    id: "asa",
    label: "report.columns.asa",
    explain: "report.explain.asa",
    measure: "answered",
    text: (_, r) => time(r.asaMs),
  },
  {
    id: "aht",
    label: "report.columns.aht",
    explain: "report.explain.aht",
    measure: "handled",
    text: (_, r) => time(r.ahtMs),
  },
  { id: "talk", label: "report.columns.talk", measure: "handled", text: (_, r) => time(r.talkMs) },
  { id: "hold", label: "report.columns.hold", measure: "handled", text: (_, r) => time(r.holdMs) },
  { id: "wrapUp", label: "report.columns.wrapUp", measure: "handled", text: (_, r) => time(r.wrapUpMs) },
  {
    id: "abandoned",
    label: "report.columns.abandoned",
    explain: "report.explain.abandoned",
    measure: "abandoned",
    text: (s, r) => (s.abandoned === 0 ? "0" : `${formatNumber(s.abandoned)} (${percent(r.abandonment)})`),
  },
  {
    id: "transfers",
    label: "report.columns.transfers",
    explain: "report.explain.transfers",
    measure: "transfers",
    text: count("transfers"),
  },
  {
    id: "missed",
    label: "report.columns.missed",
    explain: "report.explain.missed",
    measure: "offersMissed",
    text: count("offersMissed"),
  },
  {
    id: "resolved",
    label: "report.columns.resolved",
    measure: "firstContacts",
    text: (_, r) => percent(r.firstContactResolution),
  },
];

/** An agent's time is not of a queue or a channel. */
export const timeColumns: readonly Column[] = [
  {
    id: "occupancy",
    label: "report.columns.occupancy",
    explain: "report.explain.occupancy",
    measure: "busyMs",
    text: (_, r) => percent(r.occupancy),
  },
];

export const textOf = (column: Column, sums: ReportSums): string => column.text(sums, ratesOf(sums));
