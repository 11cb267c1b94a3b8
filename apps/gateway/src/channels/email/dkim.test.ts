import { createHash, createVerify, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { OutgoingPart } from "../channel.ts";
import { compose } from "./compose.ts";
import { readConfig } from "./config.ts";
import { sendPart } from "./send.ts";
import { type MailStub, mailStub } from "./testing/mail-stub.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

let stub: MailStub;
beforeEach(async () => {
  stub = await mailStub();
});
afterEach(() => stub.close());

const config = (change: object = {}) => ({
  address: "support@sen.test",
  displayName: "Sen Việt",
  password: "mat-khau",
  imapHost: "127.0.0.1",
  imapPort: stub.imapPort,
  imapSecurity: "none",
  smtpHost: "127.0.0.1",
  smtpPort: stub.smtpPort,
  smtpSecurity: "none",
  smtpLogin: "none",
  ...change,
});
const dkim = { dkimDomain: "sen.test", dkimSelector: "tongdai", dkimKey: privateKey };

const part: OutgoingPart = {
  messageId: "01900000-0000-7000-8000-000000000001",
  to: "mai@example.vn",
  content: { kind: "text", text: "Chào  chị Mai. \n\n.một dòng có chấm đầu\nđơn hàng\u00a0đây \n\n\n" },
  replyToExternalId: null,
  human: true,
  letter: {
    conversationId: "01900000-0000-7000-8000-000000000002",
    subject: `Trả lời: ${"đơn hàng ".repeat(20)}`,
    html: "<p>Chào  chị</p>",
    to: [{ name: "Mai", address: "mai@example.vn" }],
    cc: [],
    bcc: [],
    files: [{ name: "hoa don.pdf", mime: "application/pdf", bytes: Buffer.from("%PDF-1.7 gia") }],
    references: ["a@example.vn", "b@example.vn"],
    automatic: false,
  },
};

/** What the recipient's server gets. */
async function sent(change: object): Promise<string> {
  const logins = { current: async () => ({ user: "", pass: "" }), instead: async () => null };
  const o = { config: readConfig(config(change)), logins, key: "key" };
  expect(await sendPart(o, part, new AbortController().signal)).toMatchObject({ kind: "sent" });
  return (stub.taken.at(-1)?.raw ?? "").replaceAll(/^\.\./gm, ".");
}

interface Checked {
  readonly tags: Readonly<Record<string, string>>;
  readonly bodyIsWhole: boolean;
  readonly isSigned: boolean;
}

const relaxed = (header: string): string => {
  const at = header.indexOf(":");
  const value = header.slice(at + 1).replaceAll(/\r\n(?=[ \t])/g, "");
  return `${header.slice(0, at).trim().toLowerCase()}:${value.replaceAll(/[ \t]+/g, " ").trim()}`;
};

/** By RFC 6376, 3.4.2, 3.4.4 and 3.7, written for this test. */
function check(raw: string): Checked {
  const end = raw.indexOf("\r\n\r\n");
  const headers = raw.slice(0, end).split(/\r\n(?![ \t])/);
  const own = headers.find((h) => /^dkim-signature:/i.test(h)) ?? "";
  const tags = Object.fromEntries(
    own
      .slice(own.indexOf(":") + 1)
      .split(";")
      .map((tag) => tag.replaceAll(/\s/g, ""))
      .filter(Boolean)
      .map((tag) => [tag.slice(0, tag.indexOf("=")), tag.slice(tag.indexOf("=") + 1)]),
  );
  const lines = raw
    .slice(end + 4)
    .split("\r\n")
    .map((line) => line.replaceAll(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.at(-1) === "") lines.pop();
  const hash = createHash("sha256").update(lines.map((line) => `${line}\r\n`).join(""));
  const left = headers.filter((h) => h !== own).map((h) => [h.slice(0, h.indexOf(":")).toLowerCase(), h]);
  const signedLines = (tags["h"] ?? "").split(":").flatMap((name) => {
    const at = left.findLastIndex(([known]) => known === name.toLowerCase());
    return at < 0 ? [] : left.splice(at, 1).map(([, header]) => relaxed(header ?? ""));
  });
  const unsigned = relaxed(own.replace(/(;\s*b=)[^;]*/, "$1"));
  const verify = createVerify("RSA-SHA256").update([...signedLines, unsigned].join("\r\n"));
  return {
    tags,
    bodyIsWhole: hash.digest("base64") === tags["bh"],
    isSigned: verify.verify(publicKey, tags["b"] ?? "", "base64"),
  };
}

it("a letter is signed so that anybody who knows the public key can tell that nothing was changed", async () => {
  const raw = await sent(dkim);
  const { tags, bodyIsWhole, isSigned } = check(raw);
  expect(tags).toMatchObject({ v: "1", a: "rsa-sha256", c: "relaxed/relaxed", d: "sen.test", s: "tongdai" });
  expect([bodyIsWhole, isSigned]).toEqual([true, true]);
  const names = (tags["h"] ?? "").toLowerCase().split(":");
  for (const name of ["from", "reply-to", "to", "subject", "message-id", "references", "in-reply-to"])
    expect(names).toContain(name);
  expect(check(raw.replace("=?UTF-8?Q?Tr", "=?UTF-8?Q?Br")).isSigned).toBe(false);
  expect(check(raw.replace("%PDF", "%PDX").replace("<p>", "<b>")).bodyIsWhole).toBe(false);
});

it("whatever stands in its head and wherever that is folded, the signature of a letter holds", async () => {
  const words = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 120 }),
    fc.constantFrom(
      "đơn hàng ".repeat(40),
      "x".repeat(990),
      " a\t\tb ",
      '"quoted", <x@y.vn>;',
      "=?UTF-8?Q?x?=",
    ),
  );
  const people = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      name: `Người thứ ${i}, "phòng" kế toán`,
      address: `n${i}@example.vn`,
    }));
  const logins = { current: async () => ({ user: "", pass: "" }), instead: async () => null };
  const o = { config: readConfig(config({ ...dkim, displayName: 'Sen, "Việt" <Nam>' })), logins, key: "key" };
  const { letter } = part;
  if (!letter) throw new Error("it is a letter");
  await fc.assert(
    fc.asyncProperty(words, words, fc.nat({ max: 30 }), async (subject, body, n) => {
      const references = Array.from({ length: n }, (_, i) => `${"r".repeat(60)}${i}@example.vn`);
      const odd: OutgoingPart = {
        ...part,
        content: { kind: "text", text: `${body}\n.` },
        letter: { ...letter, subject, to: people(n + 1), cc: people(n), references },
      };
      const { bytes } = await compose(o.config, odd, o.key);
      const { bodyIsWhole, isSigned, tags } = check(bytes.toString("latin1"));
      expect([bodyIsWhole, isSigned, tags["d"]]).toEqual([true, true, "sen.test"]);
    }),
    { numRuns: 60 },
  );
});

it("a key whose line ends a form took away is as good as the whole one", async () => {
  const { bodyIsWhole, isSigned } = check(await sent({ ...dkim, dkimKey: privateKey.replaceAll("\n", " ") }));
  expect([bodyIsWhole, isSigned]).toEqual([true, true]);
  expect(check(await sent({ ...dkim, dkimKey: privateKey.replaceAll("\n", "") })).isSigned).toBe(true);
});

it("nothing is signed where nothing was said of it", async () => {
  expect(await sent({})).not.toMatch(/^dkim-signature/im);
});

const weak = generateKeyPairSync("rsa", {
  modulusLength: 768,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
}).privateKey;
const curve = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

it.each([
  ["a key that is none", { dkimKey: "-----BEGIN" }, "dkimKey"],
  ["a damaged key", { dkimKey: privateKey.replace(/MII/, "MIA") }, "dkimKey"],
  ["a public key", { dkimKey: publicKey }, "dkimKey"],
  ["a weak key", { dkimKey: weak }, "dkimKey"],
  ["a key of another kind", { dkimKey: curve }, "dkimKey"],
  ["no key", { dkimKey: undefined }, "dkimKey"],
  ["no selector", { dkimSelector: undefined }, "dkimSelector"],
  ["no domain", { dkimDomain: undefined }, "dkimDomain"],
])("%s is told when the mailbox is saved, not left unsigned", (_, change, field) => {
  try {
    readConfig(config({ ...dkim, ...change }));
    expect.unreachable("it was taken");
  } catch (error) {
    expect(error).toMatchObject({
      code: "invalid_input",
      details: { fields: { [field]: expect.any(String) } },
    });
  }
});
