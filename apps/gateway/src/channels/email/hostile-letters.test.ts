import { describe, expect, it } from "vitest";
import { head, plain, read } from "./testing/read-letter.ts";

const many = (count: number): string => Array.from({ length: count }, (_, i) => `<r${i}@x.vn>`).join("\n ");

describe("letters that somebody has made to hurt", () => {
  it("look for their thread by a handful of ids, however many they name", async () => {
    const mail = await read(plain("x", `In-Reply-To: ${many(500)}\nReferences: ${many(10_000)}\n`));
    expect(mail.answers.length).toBeLessThanOrEqual(60);
    expect(mail.answers).toContain("r9999@x.vn");
    expect(mail.references.length).toBeLessThanOrEqual(40);
    expect(mail.references[0]).toBe("r0@x.vn");
    expect(mail.references.at(-1)).toBe("r9999@x.vn");
  });

  it("have ids that every database takes", async () => {
    const mail = await read(
      plain("x", "In-Reply-To: <a\u0000b@x>\nReferences: <a\u0000b@x>\n").replace("<m1@", "<m\u00001@"),
    );
    expect([mail.id, mail.references, mail.answers]).toEqual(["m1@example.vn", ["ab@x"], ["ab@x", "ab@x"]]);
  });

  it("speak for nobody by our own address when the server that took them says that it is not ours to say", async () => {
    const own = plain("Đã hoàn tiền")
      .replace("mai@example.vn>", "support@sen.vn>")
      .replace("To: support@", "To: mai@");
    expect((await read(own)).event?.kind).toBe("echo");
    const results = (verdict: string) =>
      `Authentication-Results: mx.sen.vn;\n spf=fail; dmarc=${verdict} (p=none)\n`;
    expect((await read(results("pass") + own)).event?.kind).toBe("echo");
    const forged = await read(results("fail") + own);
    expect(forged.event?.kind).toBe("message");
    expect(forged.automatic).toBe("own address");
    expect(forged.event).toMatchObject({ letter: { isForged: true } });
    expect((await read(results("pass") + plain("x"))).event).toMatchObject({ letter: { isForged: false } });
    expect((await read(results("pass") + results("fail") + own)).event?.kind).toBe("echo");
  });

  it("turn no name round to look like another address", async () => {
    const from = "From: =?utf-8?q?=E2=80=AEnv.nes@troppus=E2=80=AC?= <evil@x.vn>";
    const mail = await read(plain("x").replace("From: Mai <mai@example.vn>", from));
    expect(mail.from).toEqual({ name: "nv.nes@troppus", address: "evil@x.vn" });
  });

  it("cost no more than others, however deep their tags lie, and lose no word", async () => {
    const deep = `${head()}Content-Type: text/html; charset=utf-8\n\n${"<div>".repeat(100_000)}chào<b>bạn</b>\n`;
    const mail = await read(deep);
    expect(mail.text).toBe("chàobạn");
    expect(mail.html?.length).toBeLessThan(5_000);
    expect(mail.attachments).toEqual([]);
  });
});
