import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { AppError } from "@tongdai/shared";
import { inspect } from "./inspect.ts";
import type { MediaStore, StoredMedia } from "./media-store.ts";
import { sweepDisk } from "./sweep-disk.ts";
import { makeThumbnail } from "./thumbnail.ts";

const HASH = /^[0-9a-f]{64}$/;

/** Files under `dir/ab/cdef…`, readable by nobody else. A name that somebody gave a file is never part of a path. */
export async function diskMedia(dir: string): Promise<MediaStore> {
  const incoming = join(dir, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  // What a crash left behind half written; what is new another gateway may be writing.
  for (const name of await readdir(incoming)) await removeOld(join(incoming, name));
  const pathOf = (hash: string) => join(dir, hash.slice(0, 2), hash.slice(2));

  return {
    async put(source, { maxBytes }) {
      const temporary = join(incoming, randomUUID());
      try {
        const { hash, size } = await save(source, temporary, maxBytes);
        return await settle({ temporary, path: pathOf(hash), hash, size });
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async read(hash) {
      return await found(readFile(checked(hash, pathOf)));
    },
    async stream(hash, range) {
      return await openStream(checked(hash, pathOf), range);
    },
    async thumbnail(hash) {
      return await openStream(`${checked(hash, pathOf)}.webp`);
    },
    sweep: (o) => sweepDisk(dir, incoming, o),
  };
}

const HALF_WRITTEN_MS = 60 * 60_000;

async function removeOld(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found && found.mtimeMs < Date.now() - HALF_WRITTEN_MS) await rm(path, { force: true });
}

async function save(source: Readable | Buffer, path: string, maxBytes: number) {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx", 0o600);
  try {
    for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > maxBytes) throw new AppError("too_large", `larger than ${maxBytes} bytes`, { maxBytes });
      hash.update(bytes);
      await file.appendFile(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { hash: hash.digest("hex"), size };
}

interface Saved {
  readonly temporary: string;
  readonly path: string;
  readonly hash: string;
  readonly size: number;
}

/** Looks at the finished file and moves it, its picture first, to where its hash says. */
async function settle({ temporary, path, hash, size }: Saved): Promise<StoredMedia> {
  const seen = await inspect(temporary);
  const folder = join(path, "..");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const small = `${temporary}.webp`;
  const image = seen.kind === "image" ? await makeThumbnail(temporary, small) : null;
  if (image) await rename(small, `${path}.webp`);
  await rename(temporary, path);
  await syncFolder(folder);
  return {
    hash,
    size,
    ...seen,
    width: image?.width ?? null,
    height: image?.height ?? null,
    thumbnail: image !== null,
  };
}

/** A rename is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function checked(hash: string, pathOf: (hash: string) => string): string {
  if (!HASH.test(hash)) throw new AppError("not_found", "no such file");
  return pathOf(hash);
}

async function openStream(path: string, range?: { start: number; end: number }): Promise<Readable> {
  const file = await found(open(path, "r"));
  return file.createReadStream(range ? { start: range.start, end: range.end } : {});
}

async function found<T>(pending: Promise<T>): Promise<T> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new AppError("not_found", "no such file");
    throw error;
  }
}
