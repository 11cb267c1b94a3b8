import type { ReplayResult } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { type Figure, textOf } from "./replay-figures.ts";

const width = 960;
const height = 150;
const foot = 18;
const head = 10;
const step = width / 24;
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

interface ReplayChartProps {
  readonly result: ReplayResult;
  readonly figure: Figure;
  readonly name: string;
}

/** One number by hour: as it was and with changes as bars, what was recorded as a line across them. The table says the same. */
export function ReplayChart({ result, figure, name }: ReplayChartProps) {
  const t = useT();
  const figureAt = (side: "recorded" | "replayed" | "changed", hour: string): number | null => {
    const row = result[side].hours.find((r) => r.key === hour);
    return row ? figure.of(row) : null;
  };
  const values = hours.map((hour) => ({
    hour,
    recorded: figureAt("recorded", hour),
    replayed: figureAt("replayed", hour),
    changed: figureAt("changed", hour),
  }));
  const most = Math.max(
    figure.least,
    ...values.flatMap((v) => [v.recorded ?? 0, v.replayed ?? 0, v.changed ?? 0]),
  );
  const tall = (value: number | null) => ((value ?? 0) / most) * (height - foot - head);
  const bar = (step - 8) / 2;
  return (
    <figure>
      <figcaption className="mb-1 flex flex-wrap items-center gap-x-4 text-small text-ink-2">
        <span className="font-medium">{t("replay.chart", { what: name })}</span>
        <Mark className="h-0.5 w-3 bg-ink-2">{t("replay.sides.recorded")}</Mark>
        <Mark className="size-2.5 border border-line-strong bg-sunken">{t("replay.sides.replayed")}</Mark>
        <Mark className="size-2.5 bg-accent">{t("replay.sides.changed")}</Mark>
        <span className="text-ink-3">{t("replay.highest", { value: textOf(figure, most) })}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="w-full max-w-240"
        role="img"
        aria-label={t("replay.chart", { what: name })}
      >
        {values.map(({ hour, recorded, replayed, changed }, i) => {
          const x = i * step + 4;
          const base = height - foot;
          return (
            <g key={hour}>
              <title>
                {t("replay.chartPart", {
                  hour,
                  recorded: textOf(figure, recorded),
                  replayed: textOf(figure, replayed),
                  changed: textOf(figure, changed),
                })}
              </title>
              <rect x={i * step} y={0} width={step} height={base} fill="transparent" />
              {replayed !== null && (
                <rect
                  x={x + 0.5}
                  y={base - tall(replayed)}
                  width={bar - 1}
                  height={tall(replayed)}
                  className="fill-sunken stroke-line-strong"
                />
              )}
              {changed !== null && (
                <rect
                  x={x + bar + 1}
                  y={base - tall(changed)}
                  width={bar}
                  height={tall(changed)}
                  className="fill-accent"
                />
              )}
              {recorded !== null && (
                <line
                  x1={x - 2}
                  x2={x + bar * 2 + 3}
                  y1={base - tall(recorded)}
                  y2={base - tall(recorded)}
                  strokeWidth={2}
                  className="stroke-ink-2"
                />
              )}
              <text
                x={i * step + step / 2}
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
      <span aria-hidden className={className} />
      {children}
    </span>
  );
}
