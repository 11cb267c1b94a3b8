import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MailSimulator, startMailSimulator } from "./index.ts";
import { readLetter } from "./mime.ts";

const OURS = { address: "hotro@sen.test", name: "Sen Việt", password: "mat khau" };
const MAI = { name: "Mai", address: "mai@khach.test" };
const SECRET = Buffer.from(`\0${OURS.address}\0${OURS.password}`).toString("base64");

let sim: MailSimulator;
beforeEach(async () => {
  sim = await startMailSimulator({ mailboxes: [OURS] });
});
afterEach(() => sim.close());

/** Says lines one after the other, as soon as the one before is answered. @returns the answers' last lines */
async function talk(port: number, lines: readonly string[], isLast: RegExp): Promise<string[]> {
  const socket = connect(port, "127.0.0.1");
  const heard = createInterface({ input: socket })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    for (;;) {
      const { value, done } = await heard.next();
      if (done || isLast.test(value)) return value ?? "closed";
    }
  };
  const answers = [await next()];
  for (const line of lines) {
    socket.write(`${line}\r\n`);
    answers.push(await next());
  }
  socket.destroy();
  await once(socket, "close");
  return answers.slice(1);
}

const smtp = (...lines: string[]) => talk(sim.smtpPort, lines, /^\d{3} /);
const imap = (...lines: string[]) => talk(sim.imapPort, lines, /^(?:\w+ (?:OK|NO|BAD)|\* OK \[CAP|\+)/);

test("nothing is taken before a log-in, under another's address or without a Message-ID", async () => {
  const answers = await smtp(
    "MAIL FROM:<hotro@sen.test>",
    "EHLO me",
    "MAIL FROM:<hotro@sen.test>",
    `AUTH PLAIN ${Buffer.from("\0hotro@sen.test\0wrong").toString("base64")}`,
    `AUTH PLAIN ${SECRET}`,
    "RCPT TO:<mai@khach.test>",
    "MAIL FROM:<mai@khach.test>",
    "MAIL FROM:<hotro@sen.test>",
    "RCPT TO:<mai@khach.test>",
    "DATA",
    "From: hotro@sen.test\r\n\r\nChao\r\n.",
  );
  expect(answers.map((line) => line.slice(0, 3))).toEqual([
    "503",
    "250",
    "530",
    "535",
    "235",
    "503",
    "553",
    "250",
    "250",
    "354",
    "550",
  ]);
  expect(sim.letters(MAI.address)).toEqual([]);
});

test("an answer reaches the customer, whose next letter is in its thread and goes to its reply address", async () => {
  sim.write({ from: MAI, to: OURS.address, subject: "Hỏi giá", text: "Bao nhiêu ạ?" });
  const asked = readLetter(sim.letters(MAI.address)[0]?.raw ?? Buffer.alloc(0));
  expect(asked).toMatchObject({ subject: "Hỏi giá", text: "Bao nhiêu ạ?" });
  const answers = await smtp(
    "EHLO me",
    `AUTH PLAIN ${SECRET}`,
    "MAIL FROM:<hotro@sen.test>",
    "RCPT TO:<mai@khach.test>",
    "DATA",
    [
      "From: <hotro@sen.test>",
      "Reply-To: <hotro+abc@sen.test>",
      "Date: Sun, 22 Nov 2026 09:00:00 +0000",
      "Message-ID: <answer@sen.test>",
      "Subject: Re: =?UTF-8?Q?H=E1=BB=8Fi_gi=C3=A1?=",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "=44=E1=BA=A1 500k",
      "..",
      ".",
    ].join("\r\n"),
  );
  expect(answers.at(-1)).toMatch(/^250/);
  const got = readLetter(sim.letters(MAI.address)[1]?.raw ?? Buffer.alloc(0));
  expect(got).toMatchObject({ subject: "Re: Hỏi giá", text: "Dạ 500k\n.", replyTo: "hotro+abc@sen.test" });
  sim.write({ from: MAI, to: OURS.address, subject: "", text: "Cảm ơn" });
  const raw = String(sim.letters(MAI.address)[2]?.raw);
  expect(raw).toContain("To: <hotro+abc@sen.test>\r\n");
  expect(raw).toContain("In-Reply-To: <answer@sen.test>\r\n");
});

test("a mailbox is read after its log-in and selection only, and what it does not know it refuses", async () => {
  sim.write({ from: MAI, to: OURS.address, subject: "A", text: "B" });
  const answers = await imap(
    "1 SELECT INBOX",
    "2 LOGIN hotro@sen.test wrong",
    '3 LOGIN "hotro@sen.test" "mat khau"',
    "4 UID SEARCH ALL",
    "5 EXAMINE Khac",
    "6 EXAMINE INBOX",
    "7 UID FETCH 1:* (UID RFC822.SIZE INTERNALDATE BODY.PEEK[])",
    "8 UID FETCH 1 (ENVELOPE)",
    "9 UID STORE 1 +FLAGS (\\Seen)",
  );
  expect(answers.map((line) => line.split(" ")[1])).toEqual([
    "BAD",
    "NO",
    "OK",
    "BAD",
    "NO",
    "OK",
    "OK",
    "BAD",
    "NO",
  ]);
});

test("who listens is told of a new letter as it comes", async () => {
  const socket = connect(sim.imapPort, "127.0.0.1");
  const lines = createInterface({ input: socket });
  socket.write(`1 AUTHENTICATE PLAIN ${SECRET}\r\n2 EXAMINE INBOX\r\n3 IDLE\r\n`);
  for await (const line of lines) {
    if (line.startsWith("+")) sim.write({ from: MAI, to: OURS.address, subject: "A", text: "B" });
    if (line === "* 1 EXISTS") break;
  }
  socket.destroy();
});
