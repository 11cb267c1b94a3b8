import { expect } from "vitest";
import { parseBody } from "../parse.ts";
import { readMail } from "../read-mail.ts";
import { conversationIn } from "../reply-token.ts";
import { isProven } from "../report-proof.ts";
import { memoryFiles } from "./memory-files.ts";

export const MAILBOX = "support@sen.vn";
export const KEY = "a key";

/** What comes of a letter in the mailbox, and the files that it brought. */
export async function read(raw: string | Buffer) {
  const files = memoryFiles();
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.replaceAll("\n", "\r\n"));
  const { hash } = await files.put(bytes, { maxBytes: 1e9 });
  const mail = await readMail(
    {
      mailbox: MAILBOX,
      folder: "INBOX",
      uid: "1:1",
      at: 1_790_000_000_000,
      size: bytes.length,
      file: hash,
      isWhole: true,
      isSent: false,
      isLive: true,
    },
    {
      files,
      own: [MAILBOX],
      conversationIn: (a) => conversationIn(KEY, MAILBOX, a),
      isProven: (id, head) => isProven(KEY, id, head),
    },
  );
  const items = parseBody(JSON.parse(JSON.stringify(mail)));
  expect(items).toHaveLength(1);
  return { ...mail, files, event: items[0]?.event };
}

export const head = (more = ""): string =>
  `From: Mai <mai@example.vn>\nTo: support@sen.vn\nSubject: Hoi\nMessage-ID: <m1@example.vn>\nDate: Fri, 20 Nov 2026 09:00:00 +0700\n${more}MIME-Version: 1.0\n`;
export const plain = (text: string, more = ""): string =>
  `${head(more)}Content-Type: text/plain; charset=utf-8\n\n${text}\n`;
