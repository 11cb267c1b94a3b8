import type { Rest } from "./rest.ts";

const keptBytes = 64 * 1024 * 1024;

/**
 * Media as `blob:` addresses: in the desktop they need the token, which an <img> cannot send. The least recently asked
 * for are let go of when they grow past a limit.
 */
export interface MediaCache {
  url(mediaId: string, size: "full" | "thumbnail"): Promise<string>;
  clear(): void;
}

interface Entry {
  readonly url: Promise<string>;
  bytes: number;
}

export function createMediaCache(rest: Pick<Rest, "media">): MediaCache {
  const entries = new Map<string, Entry>();

  function release(key: string, entry: Entry): void {
    entries.delete(key);
    entry.url.then(URL.revokeObjectURL, () => undefined);
  }

  function trim(): void {
    let total = 0;
    for (const entry of entries.values()) total += entry.bytes;
    for (const [key, entry] of entries) {
      if (total <= keptBytes || entries.size === 1) return;
      total -= entry.bytes;
      release(key, entry);
    }
  }

  function fetchInto(key: string, mediaId: string, size: "full" | "thumbnail"): Entry {
    const blob = rest.media(mediaId, size);
    const entry: Entry = { url: blob.then((b) => URL.createObjectURL(b)), bytes: 0 };
    blob.then(
      (b) => {
        entry.bytes = b.size;
        trim();
      },
      () => entries.delete(key),
    );
    return entry;
  }

  return {
    url(mediaId, size) {
      const key = `${mediaId} ${size}`;
      const entry = entries.get(key) ?? fetchInto(key, mediaId, size);
      entries.delete(key);
      entries.set(key, entry);
      return entry.url;
    },
    clear() {
      for (const [key, entry] of entries) release(key, entry);
    },
  };
}
