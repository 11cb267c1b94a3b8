import { type ReplayResult, type ReplayRow, type ReplaySide, ratesOf } from "@tongdai/shared";

interface Figure {
  readonly label: string;
  readonly of: (row: ReplayRow) => number | null;
  readonly text: (value: number) => string;
  /** Of groups too, not of the whole alone. */
  readonly brief?: true;
}

const count = (n: number): string => String(Math.round(n));
const percent = (n: number): string => `${(n * 100).toFixed(1)} %`;
const time = (ms: number): string => {
  const s = Math.round(Math.abs(ms) / 1_000);
  return `${ms < 0 ? "-" : ""}${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
};

const figures: readonly Figure[] = [
  { label: "offered", of: (r) => r.sums.offered, text: count },
  { label: "answered", of: (r) => r.sums.answered, text: count },
  { label: "service level", of: (r) => ratesOf(r.sums).serviceLevel, text: percent, brief: true },
  { label: "average speed of answer", of: (r) => ratesOf(r.sums).asaMs, text: time, brief: true },
  { label: "90 % wait no longer than", of: (r) => r.p90WaitMs, text: time, brief: true },
  { label: "longest wait", of: (r) => r.longestWaitMs, text: time },
  { label: "abandoned", of: (r) => r.sums.abandoned, text: count, brief: true },
  { label: "handling time", of: (r) => ratesOf(r.sums).ahtMs, text: time },
  { label: "occupancy", of: (r) => ratesOf(r.sums).occupancy, text: percent },
];

const sides = ["recorded", "replayed", "changed"] as const;

const notes: Record<ReplayResult["notes"][number]["code"], (n: number) => string> = {
  rules_changed: (n) => `Rules of ${n} queues were saved within the day: those at its end are used.`,
  as_now: (n) => `How ${n} queues were set is not recorded: they count as they are now.`,
  picked: (n) => `In ${n} queues agents pick: here the first who is free takes the first of the line.`,
  patience: (n) => `How long ${n} customers who were answered would have waited is estimated.`,
  declined: (n) =>
    `${n} offers were declined; who is asked for the same work declines it again, nobody else does.`,
  parked: (n) => `${n} pieces of work were put aside: they are again, as long as then.`,
  carried: (n) => `${n} pieces of work began before the day.`,
  going_on: (n) => `${n} pieces of work still go on: how long they take is drawn from the others.`,
};

/** The three sides beside each other, and what changed. */
export function tableOf(result: ReplayResult, nameOf: (queueId: string) => string): string {
  const title = `${result.day} (${result.timeZone})`;
  if (sides.every((side) => result[side].total.sums.offered === 0))
    return `${title}\n\nNothing was recorded on this day: choose one on which customers came.`;
  const lines = [
    ["", ...sides, "difference"],
    ...rowsOf(figures, (side) => result[side].total),
    ...queuesOf(result).flatMap((key) => [
      [""],
      [nameOf(key)],
      ...rowsOf(
        figures.filter((f) => f.brief),
        (side) => rowOf(result[side], key),
      ),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((i) =>
    Math.max(...lines.map((l) => (l.length > 2 ? (l[i] ?? "").length : 0))),
  );
  const table = lines.map((l) =>
    l.length < 3
      ? l.join("")
      : l
          .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)))
          .join("  "),
  );
  const said = result.notes.map(({ code, count: n }) => `- ${notes[code](n)}`);
  return [title, "", ...table, "", ...said, ""].join("\n");
}

const queuesOf = (result: ReplayResult): string[] => [
  ...new Set(sides.flatMap((side) => result[side].queues.flatMap((q) => q.key ?? []))),
];

const rowOf = (side: ReplaySide, key: string): ReplayRow | undefined =>
  side.queues.find((q) => q.key === key);

const rowsOf = (
  list: readonly Figure[],
  of: (side: (typeof sides)[number]) => ReplayRow | undefined,
): string[][] =>
  list.map((figure) => {
    const values = sides.map((side) => {
      const row = of(side);
      return row ? figure.of(row) : null;
    });
    return [
      `  ${figure.label}`,
      ...values.map((v) => (v === null ? "-" : figure.text(v))),
      difference(figure, values),
    ];
  });

function difference(figure: Figure, [, was, is]: readonly (number | null)[]): string {
  if (was == null || is == null) return "";
  if (figure.text(is) === figure.text(was)) return "=";
  const by = figure.text(is - was);
  return is > was ? `+${by}` : by;
}
