import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSecrets, randomToken, secretsWith, sha256Hex } from "./secrets.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tongdai-secrets-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("what was sealed opens again, and looks different each time", () => {
  const secrets = secretsWith(randomBytes(32));
  for (const text of ["", "bí mật", "x".repeat(10_000)]) {
    const sealed = secrets.seal(text);
    expect(secrets.open(sealed)).toBe(text);
    expect(secrets.seal(text)).not.toBe(sealed);
    if (text !== "") expect(sealed).not.toContain(text);
  }
});

test("another key, a changed byte or a cut-off end does not open, and the sentence says what to do", () => {
  const secrets = secretsWith(randomBytes(32));
  const sealed = secrets.seal("bí mật");
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  const flipped = Buffer.from(bytes);
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  const short = bytes.subarray(0, bytes.length - 3);
  const cutTag = bytes.subarray(0, 20);
  for (const bad of [flipped, short, cutTag])
    expect(() => secrets.open(`v1.${bad.toString("base64url")}`)).toThrow("TONGDAI_SECRET_KEY");
  expect(() => secretsWith(randomBytes(32)).open(sealed)).toThrow("another key");
  expect(() => secrets.open(sealed.replace("v1.", "v2."))).toThrow("TONGDAI_SECRET_KEY");
  expect(() => secrets.open("")).toThrow("TONGDAI_SECRET_KEY");
});

test("the key file is made once, for the owner only, also when two start together", async () => {
  const dir = join(dataDir, "new");
  const [a, b] = await Promise.all([
    openSecrets({ secretKey: null, dataDir: dir }),
    openSecrets({ secretKey: null, dataDir: dir }),
  ]);
  expect(b.open(a.seal("x"))).toBe("x");
  expect(readdirSync(dir)).toEqual(["secret.key"]);
  expect(mode(join(dir, "secret.key"))).toBe("600");
  expect((await openSecrets({ secretKey: null, dataDir: dir })).open(a.seal("y"))).toBe("y");
});

test("a key file that others could read is closed", async () => {
  await openSecrets({ secretKey: null, dataDir });
  chmodSync(join(dataDir, "secret.key"), 0o644);
  await openSecrets({ secretKey: null, dataDir });
  expect(mode(join(dataDir, "secret.key"))).toBe("600");
});

test("a configured key is used and leaves no file; a bad one is refused with a sentence", async () => {
  const secretKey = randomBytes(32).toString("base64");
  const a = await openSecrets({ secretKey, dataDir });
  expect((await openSecrets({ secretKey, dataDir })).open(a.seal("x"))).toBe("x");
  expect(readdirSync(dataDir)).toEqual([]);
  for (const bad of ["", "short", randomBytes(31).toString("base64"), `${secretKey.slice(0, -2)}!!`])
    await expect(openSecrets({ secretKey: bad, dataDir })).rejects.toThrow(
      "TONGDAI_SECRET_KEY must hold 32 bytes",
    );
  writeFileSync(join(dataDir, "secret.key"), "half");
  await expect(openSecrets({ secretKey: null, dataDir })).rejects.toThrow("secret.key must hold 32 bytes");
  expect(readFileSync(join(dataDir, "secret.key"), "utf8")).toBe("half");
});

test("tokens hold 256 random bits and are told from each other", () => {
  const tokens = Array.from({ length: 100 }, randomToken);
  expect(new Set(tokens).size).toBe(100);
  for (const t of tokens) expect(Buffer.from(t, "base64url")).toHaveLength(32);
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
