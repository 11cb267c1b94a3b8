import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { connectMailbox } from "../support/mailbox.ts";
import type { Person } from "../support/person.ts";
import { until } from "../support/until.ts";
import { type World, world } from "../support/world.ts";

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Formatted, with a picture in its text and a file beside it. */
const question = [
  "From: Mai <mai@sen.test>",
  "To: support@sen.test",
  "Subject: Invoice",
  "Message-ID: <question@sen.test>",
  "MIME-Version: 1.0",
  "Content-Type: multipart/mixed; boundary=mix",
  "",
  "--mix",
  "Content-Type: multipart/alternative; boundary=alt",
  "",
  "--alt",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "Where is my invoice?",
  "--alt",
  "Content-Type: multipart/related; boundary=rel",
  "",
  "--rel",
  "Content-Type: text/html; charset=utf-8",
  "",
  '<p>Where is my <b>invoice</b>?<img src="cid:stamp@sen.test"></p>',
  "--rel",
  "Content-Type: image/png; name=stamp.png",
  "Content-ID: <stamp@sen.test>",
  "Content-Disposition: inline",
  "Content-Transfer-Encoding: base64",
  "",
  PIXEL,
  "--rel--",
  "--alt--",
  "--mix",
  "Content-Type: text/plain; name=order.txt",
  "Content-Disposition: attachment; filename=order.txt",
  "",
  "order 77",
  "--mix--",
  "",
].join("\r\n");

let mail: MailServer;
let w: World;
let lan: Person;
let conversationId: string;
let messageId: string;
let fileId: string;

beforeAll(async () => {
  mail = await startMailServer();
});
afterAll(() => mail.close());

beforeEach(async () => {
  w = await world();
  onTestFinished(() => w.close());
  await connectMailbox(w, mail);
  const places = () => w.gateway.ctx.store.db.selectFrom("place").selectAll().execute();
  await until(async () => (await places()).length > 0, "the first look");
  lan = await w.agent("lan");
  await mail.send({ from: "mai@sen.test", to: ["support@sen.test"], raw: question });
  const { offer } = await lan.hear("offer.made");
  await lan.call("offer.accept", { offerId: offer.id });
  ({ conversationId } = offer);
  const [first] = (await lan.call("conversation.get", { conversationId })).messages;
  messageId = first?.id ?? "";
  fileId = first?.attachments.find((a) => !a.inline)?.mediaId ?? "";
});

const arrivedAt = async (who: string, subject: string): Promise<string> => {
  const found = async () => (await mail.inbox(who)).findLast((raw) => raw.includes(`\nSubject: ${subject}`));
  await until(async () => (await found()) !== undefined, `the letter to ${who}`);
  return (await found())?.replaceAll("=\r\n", "").replaceAll("=\n", "") ?? "";
};
const send = (input: object) =>
  lan.call("message.send", { clientId: crypto.randomUUID(), conversationId, text: "", ...input });

test("a formatted answer to several people quotes what it answers, and what could do harm is taken out of it", async () => {
  const { messages } = await send({
    text: "It left today.",
    letter: {
      to: [{ name: "Mai", address: "mai@sen.test" }],
      cc: [{ name: "", address: "hoa@sen.test" }],
      html: '<p>It <strong>left</strong> today.<img src="x" onerror="alert(1)"><script>alert(1)</script></p>',
      quote: { messageId, how: "reply", intro: "Mai <mai@sen.test> wrote:" },
    },
  });
  const [toMai, toHoa] = [await arrivedAt("mai", "Re: Invoice"), await arrivedAt("hoa", "Re: Invoice")];
  expect(toHoa).toMatch(/^Cc: hoa@sen\.test/im);
  expect(toMai).toContain("<strong>left</strong>");
  expect(toMai).toContain("Mai &lt;mai@sen.test&gt; wrote:");
  expect(toMai).toMatch(/<blockquote type=3D"cite"[\s\S]*<b>invoice<\/b>/);
  expect(toMai).toContain("> Where is my invoice?");
  expect(toMai).not.toMatch(/onerror|script/);
  const cid = /src=3D"cid:([^"]+)"/.exec(toMai)?.[1];
  expect(toMai).toMatch(new RegExp(`^Content-ID:\\s+<${cid}>`, "m"));
  // The words are the agent's alone; the rest is folded.
  expect(messages[0]).toMatchObject({ text: "It left today.", letter: { hasBody: true } });
  const answer = await fetch(`${w.gateway.url}/api/v1/messages/${messages[0]?.id}/body`, {
    headers: { authorization: `Bearer ${lan.token}` },
  });
  expect(JSON.parse(await answer.text()).html).toMatch(/data-quote[\s\S]*src="data:image\/png/);
});

test("the signature stands once between the words and what is quoted, and in the plain words behind its dashes", async () => {
  await lan.call("signature.save", {
    html: "<p><em>Lan</em> at Sen</p><script>alert(1)</script>",
    text: "Lan at Sen",
  });
  await send({
    text: "It left today.",
    letter: {
      subject: "Re: signed",
      html: "<p>It left today.</p>",
      signature: true,
      quote: { messageId, how: "reply", intro: "Mai wrote:" },
    },
  });
  const toMai = await arrivedAt("mai", "Re: signed");
  expect(toMai.match(/<em>Lan<\/em> at Sen/g)).toHaveLength(1);
  expect(toMai).toMatch(/It left today\.<\/p>[\s\S]*<em>Lan<\/em> at Sen[\s\S]*<blockquote type=3D"cite"/);
  expect(toMai).toMatch(
    /It left today\.\s+--(?: |=20)\r?\nLan at Sen\s+Mai wrote:\s+> Where is my invoice\?/,
  );
  expect(toMai).not.toContain("script");
});

test("a letter that is passed on takes its text and its file along, and the customer still waits for an answer", async () => {
  await send({
    mediaIds: [fileId],
    letter: {
      subject: "Fwd: Invoice",
      to: [{ name: "", address: "hoa@sen.test" }],
      quote: { messageId, how: "forward", intro: "Forwarded letter\nFrom: Mai" },
    },
  });
  const toHoa = await arrivedAt("hoa", "Fwd: Invoice");
  expect(toHoa).toMatch(/Forwarded letter\s+From: Mai\s+Where is my invoice\?/);
  expect(toHoa).toContain("filename=order.txt");
  const { conversation } = await lan.call("conversation.get", { conversationId });
  expect(conversation.unansweredSince).not.toBeNull();
});

test("what is no letter of the conversation cannot be quoted, and a draft keeps what is not an address yet", async () => {
  const quote = { messageId: crypto.randomUUID(), how: "reply", intro: "" } as const;
  await expect(send({ text: "x", letter: { quote } })).rejects.toMatchObject({ code: "not_found" });
  const letter = {
    forward: true,
    to: [{ name: "", address: "hoa@se" }],
    cc: [],
    bcc: [],
    html: null,
    quote: true,
  };
  const { draft } = await lan.call("draft.save", { conversationId, text: "", mediaIds: [fileId], letter });
  expect(draft).toMatchObject({ letter, media: [{ name: "order.txt" }] });
  expect((await lan.call("conversation.get", { conversationId })).draft).toEqual(draft);
});
