import { describe, expect, it } from "vitest";
import { unpackRtf } from "./compressed-rtf.ts";
import type { Mime } from "./mime.ts";
import { memoryFiles } from "./testing/memory-files.ts";
import { readTnef } from "./tnef.ts";
import { openWinmail } from "./winmail.ts";

const u16 = (n: number): Buffer => Buffer.from(Uint16Array.of(n).buffer);
const u32 = (n: number): Buffer => Buffer.from(Uint32Array.of(n).buffer);
const filled = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

function attribute(level: 1 | 2, id: number, data: Buffer): Buffer {
  const sum = data.reduce((all, byte) => all + byte, 0) % 65_536;
  return Buffer.concat([Buffer.from([level]), u32(id), u32(data.length), data, u16(sum)]);
}
const tnef = (...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([u32(0x223e9f78), u16(7), attribute(1, 0x00089006, u32(0x10000)), ...parts]);

const values = (type: number, id: number, ...all: readonly Buffer[]): Buffer =>
  Buffer.concat([
    u16(type),
    u16(id),
    u32(all.length),
    ...all.flatMap((value) => [u32(value.length), filled(value)]),
  ]);
const unicode = (id: number, text: string): Buffer => values(0x1f, id, Buffer.from(`${text}\0`, "utf16le"));
const binary = (id: number, bytes: Buffer): Buffer => values(0x102, id, bytes);
const number = (id: number, n: number): Buffer => Buffer.concat([u16(3), u16(id), u32(n)]);
/** A property that only has a name: it must be stepped over. */
const named = Buffer.concat([
  Buffer.concat([u16(0x1f), u16(0x8001), Buffer.alloc(16, 1), u32(1), u32(6)]),
  filled(Buffer.from("abc", "utf16le")),
  Buffer.concat([u32(1), u32(4), Buffer.from("x\0\0\0")]),
]);
const properties = (...all: readonly Buffer[]): Buffer => Buffer.concat([u32(all.length), ...all]);

const message = (...all: readonly Buffer[]): Buffer => attribute(1, 0x00069003, properties(...all));
const begin = attribute(2, 0x00069002, Buffer.alloc(14));
const title = (name: Buffer): Buffer => attribute(2, 0x00018010, Buffer.concat([name, Buffer.from([0])]));
const data = (bytes: string | Buffer): Buffer => attribute(2, 0x0006800f, Buffer.from(bytes));
const about = (...all: readonly Buffer[]): Buffer => attribute(2, 0x00069005, properties(...all));
const letterObject = (inner: Buffer): Buffer =>
  values(0x0d, 0x3701, Buffer.concat([Buffer.from("0703020000000000c000000000000046", "hex"), inner]));

const files = (bytes: Buffer) =>
  readTnef(bytes)?.files.map((f) => [f.name?.normalize() ?? null, f.mime, f.bytes.toString()]);
const whole = tnef(
  attribute(1, 0x00069007, Buffer.concat([u32(1258), u32(0)])),
  message(
    named,
    unicode(0x1000, "Chào em"),
    number(0x3fde, 65_001),
    binary(0x1013, Buffer.from("<b>Chào</b>")),
  ),
  begin,
  title(Buffer.from("HOADON~1.PDF")),
  data("%PDF"),
  about(unicode(0x3707, "hoá đơn tháng mười một.pdf"), unicode(0x370e, "Application/PDF")),
  begin,
  title(Buffer.from([0x54, 0x69, 0xea, 0xec, 0x6e, 0x67, 0x2e, 0x74, 0x78, 0x74])),
  data("hai"),
);

describe("winmail.dat", () => {
  it("gives its words, and its files under their long names", () => {
    const read = readTnef(whole);
    expect(read).toMatchObject({ text: "Chào em", html: "<b>Chào</b>", isWhole: true });
    expect(files(whole)).toEqual([
      ["hoá đơn tháng mười một.pdf", "application/pdf", "%PDF"],
      ["Tiếng.txt", null, "hai"],
    ]);
  });

  it("gives a picture with the name by which the words show it, kept as a property", () => {
    const read = readTnef(tnef(begin, about(binary(0x3701, Buffer.from("PNG")), unicode(0x3712, "logo@x"))));
    expect(read?.files).toMatchObject([{ cid: "logo@x", bytes: Buffer.from("PNG") }]);
  });

  it("gives the words and the files of a letter in it", () => {
    const inner = tnef(
      message(unicode(0x1000, "thư trong thư")),
      begin,
      title(Buffer.from("a.txt")),
      data("a"),
    );
    expect(files(tnef(begin, about(unicode(0x3707, "Fwd"), letterObject(inner))))).toEqual([
      ["Fwd.txt", "text/plain", "thư trong thư"],
      ["a.txt", null, "a"],
    ]);
  });

  it("is nothing else than what begins as one", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from("x"), Buffer.from("PK\u0003\u0004rest")])
      expect(readTnef(bytes)).toBeNull();
  });

  it.each([
    ["cut off", whole.subarray(0, whole.length - 5)],
    ["with a wrong sum", Buffer.concat([whole.subarray(0, -1), Buffer.from([0xff])])],
    ["with rubbish behind it", Buffer.concat([whole, Buffer.from("rubbish")])],
  ])("%s still gives what came before the damage", (_, bytes) => {
    const read = readTnef(bytes);
    expect([read?.isWhole, read?.text, read?.files[0]?.bytes.toString()]).toEqual([false, "Chào em", "%PDF"]);
  });

  it.each([
    ["four thousand million properties", attribute(1, 0x00069003, u32(0xffffffff))],
    [
      "a value of four thousand million bytes",
      attribute(1, 0x00069003, Buffer.concat([u32(1), u16(0x1f), u16(0x1000), u32(1), u32(0xffffffff)])),
    ],
    [
      "four thousand million values",
      attribute(1, 0x00069003, Buffer.concat([u32(1), u16(0x1003), u16(0x1000), u32(0xffffffff)])),
    ],
    ["a type that there is not", attribute(1, 0x00069003, Buffer.concat([u32(1), u16(0x77), u16(0x1000)]))],
    ["a code page that is a text", message(unicode(0x3fde, "")), true],
    [
      "thousands of files",
      Buffer.concat(Array.from({ length: 2_000 }, () => Buffer.concat([begin, data("x")]))),
    ],
  ])("that claims %s costs nothing", (_, bytes, isWhole = false) => {
    const read = readTnef(tnef(bytes));
    expect(read?.isWhole).toBe(isWhole);
    expect(read?.files.length).toBeLessThanOrEqual(200);
  });

  it("in itself, again and again, is opened a few times only", () => {
    let inner = tnef(begin, data("x"));
    for (let i = 0; i < 40; i++) inner = tnef(begin, about(letterObject(inner)));
    expect(readTnef(inner)).toMatchObject({ isWhole: false, files: [] });
  });

  it("with any byte changed, or cut anywhere, is read or refused, and never more than that", () => {
    for (let at = 0; at < whole.length; at++) {
      for (const bit of [1, 0x80]) {
        const bad = Buffer.from(whole);
        bad[at] = (bad[at] ?? 0) ^ bit;
        expect(() => readTnef(bad)).not.toThrow();
      }
      expect(() => readTnef(whole.subarray(0, at))).not.toThrow();
    }
  });
});

describe("a letter with a winmail.dat", () => {
  const store = memoryFiles();
  const letter = async (bytes: Buffer, text: string): Promise<Mime> => ({
    headers: new Map(),
    decoded: new Map(),
    text,
    html: "",
    parts: [
      {
        name: "winmail.dat",
        mime: "application/ms-tnef",
        cid: null,
        isInline: false,
        file: await store.put(bytes, { maxBytes: 1e9 }),
        text: "",
      },
    ],
  });

  it("has the files in its place, and the words where it has none of its own", async () => {
    const bare = await openWinmail(await letter(whole, ""), store);
    expect([bare.text, bare.html, bare.parts.length]).toEqual(["Chào em", "<b>Chào</b>", 2]);
    const full = await openWinmail(await letter(whole, "Kính gửi"), store);
    expect([full.text, full.html]).toEqual(["Kính gửi", ""]);
    expect(full.parts.map((p) => p.mime)).toEqual(["application/pdf", "application/octet-stream"]);
  });

  it("whose words are in RTF only has them as a file, unless there are others", async () => {
    // The example of [MS-OXRTFCP] 4.1.1.
    const hex =
      "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0";
    const rtf = tnef(message(binary(0x1009, Buffer.from(hex, "hex"))));
    const bare = await openWinmail(await letter(rtf, ""), store);
    expect(bare.parts).toMatchObject([{ name: "letter.rtf", mime: "application/rtf" }]);
    expect(readTnef(rtf)?.rtf?.toString()).toBe("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    expect((await openWinmail(await letter(rtf, "Kính gửi"), store)).parts).toEqual([]);
    for (let end = 0; end < hex.length; end += 2)
      expect(unpackRtf(Buffer.from(hex.slice(0, end), "hex")), `cut at ${end}`).toBeNull();
    const huge = Buffer.from(hex, "hex");
    huge.writeUInt32LE(0xffffffff, 4);
    expect(unpackRtf(huge)).toBeNull();
  });

  it("that is damaged, or none, keeps it", async () => {
    const damaged = await openWinmail(await letter(whole.subarray(0, -5), "x"), store);
    expect(damaged.parts.map((p) => p.name)).toEqual(["winmail.dat", "hoá đơn tháng mười một.pdf"]);
    const none = await openWinmail(await letter(Buffer.from("x"), "x"), store);
    expect(none.parts.map((p) => p.name)).toEqual(["winmail.dat"]);
  });
});
