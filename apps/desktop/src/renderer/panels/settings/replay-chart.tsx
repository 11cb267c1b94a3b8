import type { ReplayResult } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { accentMark, HourBar, HourChart, plainMark } from "../../ui/hour-chart.tsx";
import { type Figure, textOf } from "./replay-figures.ts";

interface ReplayChartProps {
  readonly result: ReplayResult;
  readonly figure: Figure;
  readonly name: string;
}

const sides = ["recorded", "replayed", "changed"] as const;

/** One number by hour: as it was and with changes as bars, what was recorded as a line across them. The table says the same. */
export function ReplayChart({ result, figure, name }: ReplayChartProps) {
  const t = useT();
  const at = (side: (typeof sides)[number], hour: string): number | null => {
    const row = result[side].hours.find((r) => r.key === hour);
    return row ? figure.of(row) : null;
  };
  const most = Math.max(
    figure.least,
    ...sides.flatMap((side) => result[side].hours.map((row) => figure.of(row) ?? 0)),
  );
  return (
    <HourChart
      name={t("replay.chart", { what: name })}
      legend={[
        { name: t("replay.sides.recorded"), mark: "h-0.5 w-3 bg-ink-2" },
        { name: t("replay.sides.replayed"), mark: plainMark },
        { name: t("replay.sides.changed"), mark: accentMark },
      ]}
      note={t("replay.highest", { value: textOf(figure, most) })}
      most={most}
      titleOf={(hour) =>
        t("replay.chartPart", {
          hour,
          recorded: textOf(figure, at("recorded", hour)),
          replayed: textOf(figure, at("replayed", hour)),
          changed: textOf(figure, at("changed", hour)),
        })
      }
    >
      {(hour, slot) => {
        const recorded = at("recorded", hour);
        const replayed = at("replayed", hour);
        const changed = at("changed", hour);
        const half = { ...slot, width: (slot.width - 1) / 2 };
        return (
          <>
            {replayed !== null && <HourBar {...half} value={replayed} kind="plain" />}
            {changed !== null && (
              <HourBar {...half} x={slot.x + half.width + 1} value={changed} kind="accent" />
            )}
            {recorded !== null && (
              <line
                x1={slot.x - 2}
                x2={slot.x + slot.width + 2}
                y1={slot.base - slot.tall(recorded)}
                y2={slot.base - slot.tall(recorded)}
                strokeWidth={2}
                className="stroke-ink-2"
              />
            )}
          </>
        );
      }}
    </HourChart>
  );
}
