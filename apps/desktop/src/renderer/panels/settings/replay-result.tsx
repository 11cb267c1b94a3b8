import type { ReplayResult, ReplayRow, ReplaySide } from "@tongdai/shared";
import { History } from "lucide-react";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Badge } from "../../ui/badge.tsx";
import { Field } from "../../ui/field.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Select } from "../../ui/select.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { ReplayChart } from "./replay-chart.tsx";
import { differenceOf, type Figure, type FigureId, figureIds, figures, textOf } from "./replay-figures.ts";

const sides = ["recorded", "replayed", "changed"] as const;
const groups = ["queues", "hours", "agents"] as const;
type Group = (typeof groups)[number];

interface ReplayResultsProps {
  readonly result: ReplayResult;
  /** The queue that was come for: it stands first. */
  readonly queueId: string | null;
}

/** The three sides of a day beside each other: all of it, then one number by queue, hour or agent. */
export function ReplayResults({ result, queueId }: ReplayResultsProps) {
  const t = useT();
  const [shown, setShown] = useState<FigureId>("level");
  const [group, setGroup] = useState<Group>("queues");
  const nameOf = useRowName(group);
  const figure = figures[shown];
  const day = result.day.split("-").reverse().join("/");
  if (sides.every((side) => result[side].total.sums.offered === 0))
    return <EmptyState icon={History} title={t("replay.nothing", { day })} body={t("replay.nothingBody")} />;
  return (
    <section aria-label={t("replay.result")} className="flex flex-col gap-5">
      <p className="text-body text-pretty text-ink-2">{t("replay.resultOf", { day })}</p>
      <Compared
        head={t("replay.figure")}
        lines={figureIds.map((id) => ({
          key: id,
          name: t(`replay.figures.${id}`),
          figure: figures[id],
          rows: (side) => result[side].total,
        }))}
      />
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t("replay.figure")} className="w-64">
          <Select
            value={shown}
            onChange={setShown}
            options={figureIds.map((value) => ({ value, label: t(`replay.figures.${value}`) }))}
          />
        </Field>
        <Field label={t("report.groupBy")} className="w-44">
          <Select
            value={group}
            onChange={setGroup}
            options={groups.map((value) => ({ value, label: t(`replay.groups.${value}`) }))}
          />
        </Field>
      </div>
      <ReplayChart result={result} figure={figure} name={t(`replay.figures.${shown}`)} />
      {shown === "occupancy" && group === "queues" ? (
        <p className="text-ink-3">{t("replay.noTime")}</p>
      ) : (
        <Compared
          head={t(`replay.groups.${group}`)}
          lines={keysOf(result, group, queueId).map((key) => ({
            key,
            name: nameOf(key),
            figure,
            rows: (side) => rowOf(result[side], group, key),
          }))}
        />
      )}
      <Notes notes={result.notes} />
    </section>
  );
}

function keysOf(result: ReplayResult, group: Group, first: string | null): string[] {
  const keys = new Set(sides.flatMap((side) => result[side][group].flatMap((row) => row.key ?? [])));
  const rest = [...keys].sort().filter((key) => key !== first);
  return first !== null && keys.has(first) ? [first, ...rest] : rest;
}

const rowOf = (side: ReplaySide, group: Group, key: string): ReplayRow | undefined =>
  side[group].find((row) => row.key === key);

function useRowName(group: Group): (key: string) => string {
  const t = useT();
  const people = useSelect((s) => s.people);
  return (key) => {
    if (group === "hours") return `${key}:00`;
    if (group === "queues") return neutralise(people.queues[key]?.name ?? t("common.unknown"));
    const added = /^added-(\d+)-(\d+)$/.exec(key);
    if (added) return t("replay.added", { line: added[1] ?? "", number: added[2] ?? "" });
    return neutralise(people.users[key]?.name ?? t("common.unknown"));
  };
}

interface Line {
  readonly key: string;
  readonly name: string;
  readonly figure: Figure;
  readonly rows: (side: (typeof sides)[number]) => ReplayRow | undefined;
}

function Compared({ head, lines }: { readonly head: string; readonly lines: readonly Line[] }) {
  const t = useT();
  return (
    <table className="w-full text-body">
      <thead>
        <tr className="text-small text-ink-3">
          <th scope="col" className="py-1.5 pr-3 text-left font-medium">
            {head}
          </th>
          {sides.map((side) => (
            <th key={side} scope="col" className="px-2 py-1.5 text-right font-medium">
              {t(`replay.sides.${side}`)}
            </th>
          ))}
          <th scope="col" className="py-1.5 pl-4 text-left font-medium">
            {t("replay.difference")}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, name, figure, rows }) => {
          const [recorded, was, is] = sides.map((side) => {
            const row = rows(side);
            return row ? figure.of(row) : null;
          }) as [number | null, number | null, number | null];
          const difference = differenceOf(figure, { was, is }, t);
          return (
            <tr key={key} className="border-t border-line/60">
              <th scope="row" className="max-w-72 truncate py-1 pr-3 text-left font-medium" title={name}>
                {name}
              </th>
              <td className="tabular px-2 py-1 text-right text-ink-3">{textOf(figure, recorded)}</td>
              <td className="tabular px-2 py-1 text-right">{textOf(figure, was)}</td>
              <td className="tabular px-2 py-1 text-right font-medium">{textOf(figure, is)}</td>
              <td className="py-1 pl-4 whitespace-nowrap">
                {difference && (
                  <span className="inline-flex items-center gap-2">
                    <span className="tabular min-w-14">{difference.text}</span>
                    <Badge tone={difference.tone}>{difference.word}</Badge>
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** What had to be assumed: said beside the numbers, not hidden. */
function Notes({ notes }: { readonly notes: ReplayResult["notes"] }) {
  const t = useT();
  return (
    <section aria-label={t("replay.assumed")}>
      <h3 className="mb-1 text-small font-medium text-ink-2">{t("replay.assumed")}</h3>
      <ul className="list-disc pl-5 text-small text-pretty text-ink-2">
        {notes.map(({ code, count }) => (
          <li key={code}>{t(`replay.notes.${code}`, { count })}</li>
        ))}
        <li>{t("replay.notPlayed")}</li>
      </ul>
    </section>
  );
}
