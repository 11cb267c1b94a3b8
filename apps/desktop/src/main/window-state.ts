import * as z from "zod";

const side = z.int().min(1).max(100_000);
const place = z.int().min(-100_000).max(100_000);

export const windowStateSchema = z.strictObject({
  x: place.optional(),
  y: place.optional(),
  width: side,
  height: side,
  maximised: z.boolean(),
});
export type WindowState = z.output<typeof windowStateSchema>;

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const MIN_WIDTH = 1024;
export const MIN_HEIGHT = 640;
export const defaultWindowState: WindowState = { width: 1440, height: 900, maximised: false };

/** Enough of the title bar to take hold of. */
const GRIP_WIDTH = 160;
const GRIP_HEIGHT = 24;

/** A stored place may lie on a screen that is no longer there: then the system chooses the place. */
export function restoreWindow(stored: WindowState, workAreas: readonly Area[]): WindowState {
  const { x, y, maximised } = stored;
  if (x !== undefined && y !== undefined) {
    for (const area of workAreas) {
      const size = fit(stored, area);
      if (canGrip({ x, y, ...size }, area)) return { x, y, ...size, maximised };
    }
  }
  return { ...fit(stored, workAreas[0]), maximised };
}

function fit({ width, height }: WindowState, area: Area | undefined): { width: number; height: number } {
  return {
    width: clamp(width, MIN_WIDTH, area?.width),
    height: clamp(height, MIN_HEIGHT, area?.height),
  };
}

function canGrip(bounds: Area, area: Area): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const top = bounds.y >= area.y && bounds.y + GRIP_HEIGHT <= area.y + area.height;
  return top && width >= GRIP_WIDTH;
}

/** The screen wins over the minimum: a small screen must still show the whole window. */
function clamp(value: number, low: number, high = Number.POSITIVE_INFINITY): number {
  return Math.min(Math.max(value, low), high);
}
