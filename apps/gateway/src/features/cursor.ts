import { AppError } from "@tongdai/shared";
import type { Place } from "../store/place.ts";

const place = /^(\d{1,15})_([0-9a-f-]{36})$/;
const key = /^[0-9a-f-]{36}$/;
const number = /^\d{1,15}$/;

export const placeCursor = ({ at, id }: Place): string => `${at}_${id}`;

/** The readers of cursors throw `invalid_input` for what no list of ours gave out. */
export function readPlace(cursor: string): Place;
export function readPlace(cursor: string | undefined): Place | undefined;
export function readPlace(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = place.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw badCursor();
  return { at: Number(at), id };
}

export function readKey(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !key.test(cursor)) throw badCursor();
  return cursor;
}

export function readNumber(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!number.test(cursor)) throw badCursor();
  return Number(cursor);
}

/**
 * Splits what was read with one row more than asked into the page and the place after it.
 * @param cursorOf the place of a row
 */
export function page<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

const badCursor = () => new AppError("invalid_input", "not a cursor of this list", { field: "cursor" });
