import type { ReportGroup, ReportRow, ReportSums } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { type Column, columns, textOf, timeColumns } from "./columns.ts";
import { useGroupName } from "./names.ts";

export interface Picked {
  readonly column: Column;
  /** `undefined`: of the total. */
  readonly key: string | null | undefined;
  readonly name: string;
}

interface TableProps {
  readonly groupBy: ReportGroup;
  /** Whether agents' time is counted too. */
  readonly hasTime: boolean;
  readonly rows: readonly ReportRow[];
  readonly total: ReportSums;
  readonly repeatDays: number;
  readonly onPick: (picked: Picked) => void;
}

/** The numbers of each group; each opens the rows behind it. */
export function NumbersTable({ groupBy, hasTime, rows, total, repeatDays, onPick }: TableProps) {
  const t = useT();
  const nameOf = useGroupName(groupBy);
  const shown = hasTime ? [...columns, ...timeColumns] : columns;
  const explain = (column: Column): string | undefined =>
    column.id === "resolved"
      ? t("report.explain.resolved", { days: repeatDays })
      : column.explain && t(column.explain);
  const lines = [
    ...rows.map((row) => ({ key: row.key, name: nameOf(row.key), sums: row.sums, isTotal: false })),
    { key: undefined, name: t("report.total"), sums: total, isTotal: true },
  ];
  return (
    <table className="w-full text-body">
      <thead>
        <tr className="text-small text-ink-3">
          <th scope="col" className="py-1.5 pr-3 text-left font-medium">
            {t(`report.groups.${groupBy}`)}
          </th>
          {shown.map((column) => (
            <th
              key={column.id}
              scope="col"
              title={explain(column)}
              className="px-1 py-1.5 text-right align-bottom font-medium"
            >
              {t(column.label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, name, sums, isTotal }) => (
          <tr
            key={String(key)}
            className={isTotal ? "border-t border-line-strong font-medium" : "border-t border-line/60"}
          >
            <th scope="row" className="max-w-60 truncate py-1 pr-3 text-left font-medium" title={name}>
              {name}
            </th>
            {shown.map((column) => (
              <td key={column.id} className="tabular py-1 text-right whitespace-nowrap">
                <button
                  type="button"
                  aria-label={`${t(column.label)}, ${name}: ${textOf(column, sums)}`}
                  onClick={() => onPick({ column, key, name })}
                  className="min-h-6 rounded-tight px-1 hover:bg-hover hover:text-accent-ink hover:underline"
                >
                  {textOf(column, sums)}
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
