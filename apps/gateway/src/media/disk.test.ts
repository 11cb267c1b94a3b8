import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { diskMedia } from "./disk.ts";
import type { MediaStore } from "./media-store.ts";

const limits = { maxBytes: 1_000_000 };
let dir: string;
let media: MediaStore;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "tongdai-media-"));
  media = await diskMedia(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#c33" } });
const files = () =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name));
const modes = (paths: string[]) => new Set(paths.map((p) => (statSync(p).mode & 0o777).toString(8)));

test("a file is kept under the hash of its bytes, for nobody else to read", async () => {
  const bytes = Buffer.from("xin chào");
  const stored = await media.put(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]), limits);
  const hash = createHash("sha256").update(bytes).digest("hex");
  expect(stored).toEqual({
    hash,
    size: bytes.length,
    mime: "text/plain",
    kind: "file",
    width: null,
    height: null,
    thumbnail: false,
  });
  expect(await media.read(hash)).toEqual(bytes);
  expect(files()).toEqual([join(dir, hash.slice(0, 2), hash.slice(2))]);
  expect([...modes(files())]).toEqual(["600"]);
  expect((statSync(join(dir, hash.slice(0, 2))).mode & 0o777).toString(8)).toBe("700");
});

test("the same bytes are kept once, also when they arrive together", async () => {
  const put = () => media.put(Buffer.from("same"), limits);
  const [a, b] = await Promise.all([put(), put()]);
  expect(await put()).toEqual(a);
  expect(b).toEqual(a);
  expect(files()).toHaveLength(1);
});

test("a file past the limit leaves nothing behind and stops its source", async () => {
  const source = Readable.from(
    (function* endless() {
      for (;;) yield Buffer.alloc(100_000);
    })(),
  );
  await expect(media.put(source, limits)).rejects.toMatchObject({ code: "too_large" });
  expect(source.destroyed).toBe(true);
  expect(files()).toEqual([]);
});

test("a source that breaks leaves nothing behind", async () => {
  const source = Readable.from(
    (async function* breaking() {
      yield Buffer.from("a");
      throw new Error("gone");
    })(),
  );
  await expect(media.put(source, limits)).rejects.toThrow("gone");
  expect(files()).toEqual([]);
});

test("a picture gets its size and a small copy", async () => {
  const stored = await media.put(await picture(1200, 600).jpeg().toBuffer(), limits);
  expect(stored).toMatchObject({
    mime: "image/jpeg",
    kind: "image",
    width: 1200,
    height: 600,
    thumbnail: true,
  });
  const small = await sharp(await buffer(await media.thumbnail(stored.hash))).metadata();
  expect(small).toMatchObject({ format: "webp", width: 480, height: 240 });
  expect([...modes(files())]).toEqual(["600"]);
});

test("a picture taken with the phone on its side counts as it is looked at", async () => {
  const stored = await media.put(
    await picture(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    limits,
  );
  expect(stored).toMatchObject({ width: 40, height: 60 });
  const small = await sharp(await buffer(await media.thumbnail(stored.hash))).metadata();
  expect(small).toMatchObject({ width: 40, height: 60 });
});

test("a broken picture, and one that would unpack to gigabytes, are kept without a small copy", async () => {
  const whole = await picture(200, 200).png().toBuffer();
  const broken = await media.put(whole.subarray(0, whole.length / 2), limits);
  expect(broken).toMatchObject({ mime: "image/png", kind: "image", thumbnail: false });
  await expect(media.thumbnail(broken.hash)).rejects.toMatchObject({ code: "not_found" });
  const bomb = await picture(10_000, 9_000).png({ compressionLevel: 9 }).toBuffer();
  expect(bomb.length).toBeLessThan(limits.maxBytes);
  expect(await media.put(bomb, limits)).toMatchObject({ kind: "image", thumbnail: false });
});

test.each([
  ["a page", "<!doctype html><script>alert(1)</script>", "text/plain"],
  [
    "a drawing with a script",
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "file",
  ],
  ["a program", Buffer.from("4d5a90000300000004000000ffff0000", "hex"), "file"],
  ["bytes", Buffer.from([0, 1, 2, 250, 251]), "application/octet-stream"],
  ["nothing", "", "text/plain"],
])("%s is a file, never something that a browser runs", async (_name, content, expected) => {
  const stored = await media.put(Buffer.from(content), limits);
  expect(stored.kind).toBe("file");
  expect(stored.mime).not.toMatch(/html|svg|javascript/);
  if (expected !== "file") expect(stored.mime).toBe(expected);
});

test("a part of a file can be read", async () => {
  const { hash } = await media.put(Buffer.from("0123456789"), limits);
  expect((await buffer(await media.stream(hash, { start: 2, end: 5 }))).toString()).toBe("2345");
  expect((await buffer(await media.stream(hash))).toString()).toBe("0123456789");
});

test.each(["0".repeat(64), "../../etc/passwd", "", "G".repeat(64)])("%s is not found", async (hash) => {
  await expect(media.read(hash)).rejects.toMatchObject({ code: "not_found" });
  await expect(media.stream(hash)).rejects.toMatchObject({ code: "not_found" });
  await expect(media.thumbnail(hash)).rejects.toMatchObject({ code: "not_found" });
});

test("what a crash left half written is gone at a start an hour later; what another gateway is writing is not", async () => {
  const hour = Date.now() / 1_000 - 3_600;
  for (const name of ["half", "busy"]) writeFileSync(join(dir, "incoming", name), "x");
  utimesSync(join(dir, "incoming", "half"), hour - 1, hour - 1);
  await diskMedia(dir);
  expect(files()).toEqual([join(dir, "incoming", "busy")]);
});
