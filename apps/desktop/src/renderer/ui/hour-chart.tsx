import type { ReactNode } from "react";

const width = 960;
const height = 150;
const foot = 18;
const head = 16;
const step = width / 24;
const gap = 4;
const base = height - foot;
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

/** The place of one hour: `x` to `x + width` from the left, standing on `base`; `tall` gives a value's height there. */
export interface HourSlot {
  readonly x: number;
  readonly width: number;
  readonly base: number;
  readonly tall: (value: number) => number;
}

interface HourChartProps {
  readonly name: string;
  /** What each mark stands for. */
  readonly legend: readonly { readonly name: string; readonly mark: string }[];
  readonly note?: string;
  /** The value that reaches the top. */
  readonly most: number;
  readonly titleOf: (hour: string) => string;
  readonly children: (hour: string, slot: HourSlot) => ReactNode;
}

/** One day, hour by hour ("00" to "23"). A table beside it must say the same in numbers. */
export function HourChart({ name, legend, note, most, titleOf, children }: HourChartProps) {
  const tall = (value: number) => (value / most) * (base - head);
  return (
    <figure>
      <figcaption className="mb-1 flex flex-wrap items-center gap-x-4 text-small text-ink-2">
        <span className="font-medium">{name}</span>
        {legend.map((line) => (
          <span key={line.name} className="inline-flex items-center gap-1.5">
            <span aria-hidden className={line.mark} />
            {line.name}
          </span>
        ))}
        {note && <span className="text-ink-3">{note}</span>}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} className="w-full max-w-240" role="img" aria-label={name}>
        {hours.map((hour, i) => (
          <g key={hour}>
            <title>{titleOf(hour)}</title>
            <rect x={i * step} y={0} width={step} height={base} fill="transparent" />
            {children(hour, { x: i * step + gap, width: step - 2 * gap, base, tall })}
            <text
              x={i * step + step / 2}
              y={height - 4}
              textAnchor="middle"
              className="tabular fill-ink-3 text-[12px]"
            >
              {hour}
            </text>
          </g>
        ))}
        <line x1={0} x2={width} y1={base} y2={base} className="stroke-line-strong" />
      </svg>
    </figure>
  );
}

interface HourBarProps extends HourSlot {
  readonly value: number;
  readonly kind: "plain" | "accent";
}

/** A bar on the ground of its hour. */
export function HourBar({ x, width: wide, base: ground, tall, value, kind }: HourBarProps) {
  // An outline is drawn half outside of its box.
  const inset = kind === "plain" ? 0.5 : 0;
  return (
    <rect
      x={x + inset}
      y={ground - tall(value)}
      width={wide - 2 * inset}
      height={tall(value)}
      className={kind === "plain" ? "fill-sunken stroke-line-strong" : "fill-accent"}
    />
  );
}

export const plainMark = "size-2.5 rounded-tight border border-line-strong bg-sunken";
export const accentMark = "size-2.5 rounded-tight bg-accent";
