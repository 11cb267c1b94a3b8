import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "v1.";

/** Keeps text at rest so that a copy of the store alone tells nothing. */
export interface Secrets {
  seal(text: string): string;
  /** Throws when the text was sealed with another key or was changed. */
  open(sealed: string): string;
  /** A key made from ours that tells nothing of it, the same one each time for the same purpose. */
  derive(purpose: string): string;
}

/** 256 random bits, fit for a header, a cookie and an address. */
export const randomToken = (): string => randomBytes(32).toString("base64url");

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The configured key, or the one in the data directory, made there on first start. */
export async function openSecrets(o: { secretKey: string | null; dataDir: string }): Promise<Secrets> {
  if (o.secretKey !== null) return secretsWith(parseKey(o.secretKey, "TONGDAI_SECRET_KEY"));
  const path = join(o.dataDir, "secret.key");
  await createKeyFile(o.dataDir, path);
  // A restored backup may have lost the mode.
  if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600);
  return secretsWith(parseKey((await readFile(path, "utf8")).trim(), path));
}

/** AES-256-GCM with a random nonce: fine for the few thousand texts that a contact centre seals in its life. */
export function secretsWith(key: Buffer): Secrets {
  return {
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return VERSION + Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
    },
    derive: (purpose) => createHmac("sha256", key).update(`derived: ${purpose}`).digest("base64url"),
    open(sealed) {
      try {
        return unseal(key, sealed);
      } catch (cause) {
        throw new Error(
          "A stored secret does not open: it was sealed with another key. Start with the TONGDAI_SECRET_KEY, or the secret.key file, that belongs to this store.",
          { cause },
        );
      }
    },
  };
}

function unseal(key: Buffer, sealed: string): string {
  if (!sealed.startsWith(VERSION)) throw new Error("unknown version of sealing");
  const bytes = Buffer.from(sealed.slice(VERSION.length), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
}

function parseKey(text: string, where: string): Buffer {
  const key = Buffer.from(text, "base64");
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]{43}=?$/.test(text))
    throw new Error(`${where} must hold 32 bytes in base64 (for example from: openssl rand -base64 32).`);
  return key;
}

/** Linking a finished file makes it appear whole or not at all, and never over one that is there. */
async function createKeyFile(dir: string, path: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  if (await exists(path)) return;
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString("base64")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(temporary, path);
  } catch (error) {
    if (!(await exists(path))) throw error;
  } finally {
    await unlink(temporary);
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
