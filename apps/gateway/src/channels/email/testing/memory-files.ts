import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Files } from "../../channel.ts";

/** Files that only this test has. */
export function memoryFiles(): Files & { readonly kept: Map<string, Buffer> } {
  const kept = new Map<string, Buffer>();
  return {
    kept,
    async put(source) {
      const chunks: Buffer[] = [];
      for await (const c of Buffer.isBuffer(source) ? [source] : source)
        chunks.push(Buffer.from(c as Uint8Array));
      const bytes = Buffer.concat(chunks);
      const hash = createHash("sha256").update(bytes).digest("hex");
      kept.set(hash, bytes);
      const isPicture = bytes.subarray(0, 4).toString("latin1") === "\u0089PNG";
      const kind = isPicture ? "image" : "file";
      return { hash, size: bytes.length, mime: "x/y", kind, width: null, height: null, thumbnail: false };
    },
    stream: async (hash) => Readable.from([kept.get(hash) ?? Buffer.alloc(0)]),
  };
}
