import { describe, expect, it } from "vitest";
import { parseBody } from "./parse.ts";
import { plusAddress } from "./reply-token.ts";
import { PROOF_HEADER, proofFor } from "./report-proof.ts";
import { head, KEY, plain, read } from "./testing/read-letter.ts";

const CONVERSATION = "01900000-0000-7000-8000-000000000001";
const latin = (text: string): Buffer => Buffer.from(text.replaceAll("\n", "\r\n"), "latin1");

describe("letters as the world sends them", () => {
  it("find their thread whatever became of their references", async () => {
    const mail = await read(
      plain("x", "In-Reply-To: your mail of <a@y> (today)\nReferences: <r1@y> <r2@y>,<r3@y>\n"),
    );
    expect(mail.answers).toEqual(["a@y", "r3@y", "r2@y", "r1@y"]);
    expect(mail.references).toEqual(["r1@y", "r2@y", "r3@y"]);
  });

  it("without an id of their own are told apart by all that they are", async () => {
    const one = await read(plain("một").replace("Message-ID: <m1@example.vn>\n", ""));
    const two = await read(plain("hai").replace("Message-ID: <m1@example.vn>\n", ""));
    expect(one.id).toMatch(/^sha256-[0-9a-f]{40}$/);
    expect(one.id).not.toBe(two.id);
  });

  it("show their conversation by the address that they came to, and by no guess", async () => {
    const good = plusAddress(KEY, "support@sen.vn", CONVERSATION) ?? "";
    expect((await read(plain("x", `Delivered-To: ${good}\n`))).conversationId).toBe(CONVERSATION);
    const guess = good.replace(/.@/, good.includes("0@") ? "1@" : "0@");
    expect((await read(plain("x", `Delivered-To: ${guess}\n`))).conversationId).toBeNull();
  });

  it.each([
    ["From: <>", "unknown@invalid"],
    ["From: undisclosed-recipients:;", "unknown@invalid"],
    ["From: broken (x <mai@example.vn", "mai@example.vn"],
    ["X-Nothing: 1", "unknown@invalid"],
  ])("have a sender: %s", async (from, address) => {
    const mail = await read(plain("x").replace("From: Mai <mai@example.vn>", from));
    expect(mail.from.address).toBe(address);
  });

  it("from a form on a web page are from the person that it names", async () => {
    const raw = plain("Giá bao nhiêu?", "Reply-To: Lan <lan@example.vn>\n").replace(
      "mai@example.vn>",
      "no-reply@shop.vn>",
    );
    const mail = await read(raw);
    expect([mail.from.address, mail.automatic]).toEqual(["lan@example.vn", null]);
    const without = await read(plain("x").replace("mai@example.vn>", "no-reply@shop.vn>"));
    expect(without.automatic).toBe("nobody's address");
  });

  it("in old alphabets are read, and composed", async () => {
    const cp1258 = latin(
      `${head()}Content-Type: text/plain; charset=windows-1258\nContent-Transfer-Encoding: 8bit\n\nTi\xeaìng Vi\xea\xf2t\n`.replace(
        "\xeaì",
        "\xea\xec",
      ),
    );
    const text = (await read(cp1258)).text;
    expect(text).toBe(text.normalize("NFC"));
    expect(text).toBe("Tiếng Việt");
    const japanese = Buffer.from([0x1b, 0x24, 0x42, 0x25, 0x46, 0x1b, 0x28, 0x42]);
    const jis = Buffer.concat([
      latin(`${head()}Content-Type: text/plain; charset=iso-2022-jp\n\n`),
      japanese,
    ]);
    expect((await read(jis)).text).toBe("テ");
    expect((await read(plain("Chào").replace("utf-8", "x-no-such-thing"))).text).toContain("Ch");
  });

  it("whose formatted part names its alphabet only in itself are read", async () => {
    const html = '<html><head><meta charset="windows-1258"></head><body>Ti\xea\xecng</body></html>';
    const mail = await read(
      latin(`${head()}Content-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n${html}\n`),
    );
    expect(mail.html).toContain("Tiếng");
  });

  it("whose words are formatted only have them to be searched for, also beside a file", async () => {
    const html = "<p>Xin <b>chào</b></p>";
    const alone = `${head()}Content-Type: text/html; charset=utf-8\n\n${html}\n`;
    const beside = (body: string): string =>
      `${head()}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n${body}\n--b\nContent-Type: text/csv; name=a.csv\n\n1\n--b--\n`;
    for (const raw of [alone, beside(html)]) expect((await read(raw)).text).toBe("Xin chào");
    expect((await read(beside("<p></p>"))).text).toBe("");
  });

  it("whose words are formatted only say what their pictures say, and not where these lie", async () => {
    const html = `<p>Xin chào</p><p><img src="https://t.example/logo.png?a=1&amp;b=2" alt="Sen Việt"></p>
<p>Đơn của chị <a href="https://sen.vn/don">ở đây</a></p><p><a href="https://t.example/c"><img src="https://t.example/b.png"></a></p>
<p><a href="https://sen.vn/mua"><img src="https://t.example/m.png" alt="Mua"></a> <img src="cid:x@y"> hết</p><img src="https://t.example/o.gif?id=9" width="1" height="1">`;
    const { text } = await read(`${head()}Content-Type: text/html; charset=utf-8\n\n${html}\n`);
    expect(text).toBe(
      "Xin chào\n\nSen Việt\n\nĐơn của chị ở đây [https://sen.vn/don]\n\nMua [https://sen.vn/mua] hết",
    );
  });

  it("without a boundary, or with one that never ends, show what they say", async () => {
    expect((await read(`${head()}Content-Type: multipart/mixed\n\nXin chào\n`)).text).toContain("Xin chào");
    const open = `${head()}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nXin chào\n`;
    expect((await read(open)).text).toBe("Xin chào");
  });

  it("fold what they quote, and lose nothing of it", async () => {
    const mail = await read(
      plain("Được rồi em.\n\nVào Th 6, 20 thg 11, 2026 vào lúc\n09:00 Sen <s@sen.vn> đã viết:\n> Dạ"),
    );
    expect(mail.text).toBe("Được rồi em.");
    expect(mail.quoted).toContain("> Dạ");
  });

  it("that would harm their reader are shown harmless, with the pictures that they brought", async () => {
    const html = `<p onclick="x()">Chào <a href="javascript:x()">đây</a></p><script>x()</script><form action="https://e.vn"><input></form>
<img src="CID:Logo%40x"><img src="https://t.example/p.gif"><img src="x" onerror="x()"><iframe src="https://e.vn"></iframe>
<div style="position:fixed;color:red" class="gmail_quote">cũ</div>`;
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]).toString("base64");
    const raw = `${head()}Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n${html}\n--b\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\n${png}\n--b--\n`;
    const { html: clean, attachments } = await read(raw);
    expect(clean).not.toMatch(/script|onclick|onerror|javascript|form|iframe|position/);
    expect(clean).toContain(`src="kept:${attachments[0]?.file.hash}"`);
    expect(clean).toContain('src="https://t.example/p.gif"');
    expect(clean).toMatch(/<div style="color:red" data-quote[^>]*>cũ/);
    expect(attachments[0]).toMatchObject({ kind: "image", isInline: true });
  });

  it("keep every file, under a name that can do no harm", async () => {
    const part = (headers: string, body = "x"): string => `--b\n${headers}\n\n${body}\n`;
    const raw = `${head()}Content-Type: multipart/mixed; boundary=b\n\n${[
      part("Content-Type: application/ms-tnef; name=winmail.dat"),
      part("Content-Type: message/rfc822", "From: a@b.vn\n\nhi"),
      part("Content-Type: text/calendar; name=hop.ics"),
      part(
        'Content-Type: application/pdf\nContent-Disposition: attachment; filename="../../etc/hoa\u202edon.pdf"',
      ),
      part('Content-Type: application/pdf\nContent-Disposition: attachment; filename=""'),
    ].join("")}--b--\n`;
    const { attachments } = await read(raw);
    expect(attachments.map((a) => a.name)).toEqual([
      "winmail.dat",
      "file-2.eml",
      "hop.ics",
      "hoadon.pdf",
      "file-5.pdf",
    ]);
    expect(attachments[0]?.title).toContain("TNEF");
  });

  it("that bring a file as quoted-printable bring it to the byte", async () => {
    const raw = `${head()}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/xml; name=a.xml\nContent-Disposition: attachment\nContent-Transfer-Encoding: quoted-printable\n\n<a>=C3=A0=0D=0A</a>=\n\n--b--\n`;
    const { attachments, files } = await read(raw);
    expect(files.kept.get(attachments[0]?.file.hash ?? "")?.toString("utf8")).toBe("<a>à\r\n</a>");
  });

  it("of thousands of parts, or nested beyond reason, cost no more than others", async () => {
    const many = `${head()}Content-Type: multipart/mixed; boundary=b\n\n${"--b\nContent-Type: application/x\n\nx\n".repeat(1_000)}--b--\n`;
    const { attachments, from } = await read(many);
    expect([attachments.map((a) => a.name), from.address]).toEqual([["letter.eml"], "mai@example.vn"]);
    let deep = "Content-Type: text/plain\n\nđáy\n";
    for (let i = 0; i < 200; i++)
      deep = `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n${deep}--b${i}--\n`;
    expect((await read(head() + deep)).from.address).toBe("mai@example.vn");
  });

  it("that report a delay are letters, that report a failure are its news", async () => {
    const ours = (id: string): string => `${PROOF_HEADER}: ${proofFor(KEY, id)}\n`;
    const report = (action: string, status: string, proof = ours("ours@sen.vn")): string =>
      `${head("Auto-Submitted: auto-replied\n")}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nhm\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; lan@x.vn\nAction: ${action}\nStatus: ${status}\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@sen.vn>\n${proof}\n--b--\n`;
    const [failed] = parseBody(await read(report("failed", "5.1.1")));
    expect(failed?.event).toMatchObject({
      kind: "undelivered",
      externalIds: ["ours@sen.vn"],
      code: "recipient_unknown",
    });
    // Whoever has seen an answer to a letter knows its id.
    for (const proof of ["", ours("other@sen.vn"), `\n${ours("ours@sen.vn")}`]) {
      const [forged] = parseBody(await read(report("failed", "5.1.1", proof)));
      expect(forged?.event).toMatchObject({ kind: "message", letter: { answers: ["ours@sen.vn"] } });
    }
    const [delayed] = parseBody(await read(report("delayed", "4.4.1")));
    expect(delayed?.event).toMatchObject({ kind: "message", letter: { automatic: "auto-submitted" } });
  });
});
