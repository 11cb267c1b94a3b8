import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type AttachmentStream, type HeaderLines, MailParser, type MessageText } from "mailparser";
import type { Files, KeptFile } from "../channel.ts";
import { MAX_BYTES } from "./capabilities.ts";
import { firstOf, type Headers } from "./headers.ts";

/** A part of a letter that is a file, or is read by us. */
export interface Part {
  readonly name: string | null;
  readonly mime: string;
  readonly cid: string | null;
  readonly isInline: boolean;
  /** `null`: it was read by us, or there were too many. */
  readonly file: KeptFile | null;
  /** Of reports and heads: what they say. */
  readonly text: string;
}

export interface Mime {
  readonly headers: Headers;
  /** Decoded: addresses and the subject. */
  readonly decoded: ReadonlyMap<string, unknown>;
  readonly text: string;
  readonly html: string;
  readonly parts: readonly Part[];
}

/** Nobody sends more on purpose; a letter of thousands is made to hurt. */
const MOST_PARTS = 200;
const READ_BYTES = 200_000;
const OURS =
  /^(?:message\/(?:global-)?delivery-status|message\/disposition-notification|text\/rfc822-headers)$/i;
const MESSAGE = /^message\/rfc822$/i;

/** Takes a letter apart as it comes: its files go to the disk, its words are given back. Rejects when nothing can be read. */
export async function takeApart(source: Readable, files: Files): Promise<Mime> {
  const parser = new MailParser({
    keepCidLinks: true,
    keepDeliveryStatus: true,
    skipImageLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: 2_000_000,
  });
  let lines: HeaderLines = [];
  let decoded: ReadonlyMap<string, unknown> = new Map();
  let words: MessageText | null = null;
  const parts: Part[] = [];
  let work = Promise.resolve();
  let trouble: unknown = null;
  parser.on("headerLines", (all: HeaderLines) => {
    lines = all;
  });
  parser.on("headers", (all: ReadonlyMap<string, unknown>) => {
    decoded = all;
  });
  parser.on("data", (part: AttachmentStream | MessageText) => {
    if (part.type === "text") words = part;
    // The parser goes on once a part is released, so there is one at a time.
    else
      work = work
        .then(async () => void parts.push(await partOf(part, files, parts.length)))
        .catch((error: unknown) => {
          trouble ??= error;
        })
        .finally(() => part.release());
  });
  await pipeline(source, parser);
  await work;
  if (trouble) throw trouble;
  const found = words as MessageText | null;
  const headers = headersOf(lines);
  const html = typeof found?.html === "string" ? found.html : "";
  return { headers, decoded, text: found?.text || (await wordsOfHtml(html, headers, files)), html, parts };
}

/** mailparser makes words of a formatted text only where that is the whole letter, not where it is one of its parts. */
async function wordsOfHtml(html: string, headers: Headers, files: Files): Promise<string> {
  if (html === "" || !firstOf(headers, "content-type").trim().toLowerCase().startsWith("multipart/"))
    return "";
  const alone = ["Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", html];
  return (await takeApart(Readable.from([Buffer.from(alone.join("\r\n"))]), files)).text;
}

async function partOf(part: AttachmentStream, files: Files, before: number): Promise<Part> {
  const mime = part.contentType.toLowerCase();
  const common = {
    name: part.filename ?? null,
    mime,
    cid: part.cid ?? part.contentId ?? null,
    isInline: part.contentDisposition === "inline" || part.related === true,
  };
  const content = part.content as Readable;
  if (before >= MOST_PARTS) {
    content.resume();
    return { ...common, file: null, text: "" };
  }
  if (OURS.test(mime)) return { ...common, file: null, text: await beginningOf(content) };
  const file = await files.put(content, { maxBytes: MAX_BYTES * 2 });
  return { ...common, file, text: MESSAGE.test(mime) ? await keptBeginning(files, file.hash) : "" };
}

async function beginningOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    if (size < READ_BYTES) chunks.push(bytes);
    size += bytes.length;
  }
  return Buffer.concat(chunks).subarray(0, READ_BYTES).toString("utf8");
}

const keptBeginning = async (files: Files, hash: string): Promise<string> =>
  beginningOf(await files.stream(hash));

function headersOf(lines: HeaderLines): Headers {
  const headers = new Map<string, string[]>();
  for (const { key, line } of lines) {
    const value = line.slice(line.indexOf(":") + 1).trim();
    const known = headers.get(key);
    if (known) known.push(value);
    else headers.set(key, [value]);
  }
  return headers;
}
