import type { Readable } from "node:stream";

/** Bytes that are too many for a body, by the SHA-256 of their content. */
export interface Files {
  /** Durable once it resolves. Throws `too_large` past `maxBytes`. */
  put(source: Readable | Buffer, o: { readonly maxBytes: number }): Promise<KeptFile>;
  stream(hash: string): Promise<Readable>;
}

export interface KeptFile {
  readonly hash: string;
  readonly size: number;
  /** Found in the bytes. */
  readonly mime: string;
  readonly kind: "image" | "video" | "audio" | "file";
  readonly width: number | null;
  readonly height: number | null;
  readonly thumbnail: boolean;
}
