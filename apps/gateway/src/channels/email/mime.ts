import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type AttachmentStream, type HeaderLines, MailParser, type MessageText } from "mailparser";
import type { Files, KeptFile } from "../channel.ts";
import { MAX_BYTES } from "./capabilities.ts";
import type { Headers } from "./headers.ts";
import { withoutPictures } from "./picture-words.ts";
import { shallowHtml } from "./shallow-html.ts";

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
/** In characters: of a longer one the beginning is read. */
const MOST_HTML = 2_000_000;
const OURS =
  /^(?:message\/(?:global-)?delivery-status|message\/disposition-notification|text\/rfc822-headers)$/i;
const MESSAGE = /^message\/rfc822$/i;

/** Those of the letter's own, or made of its formatted text. */
type Words = "given" | "of_html";

/** Takes a letter apart as it comes: its files go to the disk, its words are given back. Rejects when nothing can be read. */
export async function takeApart(source: Readable, files: Files, words: Words = "given"): Promise<Mime> {
  const parser = new MailParser({
    skipHtmlToText: words === "given",
    keepCidLinks: true,
    keepDeliveryStatus: true,
    skipImageLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: MOST_HTML,
  });
  let lines: HeaderLines = [];
  let decoded: ReadonlyMap<string, unknown> = new Map();
  let said: MessageText | null = null;
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
    if (part.type === "text") said = part;
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
  const found = said as MessageText | null;
  const headers = headersOf(lines);
  const html = typeof found?.html === "string" ? found.html : "";
  const text = found?.text || (words === "given" ? await wordsOfHtml(html, files) : "");
  return { headers, decoded, text, html, parts };
}

/** mailparser makes words of a formatted text where that is the whole letter: of ours, and of no depth that hurts it. */
async function wordsOfHtml(html: string, files: Files): Promise<string> {
  if (html === "") return "";
  const head = ["Content-Type: text/html; charset=utf-8", "Content-Transfer-Encoding: 8bit", ""];
  const alone = Buffer.from([...head, shallowHtml(html.slice(0, MOST_HTML))].join("\r\n"));
  return withoutPictures((await takeApart(Readable.from([alone]), files, "of_html")).text, html);
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
