import type { ReportRow } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { formatNumber } from "../../ui/format.ts";
import { accentMark, HourBar, HourChart, plainMark } from "../../ui/hour-chart.tsx";

/** How many came in each hour, and how many of them were answered in time. The table by hour says the same in numbers. */
export function ArrivalsChart({ rows }: { readonly rows: readonly ReportRow[] }) {
  const t = useT();
  const byHour = new Map(rows.map((row) => [row.key, row.sums]));
  const at = (hour: string) => ({
    offered: byHour.get(hour)?.offered ?? 0,
    inTime: byHour.get(hour)?.answeredInTime ?? 0,
  });
  return (
    <div className="mb-5">
      <HourChart
        name={t("report.chart")}
        legend={[
          { name: t("report.inTime"), mark: accentMark },
          { name: t("report.others"), mark: plainMark },
        ]}
        most={Math.max(1, ...rows.map((row) => row.sums.offered))}
        titleOf={(hour) => t("report.chartPart", { hour, ...at(hour) })}
      >
        {(hour, slot) => {
          const { offered, inTime } = at(hour);
          return (
            offered > 0 && (
              <>
                <HourBar {...slot} value={offered} kind="plain" />
                <HourBar {...slot} value={inTime} kind="accent" />
                <text
                  x={slot.x + slot.width / 2}
                  y={slot.base - slot.tall(offered) - 4}
                  textAnchor="middle"
                  className="tabular fill-ink-2 text-[12px]"
                >
                  {formatNumber(offered)}
                </text>
              </>
            )
          );
        }}
      </HourChart>
    </div>
  );
}
