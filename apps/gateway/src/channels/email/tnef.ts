import { unpackRtf } from "./compressed-rtf.ts";

/** A file in a letter of Outlook's own form. */
export interface TnefFile {
  /** `null`: not told. */
  readonly name: string | null;
  readonly mime: string | null;
  readonly cid: string | null;
  readonly bytes: Buffer;
}

export interface Tnef {
  readonly text: string;
  readonly html: string;
  /** Its words as Outlook wrote them; `null`: it has none of that form, or they are damaged. */
  readonly rtf: Buffer | null;
  readonly files: readonly TnefFile[];
  /** False: it is damaged, or has more than we read; what came before is here. */
  readonly isWhole: boolean;
}

/** Nobody sends more on purpose. */
const MOST_FILES = 200;
const MOST_PROPERTIES = 10_000;
const MOST_DEPTH = 4;

const SIGNATURE = 0x22_3e_9f_78;
const MESSAGE = 1;
const ATTACHMENT = 2;
/** Source: [MS-OXTNEF] 2.1.3.2. */
const ATTRIBUTE = {
  body: 0x00_02_80_0c,
  codePage: 0x00_06_90_07,
  messageProperties: 0x00_06_90_03,
  attachBegin: 0x00_06_90_02,
  attachData: 0x00_06_80_0f,
  attachTitle: 0x00_01_80_10,
  attachProperties: 0x00_06_90_05,
} as const;
/** Source: [MS-OXPROPS]. */
const PROPERTY = {
  body: 0x10_00,
  bodyHtml: 0x10_13,
  rtfCompressed: 0x10_09,
  internetCodePage: 0x3f_de,
  attachData: 0x37_01,
  attachName: 0x37_04,
  attachLongName: 0x37_07,
  attachMime: 0x37_0e,
  attachContentId: 0x37_12,
} as const;
/** Source: [MS-OXCDATA] 2.11.1. */
const TYPE = {
  int32: 0x00_03,
  object: 0x00_0d,
  string8: 0x00_1e,
  unicode: 0x00_1f,
  binary: 0x01_02,
} as const;
/** Bytes of a value, filled up to a multiple of four. */
const FIXED: ReadonlyMap<number, number> = new Map([
  [0x00_02, 4],
  [0x00_03, 4],
  [0x00_04, 4],
  [0x00_05, 8],
  [0x00_06, 8],
  [0x00_07, 8],
  [0x00_0a, 4],
  [0x00_0b, 4],
  [0x00_14, 8],
  [0x00_40, 8],
  [0x00_48, 16],
]);
const VARIABLE: ReadonlySet<number> = new Set([TYPE.object, TYPE.string8, TYPE.unicode, TYPE.binary]);
const MANY = 0x10_00;
const NAMED_FROM = 0x80_00;
/** Of an object that is a letter in the letter, in TNEF itself. */
const LETTER_OBJECT = "0703020000000000c000000000000046";

class Damaged extends Error {}

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

function take(c: Cursor, length: number): Buffer {
  if (length > c.bytes.length - c.at) throw new Damaged("it ends too soon");
  c.at += length;
  return c.bytes.subarray(c.at - length, c.at);
}
const u16 = (c: Cursor): number => take(c, 2).readUInt16LE();
const u32 = (c: Cursor): number => take(c, 4).readUInt32LE();

interface Reading {
  text: string;
  html: string;
  rtf: Buffer | null;
  isWhole: boolean;
  codePage: number;
  readonly files: Draft[];
  readonly depth: number;
}
type Draft = { -readonly [K in keyof TnefFile]: TnefFile[K] };

/**
 * Reads `application/ms-tnef` (winmail.dat): the files that it carries, also those of letters in it, and its words where they
 * are plain or HTML. `null`: it is none. Never throws. Source: [MS-OXTNEF].
 */
export function readTnef(bytes: Buffer, depth = 0): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE() !== SIGNATURE) return null;
  const r: Reading = { text: "", html: "", rtf: null, isWhole: true, codePage: 1252, files: [], depth };
  const c: Cursor = { bytes, at: 6 };
  try {
    while (c.at < bytes.length) readAttribute(c, r);
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    r.isWhole = false;
  }
  const files = r.files.filter((f) => f.bytes.length > 0);
  return { text: r.text, html: r.html, rtf: r.rtf, files, isWhole: r.isWhole };
}

function readAttribute(c: Cursor, r: Reading): void {
  const level = take(c, 1)[0];
  if (level !== MESSAGE && level !== ATTACHMENT) throw new Damaged("no such level");
  const id = u32(c);
  const data = take(c, u32(c));
  let sum = 0;
  for (const byte of data) sum += byte;
  if (u16(c) !== sum % 0x1_00_00) throw new Damaged("its sum is another one");
  if (level === MESSAGE) ofMessage(id, data, r);
  else ofAttachment(id, data, r);
}

function ofMessage(id: number, data: Buffer, r: Reading): void {
  switch (id) {
    case ATTRIBUTE.codePage:
      if (data.length >= 4) r.codePage = data.readUInt32LE();
      return;
    case ATTRIBUTE.body:
      r.text ||= decoded(data, r.codePage);
      return;
    case ATTRIBUTE.messageProperties: {
      const found = propertiesIn(data);
      const page = found.get(PROPERTY.internetCodePage);
      const htmlPage = page?.type === TYPE.int32 ? page.value.readUInt32LE() : r.codePage;
      r.text ||= textOf(found.get(PROPERTY.body), r.codePage);
      r.html ||= textOf(found.get(PROPERTY.bodyHtml), htmlPage);
      const rtf = found.get(PROPERTY.rtfCompressed);
      if (rtf?.type === TYPE.binary) r.rtf ??= unpackRtf(rtf.value);
    }
  }
}

function ofAttachment(id: number, data: Buffer, r: Reading): void {
  if (id === ATTRIBUTE.attachBegin) {
    if (r.files.length >= MOST_FILES) throw new Damaged("too many files");
    r.files.push({ name: null, mime: null, cid: null, bytes: Buffer.alloc(0) });
    return;
  }
  const file = r.files.at(-1);
  if (!file) return;
  if (id === ATTRIBUTE.attachData) file.bytes = data;
  if (id === ATTRIBUTE.attachTitle) file.name ??= decoded(data, r.codePage) || null;
  if (id === ATTRIBUTE.attachProperties) withProperties(file, data, r);
}

function withProperties(file: Draft, data: Buffer, r: Reading): void {
  const found = propertiesIn(data);
  const text = (tag: number): string | null => textOf(found.get(tag), r.codePage) || null;
  file.name = text(PROPERTY.attachLongName) ?? file.name ?? text(PROPERTY.attachName);
  file.mime = text(PROPERTY.attachMime)?.toLowerCase() ?? null;
  file.cid = text(PROPERTY.attachContentId);
  const content = found.get(PROPERTY.attachData);
  if (content?.type === TYPE.binary) file.bytes = content.value;
  if (content?.type !== TYPE.object || content.value.length < 16) return;
  const object = content.value.subarray(16);
  if (content.value.toString("hex", 0, 16) !== LETTER_OBJECT) file.bytes = object;
  else openLetter(file, object, r);
}

/** A letter in the letter: its files stand among ours, its words are a file. */
function openLetter(file: Draft, object: Buffer, r: Reading): void {
  const inner = r.depth < MOST_DEPTH ? readTnef(object, r.depth + 1) : null;
  if (!inner?.isWhole || r.files.length + inner.files.length > MOST_FILES)
    throw new Damaged("a letter in it");
  const [words, mime, ending] = inner.html
    ? [inner.html, "text/html", "html"]
    : [inner.text, "text/plain", "txt"];
  Object.assign(file, { name: `${file.name ?? "letter"}.${ending}`, mime, bytes: Buffer.from(words) });
  r.files.push(...inner.files);
}

interface Property {
  readonly type: number;
  readonly value: Buffer;
}

/** The first value of each that is not named. Source: [MS-OXTNEF] 2.1.3.4. */
function propertiesIn(data: Buffer): ReadonlyMap<number, Property> {
  const c: Cursor = { bytes: data, at: 0 };
  const found = new Map<number, Property>();
  const count = u32(c);
  if (count > MOST_PROPERTIES) throw new Damaged("too many properties");
  for (let i = 0; i < count; i++) {
    const type = u16(c);
    const id = u16(c);
    if (id >= NAMED_FROM) skipName(c);
    const value = firstValue(c, type);
    if (value && !found.has(id)) found.set(id, { type, value });
  }
  return found;
}

function skipName(c: Cursor): void {
  take(c, 16);
  const isText = u32(c) === 1;
  if (isText) take(c, filled(u32(c)));
  else take(c, 4);
}

function firstValue(c: Cursor, type: number): Buffer | null {
  const single = type & ~MANY;
  const size = FIXED.get(single);
  if (size === undefined && !VARIABLE.has(single)) throw new Damaged("no such type");
  const isCounted = size === undefined || single !== type;
  const count = isCounted ? u32(c) : 1;
  if (count > MOST_PROPERTIES) throw new Damaged("too many values");
  let first: Buffer | null = null;
  for (let i = 0; i < count; i++) {
    const length = size ?? u32(c);
    const value = take(c, filled(length)).subarray(0, length);
    first ??= value;
  }
  return first;
}

const filled = (length: number): number => Math.ceil(length / 4) * 4;

function textOf(property: Property | undefined, codePage: number): string {
  if (!property || property.type === TYPE.int32) return "";
  return property.type === TYPE.unicode
    ? property.value.toString("utf16le").replace(/\0+$/, "")
    : decoded(property.value, codePage);
}

const CHARSETS: Readonly<Record<number, string>> = {
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  20127: "us-ascii",
  65001: "utf-8",
};

function decoded(bytes: Buffer, codePage: number): string {
  const end = bytes.indexOf(0);
  const label =
    CHARSETS[codePage] ??
    (codePage === 874 || /^125\d$/.test(`${codePage}`) ? `windows-${codePage}` : "latin1");
  return new TextDecoder(label).decode(end < 0 ? bytes : bytes.subarray(0, end));
}
