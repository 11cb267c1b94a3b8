import { z } from "zod";

/** UUID (v7 when we make it): sorts by creation. */
export const Id = z.uuid();

/** Made by the client before the first try of a command, so that a retry is recognised. */
export const ClientId = z.uuid();

/** Milliseconds since 1970-01-01T00:00Z. */
export const Millis = z.number().int().nonnegative();

/** Journal position; 0 is before everything. */
export const Seq = z.number().int().nonnegative();

/** Grows by one with each change of a row; a command that carries an older one is refused with `conflict`. */
export const Version = z.number().int().positive();

/** Of a save: the version that it changes. Left out: nothing is compared, and it replaces whatever is there. */
export const BasedOn = Version.optional();

/** Units that cleaning can take away for each that it leaves: "ế" may arrive as three. */
const SHRINK = 3;

/**
 * Text typed by a person: NFC, without NUL and lone surrogates (PostgreSQL refuses the first, UTF-8 has no form for the second).
 * @param max longest accepted length, in UTF-16 code units, after cleaning
 */
export const text = (max: number) =>
  z
    .string()
    .max(max * SHRINK)
    .transform(cleanText)
    .pipe(upTo(max));

/** As `text`, trimmed and not empty. */
export const line = (max: number) =>
  z
    .string()
    .max(max * SHRINK)
    .transform((s) => cleanText(s).trim())
    .pipe(upTo(max).min(1));

/** zod counts code points, clients and vendors count UTF-16 code units. */
const upTo = (max: number) =>
  z
    .string()
    .max(max)
    .refine((s) => s.length <= max, {
      error: `Too big: expected at most ${max} UTF-16 code units`,
      abort: true,
    });

/** NFC without NUL; lone surrogates become U+FFFD. */
export const cleanText = (s: string): string => s.replaceAll("\u0000", "").toWellFormed().normalize("NFC");

/** Opaque continuation of a list; absent means from the start, `null` in an answer means the end. */
export const Cursor = z.string().max(200);

export const PageSize = z.number().int().min(1).max(100).default(50);
