import { randomUUID } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Sweep } from "./media-store.ts";

const FOLDER = /^[0-9a-f]{2}$/;
const FILE = /^([0-9a-f]{62})(\.webp)?$/;

/** Looks at one folder of files after the other: see media-store.ts. */
export async function sweepDisk(dir: string, incoming: string, o: Sweep): Promise<void> {
  for (const folder of await readdir(dir)) {
    if (!FOLDER.test(folder)) continue;
    const files = (await readdir(join(dir, folder))).flatMap((name) => {
      const rest = FILE.exec(name)?.[1];
      return rest ? [{ path: join(dir, folder, name), hash: folder + rest }] : [];
    });
    const named = await o.named([...new Set(files.map((f) => f.hash))]);
    for (const { path, hash } of files)
      if (!named.has(hash) && (await isOld(path, o.before)))
        await remove(path, join(incoming, randomUUID()), o.before);
  }
}

/**
 * Takes the file aside before it is removed: one that was put into its place since the look is new, and goes back. Putting
 * it after that finds the place empty.
 */
async function remove(path: string, aside: string, before: number): Promise<void> {
  await rename(path, aside);
  if (await isOld(aside, before)) await rm(aside, { force: true });
  else await rename(aside, path);
}

async function isOld(path: string, before: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.mtimeMs < before;
}
