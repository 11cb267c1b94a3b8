import type { Readable } from "node:stream";

/** What is known of a file once it is on disk. */
export interface StoredMedia {
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly size: number;
  /** Found in the bytes, never believed from a name or a header. */
  readonly mime: string;
  readonly kind: "image" | "video" | "audio" | "file";
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail: boolean;
}

/** Files on disk under their content's hash; the rows about them are the store's. */
export interface MediaStore {
  /** Reads to the end, to a temporary file, then moves it into place. Throws `too_large` past `maxBytes`. */
  put(source: Readable | Buffer, o: { maxBytes: number }): Promise<StoredMedia>;
  /** Throws `not_found`. */
  read(hash: string): Promise<Buffer>;
  stream(hash: string, range?: { start: number; end: number }): Promise<Readable>;
  /** A WebP of at most 480 px. Throws `not_found`. */
  thumbnail(hash: string): Promise<Readable>;
  /**
   * Removes the files from before a time that `named` does not give back. A file that is put again meanwhile stays, however
   * the two meet.
   */
  sweep(o: Sweep): Promise<void>;
}

export interface Sweep {
  /** Epoch milliseconds. */
  readonly before: number;
  /** Which of these hashes somebody still needs. */
  readonly named: (hashes: readonly string[]) => Promise<ReadonlySet<string>>;
}

/**
 * Fetches an address that came from outside, once, into the media store: https only (http only where the host is allowed
 * by configuration), no private, loopback or link-local address at any redirect, resolved once and connected to that very
 * address, with caps on time and size.
 * Throws `AppError` with `details.failure`: `refused_address`, `http_404` …, `too_large`, `timeout`, `unreachable`.
 */
export type FetchMedia = (url: string, o: { maxBytes: number; timeoutMs: number }) => Promise<StoredMedia>;
