import type { ReportRow } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { formatNumber } from "../../ui/format.ts";

const width = 960;
const height = 140;
const foot = 18;
const step = width / 24;
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** How many came in each hour, and how many of them were answered in time. The table by hour says the same in numbers. */
export function HourChart({ rows }: { readonly rows: readonly ReportRow[] }) {
  const t = useT();
  const byHour = new Map(rows.map((row) => [row.key, row.sums]));
  const most = Math.max(1, ...rows.map((row) => row.sums.offered));
  const tall = (n: number) => (n / most) * (height - foot - 16);
  return (
    <figure className="mb-5">
      <figcaption className="mb-1 flex flex-wrap items-center gap-x-4 text-small text-ink-2">
        <span className="font-medium">{t("report.chart")}</span>
        <Mark className="bg-accent">{t("report.inTime")}</Mark>
        <Mark className="border border-line-strong bg-sunken">{t("report.others")}</Mark>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="w-full max-w-240"
        role="img"
        aria-label={t("report.chart")}
      >
        {hours.map((hour, i) => {
          const sums = byHour.get(hour);
          const offered = sums?.offered ?? 0;
          const inTime = sums?.answeredInTime ?? 0;
          const x = i * step + 5;
          return (
            <g key={hour}>
              <title>{t("report.chartPart", { hour, offered, inTime })}</title>
              <rect x={i * step} y={0} width={step} height={height - foot} fill="transparent" />
              {offered > 0 && (
                <>
                  <rect
                    x={x + 0.5}
                    y={height - foot - tall(offered)}
                    width={step - 11}
                    height={tall(offered)}
                    className="fill-sunken stroke-line-strong"
                  />
                  <rect
                    x={x}
                    y={height - foot - tall(inTime)}
                    width={step - 10}
                    height={tall(inTime)}
                    className="fill-accent"
                  />
                  <text
                    x={x + (step - 10) / 2}
                    y={height - foot - tall(offered) - 4}
                    textAnchor="middle"
                    className="tabular fill-ink-2 text-[12px]"
                  >
                    {formatNumber(offered)}
                  </text>
                </>
              )}
              <text
                x={x + (step - 10) / 2}
                y={height - 4}
                textAnchor="middle"
                className="tabular fill-ink-3 text-[12px]"
              >
                {hour}
              </text>
            </g>
          );
        })}
        <line x1={0} x2={width} y1={height - foot} y2={height - foot} className="stroke-line-strong" />
      </svg>
    </figure>
  );
}

function Mark({ className, children }: { readonly className: string; readonly children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-2.5 rounded-tight ${className}`} />
      {children}
    </span>
  );
}
