import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import type { Files } from "../channel.ts";

/** Further than any head goes; a letter is read into memory up to here and no further. */
const START_BYTES = 500_000;

/** A letter on our disk, of any size. */
export interface LetterFile {
  /** Its beginning, all of it where it is small. */
  readonly start: Buffer;
  readonly isSmall: boolean;
  /** Where its body begins; 0: it has no head that ends. */
  readonly bodyAt: number;
  stream(): Promise<Readable>;
  /** Of the body: the same letter in two folders, or with other servers' lines above it, has the same. */
  digest(): Promise<string>;
}

/** @param hash of a file that is kept */
export async function openLetter(files: Files, hash: string): Promise<LetterFile> {
  const stream = () => files.stream(hash);
  const { start, isSmall } = await beginningOf(await stream());
  const end = /\r?\n\r?\n/.exec(start.toString("latin1"));
  const bodyAt = end ? end.index + end[0].length : 0;
  return {
    start,
    isSmall,
    bodyAt,
    stream,
    async digest() {
      const body = createHash("sha256").update(start.subarray(bodyAt));
      if (isSmall) return short(body.digest("hex"));
      let passed = 0;
      for await (const chunk of await stream()) {
        const bytes = Buffer.from(chunk as Uint8Array);
        body.update(bytes.subarray(Math.max(0, start.length - passed)));
        passed += bytes.length;
      }
      return short(body.digest("hex"));
    },
  };
}

const short = (hash: string): string => hash.slice(0, 16);

async function beginningOf(stream: Readable): Promise<{ start: Buffer; isSmall: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    chunks.push(bytes);
    size += bytes.length;
    if (size > START_BYTES) break;
  }
  return { start: Buffer.concat(chunks).subarray(0, START_BYTES), isSmall: size <= START_BYTES };
}
