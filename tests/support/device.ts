import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Device {
  /** Where its files are. */
  readonly mount: string;
  /** The file that is the disk. */
  readonly image: string;
  remove(): Promise<void>;
}

/** A small disk of its own: ext4 on a loop file, or on a copy of one. Needs root. */
export async function device(o: { megabytes: number } | { copyOf: string }): Promise<Device> {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-disk-"));
  const image = join(dir, "disk.img");
  const mount = join(dir, "mnt");
  mkdirSync(mount);
  try {
    if ("copyOf" in o) await run("cp", [o.copyOf, image]);
    else {
      await run("truncate", ["-s", `${o.megabytes}M`, image]);
      await run("mkfs.ext4", ["-q", "-F", "-m", "0", image]);
    }
    await run("mount", ["-o", "loop", image, mount]);
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
  return {
    mount,
    image,
    async remove() {
      await run("umount", [mount]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Why such a disk cannot be had here; `null` when it can. */
export async function noDevice(): Promise<string | null> {
  if (process.getuid?.() !== 0) return "needs root for a loop mount";
  try {
    await (await device({ megabytes: 8 })).remove();
    return null;
  } catch (error) {
    return `no loop mount here: ${String(error).split("\n")[0]}`;
  }
}

/** Why a tracer cannot be had here; `null` when it can. */
export async function noTracer(): Promise<string | null> {
  return run("strace", ["-e", "inject=fsync:error=EIO:when=9999", "true"]).then(
    () => null,
    (error: unknown) => `no strace here: ${String(error).split("\n")[0]}`,
  );
}
