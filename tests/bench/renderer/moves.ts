import type { Page } from "playwright-core";
import { summarise } from "../lib/percentiles.ts";
import type { Probe, Told } from "./told.ts";

declare const benchProbe: Probe;

/** What a person does with a list, and what is read from how the page took it. */
const list = "[data-virtual-scroll]";
export const row = `${list} [role=option]`;

/** Pixels of a step of a mouse's wheel; one a frame is as quick as fingers are. */
export const notch = 120;

export interface Frames {
  /** Of the frames that were due, in per cent. */
  readonly dropped: number;
  readonly p99: number;
  readonly worst: number;
  readonly longTasks: number;
}

const dueEveryMs = 1_000 / 60;

export function framesOf({ frames, longTasks }: Told): Frames {
  const due = frames.map((ms) => Math.max(1, Math.round(ms / dueEveryMs)));
  const all = due.reduce((sum, n) => sum + n, 0);
  const { p99, max } = summarise(frames);
  return { dropped: (100 * (all - frames.length)) / all, p99, worst: max, longTasks: longTasks.length };
}

/** An interaction too quick to be told took less than 16 ms. */
const untold = 16;

/** @param done interactions that were made, told or not */
export function paintsOf({ interactions }: Told, done: number): { p75: number; p95: number; max: number } {
  const quick = Math.max(0, done - interactions.length);
  const all = [...interactions, ...Array.from({ length: quick }, () => untold)].sort((a, b) => a - b);
  const at = (q: number) => all[Math.min(all.length - 1, Math.floor(q * all.length))] ?? Number.NaN;
  return { p75: at(0.75), p95: at(0.95), max: at(1) };
}

/** Turns the wheel over the list; each turn waits until the browser has taken the one before. */
export async function wheel(page: Page, o: { by: number; times: number }): Promise<void> {
  const box = await page.locator(list).boundingBox();
  if (!box) throw new Error("no list to scroll");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let n = 0; n < o.times; n++) await page.mouse.wheel(0, o.by);
}

/** Rows the list says it has. */
export const listLength = (page: Page): Promise<number> => page.evaluate(() => benchProbe.length());

/** Resolves when what is there now has been painted. */
export const frame = (page: Page): Promise<unknown> => page.evaluate(() => benchProbe.painted());

/** One key after the other, each after the paint of the one before and a person's pause. */
export async function press(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await frame(page);
  }
}
