import { readFile, rm } from "node:fs/promises";
import { safeStorage } from "electron";
import * as z from "zod";
import { writeAtomic } from "./json-file.ts";
import { warn } from "./log.ts";

const stored = z.strictObject({ gatewayUrl: z.string(), token: z.string() });
type Stored = z.output<typeof stored>;

export interface TokenStore {
  protection(): Promise<"keyring" | "memory">;
  get(gatewayUrl: string): Promise<string | null>;
  set(value: Stored): Promise<{ persisted: boolean }>;
  clear(): Promise<void>;
}

/**
 * Linux without a keyring encrypts with a password that is in Electron's source. Such a token is kept in
 * memory only, so that a copied disk or backup never holds a session.
 */
async function keyringAvailable(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (process.platform !== "linux") return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== "basic_text" && backend !== "unknown";
}

async function load(file: string): Promise<Stored | undefined> {
  if (!(await keyringAvailable())) return undefined;
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return undefined;
  try {
    const { result } = await safeStorage.decryptStringAsync(bytes);
    return stored.parse(JSON.parse(result));
  } catch {
    // Another user's file, or a keyring that was reset: sign in again.
    warn("the stored session cannot be decrypted");
    return undefined;
  }
}

async function save(file: string, value: Stored): Promise<{ persisted: boolean }> {
  if (!(await keyringAvailable())) {
    await rm(file, { force: true });
    return { persisted: false };
  }
  writeAtomic(file, await safeStorage.encryptStringAsync(JSON.stringify(value)));
  return { persisted: true };
}

export function openTokenStore(file: string): TokenStore {
  let current: Stored | undefined;
  // One at a time: a sign-out during a slow keyring write must not be undone by that write.
  let last: Promise<unknown> = load(file).then((value) => {
    current = value;
  });
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const next = last.then(job, job);
    last = next.catch(() => {});
    return next;
  };
  return {
    protection: async () => ((await keyringAvailable()) ? "keyring" : "memory"),
    get: (gatewayUrl) => inTurn(async () => (current?.gatewayUrl === gatewayUrl ? current.token : null)),
    set: (value) =>
      inTurn(() => {
        current = value;
        return save(file, value);
      }),
    clear: () =>
      inTurn(async () => {
        current = undefined;
        await rm(file, { force: true });
      }),
  };
}
