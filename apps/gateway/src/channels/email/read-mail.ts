import { Readable } from "node:stream";
import { type Correspondent, cleanText } from "@tongdai/shared";
import { z } from "zod";
import type { Files } from "../channel.ts";
import { automaticBecause } from "./automatic.ts";
import { MAX_BYTES } from "./capabilities.ts";
import { bareCid, cleanHtml } from "./clean-html.ts";
import { type RecipientReport, readDeliveryStatus } from "./delivery-report.ts";
import { fileName } from "./file-name.ts";
import { allOf, firstOf, type Headers, messageIds } from "./headers.ts";
import { type LetterFile, openLetter } from "./letter-file.ts";
import { withCharset } from "./meta-charset.ts";
import { type Mime, type Part, takeApart } from "./mime.ts";
import type { RawMail } from "./raw-mail.ts";
import { trimReply } from "./trim-reply.ts";
import type { UnpackedMail } from "./unpacked-mail.ts";
import { openWinmail } from "./winmail.ts";

export interface Reading {
  readonly files: Files;
  /** Addresses that are this mailbox, lower case. */
  readonly own: readonly string[];
  /** The conversation that an address of the mailbox names. */
  readonly conversationIn: (address: string) => string | null;
  /** Whether a report that brings back this head of a letter can be believed. */
  readonly isProven: (id: string, head: string) => boolean;
}

/** A letter as `parse` reads it. What cannot be taken apart is given with its raw form as a file. */
export async function readMail(raw: RawMail, o: Reading): Promise<UnpackedMail> {
  const file = await openLetter(o.files, raw.file);
  const mime = await openWinmail(await takeApartOr(file, o.files), o.files);
  const { headers } = mime;
  const from = correspondents(mime.decoded.get("from"))[0] ?? fromLine(headers);
  const replyTo = correspondents(mime.decoded.get("reply-to"));
  const sender = senderOf(from, replyTo, { headers, own: o.own });
  const [to, cc] = [correspondents(mime.decoded.get("to")), correspondents(mime.decoded.get("cc"))];
  const pictures = new Map(
    mime.parts.flatMap((p) => (p.cid && p.file?.kind === "image" ? [[bareCid(p.cid), p.file.hash]] : [])),
  );
  const shown = new Set<string>();
  const html =
    mime.html === ""
      ? null
      : cleanHtml(cleanText(mime.html), (cid) => {
          const hash = pictures.get(cid);
          if (hash) shown.add(hash);
          return hash ? `kept:${hash}` : null;
        });
  const { text, quoted } = wordsOf(mime, file, raw.isWhole);
  const id = messageIds(headers, "message-id")[0];
  const forged = isForged(headers);
  const reported = reportedLetter(mime);
  return {
    mailbox: raw.mailbox,
    uid: raw.uid,
    at: dateOf(mime) ?? raw.at,
    id: id ?? `sha256-${raw.file.slice(0, 40)}`,
    from: sender.address,
    replyTo,
    to,
    cc,
    subject: subjectOf(mime),
    text,
    quoted,
    html,
    ...threadOf(headers),
    automatic: sender.automatic,
    isForged: forged,
    conversationId: namedConversation(headers, [...to, ...cc], o),
    digest: await file.digest(),
    isSent: raw.isSent || (o.own.includes(from.address) && !forged),
    isLive: raw.isLive,
    attachments: mime.parts.flatMap((part, i) => attachmentOf(part, i, shown)),
    reports: reportsOf(mime, sender.automatic),
    reportedId: reported?.id ?? null,
    isProven: reported === null || o.isProven(reported.id, reported.head),
    notWhole: raw.isWhole ? null : raw.size,
  };
}

async function takeApartOr(file: LetterFile, files: Files): Promise<Mime> {
  try {
    const mime = await takeApart(await file.stream(), files);
    const again = file.isSmall && mime.html.includes("\ufffd") ? withCharset(file.start) : null;
    return again ? await takeApart(Readable.from([again]), files) : mime;
  } catch {
    return onlyHead(file, files);
  }
}

/** A letter that cannot be taken apart (one of thousands of parts): who wrote about what, and all of it as a file. */
async function onlyHead(letter: LetterFile, files: Files): Promise<Mime> {
  const head = await takeApart(Readable.from([letter.start.subarray(0, letter.bodyAt)]), files);
  const file = await files.put(await letter.stream(), { maxBytes: MAX_BYTES * 2 });
  const whole = { name: "letter.eml", mime: "message/rfc822", cid: null, isInline: false, file, text: "" };
  return { ...head, text: "", html: "", parts: [whole] };
}

/**
 * By the word of the server that took the letter, which stands above what others wrote: nobody who was allowed to has sent it in
 * the name of its sender. Source: RFC 8601, 4.1 and 5; RFC 7489, 11.2.
 */
const isForged = (headers: Headers): boolean =>
  /\bdmarc\s*=\s*fail\b/i.test(firstOf(headers, "authentication-results"));

interface Sender {
  readonly address: Correspondent;
  readonly automatic: string | null;
}

/** A form on a web page writes from nobody's address and says where its person is: that is who has written. */
function senderOf(
  from: Correspondent,
  replyTo: readonly Correspondent[],
  o: { headers: Headers; own: readonly string[] },
): Sender {
  const contentType = firstOf(o.headers, "content-type");
  const asked = { headers: o.headers, contentType, own: o.own };
  const automatic = automaticBecause({ ...asked, from: from.address });
  const [person] = replyTo;
  if (automatic !== "nobody's address" || !person) return { address: from, automatic };
  const other = automaticBecause({ ...asked, from: person.address });
  return other === null ? { address: person, automatic: null } : { address: from, automatic };
}

const MOST_ANSWERED = 10;
const MOST_REFERENCES = 40;

/** What it answers, the likeliest first. Of a chain without end the first, which names the thread, and the newest. */
function threadOf(headers: Headers): Pick<UnpackedMail, "references" | "answers"> {
  const chain = messageIds(headers, "references");
  const references =
    chain.length > MOST_REFERENCES ? [...chain.slice(0, 1), ...chain.slice(1 - MOST_REFERENCES)] : chain;
  const answered = messageIds(headers, "in-reply-to").slice(0, MOST_ANSWERED);
  return { references, answers: [...answered, ...references.toReversed()] };
}

/** Headers that servers add, by which a letter's own recipient is known though `To` does not name it. */
const RECIPIENT_HEADERS = ["delivered-to", "x-original-to", "envelope-to"];

function namedConversation(
  headers: Headers,
  named: readonly Correspondent[],
  { conversationIn }: Reading,
): string | null {
  const addresses = RECIPIENT_HEADERS.flatMap((name) => allOf(headers, name))
    .map((value) => value.replaceAll(/[<>]/g, ""))
    .concat(named.map((c) => c.address));
  for (const address of addresses) {
    const found = conversationIn(address);
    if (found !== null) return found;
  }
  return null;
}

const AddressList = z.object({
  value: z.array(
    z.object({
      address: z.string().optional(),
      name: z.string().optional(),
      group: z.array(z.object({ address: z.string().optional(), name: z.string().optional() })).optional(),
    }),
  ),
});
const Lists = z.union([AddressList, z.array(AddressList)]);
const MOST_ADDRESSES = 200;

function correspondents(value: unknown): Correspondent[] {
  const lists = Lists.safeParse(value);
  if (!lists.success) return [];
  return [lists.data]
    .flat()
    .flatMap((list) => list.value.flatMap((a) => a.group ?? [a]))
    .flatMap(({ address, name }) => (address?.includes("@") ? [correspondent(name ?? "", address)] : []))
    .slice(0, MOST_ADDRESSES);
}

const correspondent = (name: string, address: string): Correspondent => ({
  name: oneLine(name).slice(0, 200),
  address: oneLine(address).toLowerCase().slice(0, 254),
});

/** Without what turns the words about it round (U+202E and its like): a name so written shows another address than its own. */
const oneLine = (s: string): string =>
  cleanText(s)
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();

/** A `From` that no parser understands, or none: whoever gave it to the server, else nobody. */
function fromLine(headers: Headers): Correspondent {
  for (const name of ["from", "sender", "return-path", "x-sender"]) {
    const address = /[^\s<>"(),;:]{1,64}@[^\s<>"(),;:]{1,190}/.exec(allOf(headers, name).join(" "))?.[0];
    if (address) return correspondent("", address);
  }
  return { name: "", address: "unknown@invalid" };
}

function subjectOf(mime: Mime): string {
  const subject = mime.decoded.get("subject");
  return oneLine(typeof subject === "string" ? subject : firstOf(mime.headers, "subject")).slice(0, 300);
}

function dateOf(mime: Mime): number | null {
  const date = mime.decoded.get("date");
  const ms = date instanceof Date ? date.getTime() : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}

const MOST_TEXT = 100_000;

/** The writer's words and what they quote. A letter whose form is broken is shown as it stands. */
function wordsOf(mime: Mime, file: LetterFile, isWhole: boolean): { text: string; quoted: string } {
  const words = cleanText(mime.text).replaceAll("\r\n", "\n").trim();
  if (words !== "") {
    const { text, quoted } = trimReply(words.slice(0, MOST_TEXT));
    return { text, quoted };
  }
  if (mime.html !== "" || mime.parts.length > 0 || !isWhole) return { text: "", quoted: "" };
  const rest = cleanText(file.start.subarray(file.bodyAt).toString("utf8")).trim();
  return { text: rest.slice(0, MOST_TEXT), quoted: "" };
}

function attachmentOf(part: Part, index: number, shown: ReadonlySet<string>): UnpackedMail["attachments"] {
  if (!part.file) return [];
  return [
    {
      kind: part.file.kind,
      name: fileName(part.name, part.mime, index),
      title: part.mime === "application/ms-tnef" ? "Outlook (TNEF)" : null,
      file: part.file,
      isInline: shown.has(part.file.hash),
    },
  ];
}

/**
 * Some servers send a report as any letter with parts (OpenSMTPD 6.8), and say why in words only: so whatever part tells of a
 * delivery counts, in a machine's letter.
 */
function reportsOf(mime: Mime, automatic: string | null): RecipientReport[] {
  if (automatic === null) return [];
  return mime.parts
    .filter((p) => p.mime.endsWith("delivery-status"))
    .flatMap((p) => readDeliveryStatus(p.text))
    .map((report) => {
      const diagnostic = report.diagnostic || saidOf(mime.text, report.recipient);
      const status = /^$|\.0\.0$/.test(report.status)
        ? (/\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0] ?? report.status)
        : report.status;
      return { ...report, diagnostic, status };
    });
}

/** What follows the recipient in the words for people, from the code on. */
function saidOf(text: string, recipient: string): string {
  const line = text.split("\n").find((l) => recipient !== "" && l.toLowerCase().includes(recipient));
  return (/\b[45]\d\d\b.*/.exec(line ?? "")?.[0] ?? "").slice(0, 500);
}

/** The letter that a report is about, by the head of it that the report brings back. */
function reportedLetter(mime: Mime): { id: string; head: string } | null {
  for (const part of mime.parts) {
    if (!/^(?:message\/rfc822|text\/rfc822-headers)$/.test(part.mime)) continue;
    const [head = ""] = part.text.split(/\r?\n\r?\n/, 1);
    const id = /^message-id:\s*<([^<>\s]{1,990})>/im.exec(head)?.[1];
    if (id) return { id, head };
  }
  return null;
}
