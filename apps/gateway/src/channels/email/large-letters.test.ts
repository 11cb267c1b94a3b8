import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import type { Files, KeptFile } from "../channel.ts";
import { MAX_BYTES } from "./capabilities.ts";
import { readMail } from "./read-mail.ts";

const MB = 1_000_000;
const LINE = `${"QUJD".repeat(19)}\r\n`;
const FILE_LINES = Math.floor((MAX_BYTES - MB) / LINE.length);

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** A letter with a file of almost all that may be sent, which nothing here holds as a whole. */
function* letter(): Generator<Buffer> {
  yield Buffer.from(
    "From: mai@example.vn\r\nTo: support@sen.vn\r\nSubject: To\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nGui em\r\n--b\r\nContent-Type: application/zip; name=to.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n",
  );
  const lines = Buffer.from(LINE.repeat(800));
  for (let sent = 0; sent < FILE_LINES; sent += 800) yield lines;
  yield Buffer.from("--b--\r\n");
}

it("a letter of 25 MB, and many of them, are read without being held in memory", async () => {
  let most = 0;
  const look = (): void => {
    collect();
    // The first one gives buffers back on another thread; the next begins when that has ended.
    collect();
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  };
  let size = 0;
  const files: Files = {
    stream: async () => Readable.from(letter(), { objectMode: false }),
    async put(source): Promise<KeptFile> {
      size = 0;
      let looked = 0;
      for await (const chunk of source) {
        size += Buffer.from(chunk as Uint8Array).length;
        if (size - looked < 4 * MB) continue;
        looked = size;
        look();
      }
      const mime = "application/zip";
      return { hash: "a".repeat(64), size, mime, kind: "file", width: null, height: null, thumbnail: false };
    },
  };
  collect();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 2; i++) {
    const mail = await readMail(
      {
        mailbox: "support@sen.vn",
        folder: "INBOX",
        uid: "1:1",
        at: 1_790_000_000_000,
        size: MAX_BYTES,
        file: "b".repeat(64),
        isWhole: true,
        isSent: false,
        isLive: true,
      },
      { files, own: ["support@sen.vn"], conversationIn: () => null, isProven: () => true },
    );
    look();
    expect(mail).toMatchObject({ text: "Gui em", id: `sha256-${"b".repeat(40)}` });
    expect(mail.attachments.map((a) => [a.name, a.file.size > 17 * MB])).toEqual([["to.zip", true]]);
  }
  expect((most - before) / MB).toBeLessThan(4);
});
