import { type Json, plain } from "../kit/json.ts";

/** The head of a letter with its folded lines joined. @param raw as latin1 */
export function unfolded(raw: string): string {
  return raw.slice(0, headEnd(raw)).replace(/\r\n[ \t]+/g, " ");
}

const headEnd = (raw: string): number => {
  const end = raw.indexOf("\r\n\r\n");
  return end < 0 ? raw.length : end;
};

export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, "im").exec(head)?.[1]?.trim();
}

export const addressesOf = (text = ""): string[] =>
  (text.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? []).map((address) => address.toLowerCase());

/** RFC 2047: "=?UTF-8?Q?=C4=90=C6=A1n?=". */
function decodedWords(text = ""): string {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?[\w-]+\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, word: string) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(word, "base64").toString("utf8")
        : unquoted(word.replaceAll("_", " ")).toString("utf8"),
    );
}

const unquoted = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r\n/g, "")
      .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );

const HEAD_READ = 64 * 1024;

interface Part {
  readonly type: string;
  readonly name: string | null;
  readonly bytes: Buffer;
}

/** The leaves of a letter, in their order. */
function partsOf(raw: string): Part[] {
  const head = unfolded(raw);
  const type = headerOf(head, "content-type") ?? "text/plain";
  const body = raw.slice(headEnd(raw) + 4);
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined)
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => partsOf(part.replace(/^\r\n/, "").replace(/\r\n$/, "")));
  const encoding = headerOf(head, "content-transfer-encoding")?.toLowerCase();
  const name = /(?:file)?name="?([^";]+)"?/i.exec(
    `${headerOf(head, "content-disposition") ?? ""};${type}`,
  )?.[1];
  return [
    {
      type: type.split(";")[0]?.toLowerCase() ?? "",
      name: name === undefined ? null : decodedWords(name),
      bytes:
        encoding === "base64"
          ? Buffer.from(body, "base64")
          : encoding === "quoted-printable"
            ? unquoted(body)
            : Buffer.from(body, "latin1"),
    },
  ];
}

export interface ReadLetter {
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly references: string;
  /** Where an answer goes. */
  readonly replyTo: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
}

/** As a customer's mail program shows it: the plain text, the files beside it. */
/** From the head alone: a letter may be large. */
export const subjectOf = (raw: Buffer): string =>
  decodedWords(headerOf(unfolded(raw.subarray(0, HEAD_READ).toString("latin1")), "subject"));

export function readLetter(raw: Buffer): ReadLetter {
  const text = raw.toString("latin1");
  const head = unfolded(text);
  const parts = partsOf(text);
  const plainText = parts.find(({ type, name }) => type === "text/plain" && name === null);
  return {
    subject: decodedWords(headerOf(head, "subject")),
    text: plainText?.bytes.toString("utf8").replaceAll("\r\n", "\n").trim() ?? "",
    messageId: headerOf(head, "message-id") ?? "",
    references: headerOf(head, "references") ?? "",
    replyTo: addressesOf(headerOf(head, "reply-to") ?? headerOf(head, "from"))[0] ?? "",
    files: parts.flatMap(({ name, type, bytes }) => (name === null ? [] : [{ name, type, bytes }])),
  };
}

export interface NewLetter {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly at: number;
  /** What it answers. */
  readonly answers?: ReadLetter;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
}

const word = (text: string): string =>
  text === "" ? "" : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
const base64Lines = (bytes: Buffer): string => bytes.toString("base64").replace(/.{76}/g, "$&\r\n");

/** As a customer's mail program writes it: text, and files where there are any. */
export function writeLetter(o: NewLetter): Buffer {
  const { answers, files = [] } = o;
  const thread = answers
    ? [
        `In-Reply-To: ${answers.messageId}`,
        `References: ${`${answers.references} ${answers.messageId}`.trim()}`,
      ]
    : [];
  const text = [
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    base64Lines(Buffer.from(o.text.replace(/\r?\n/g, "\r\n"))),
  ];
  const boundary = `part-${o.messageId.replace(/\W/g, "")}`;
  const body =
    files.length === 0
      ? text
      : [
          `Content-Type: multipart/mixed; boundary="${boundary}"`,
          "",
          `--${boundary}`,
          ...text,
          ...files.flatMap(({ name, type, bytes }) => [
            `--${boundary}`,
            `Content-Type: ${type}; name="${word(name)}"`,
            `Content-Disposition: attachment; filename="${word(name)}"`,
            "Content-Transfer-Encoding: base64",
            "",
            base64Lines(bytes),
          ]),
          `--${boundary}--`,
        ];
  const lines = [
    `From: ${word(o.from.name)} <${o.from.address}>`,
    `To: <${o.to}>`,
    `Subject: ${word(o.subject)}`,
    `Date: ${new Date(o.at).toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${o.messageId}`,
    ...thread,
    "MIME-Version: 1.0",
    ...body,
    "",
  ];
  return Buffer.from(lines.join("\r\n"), "latin1");
}

/** Of a letter without its bytes, for the page. */
export const shownLetter = ({ subject, text, files }: ReadLetter): Json =>
  plain({ subject, text, files: files.map(({ name, type }) => ({ name, type })) });
