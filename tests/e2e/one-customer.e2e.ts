import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Customer } from "../simulators/zalo/index.ts";
import { directoryOf } from "../support/directory.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { letter, mailboxConfig } from "../support/mailbox.ts";
import { personAt } from "../support/person.ts";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

const NAME = "Tạ Thị Ngọc Mai";
const PHONE = "84905117882";
const ADDRESS = "mai@sen.test";
const DAY_MS = 24 * 3_600_000;

/** One person on three channels, and one agent to whom she is one person. Each test goes on where the one before it ended. */
describe("one customer on three channels", () => {
  let product: Product;
  let mail: MailServer;
  let browser: Browser;
  let lan: AgentPage;
  let mai: Customer;

  beforeAll(async () => {
    [product, mail] = await Promise.all([startProduct(), startMailServer()]);
    await connectMailbox(product, mail);
    browser = await startBrowser();
    lan = agentPage(await browser.context.newPage(), product.url);
    await lan.logIn("lan", product.password);
    await lan.available();
    mai = product.zalo.customer({ oaId: product.oaId, name: NAME, phone: PHONE });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
    await mail?.close();
  });

  const card = () => lan.page.getByRole("region", { name: "Thông tin khách" });
  const timeline = () => card().getByRole("region", { name: "Dòng thời gian" });
  const row = (text: string) => timeline().getByRole("button").filter({ hasText: text });
  const address = (text: string) =>
    card().getByRole("region", { name: "Địa chỉ liên hệ" }).getByRole("listitem").filter({ hasText: text });
  const received = () => mai.transcript().messages.filter((m) => m.from === "oa");
  const texts = () => product.sms.texts(`+${PHONE}`).filter((t) => t.direction === "to");
  const take = async (text: string) => {
    await lan.offer.getByText(text).waitFor();
    await lan.press("a");
    await lan.bubble(text).waitFor();
  };
  const answer = async (text: string) => {
    await lan.say(text);
    await lan.press("Escape");
  };
  const suggestion = () => card().getByRole("region", { name: "Có thể là cùng một người" });
  const link = async () => {
    await lan.tabTo(suggestion().getByRole("button", { name: "Gộp" }));
    await lan.press("Enter");
    await suggestion().waitFor({ state: "detached" });
  };

  test("she writes by Zalo, shares her number, and is answered there", async () => {
    await mai.text("Chị ơi, bình gốm em đặt tuần trước giao chưa ạ?");
    await take("bình gốm em đặt");
    await mai.submitInfo();
    await mai.text(`Có gì chị viết thư cho em: ${ADDRESS}`);
    await lan.bubble("Có gì chị viết thư").waitFor();
    await answer("Dạ em kiểm tra đơn ngay ạ.");
    await expect.poll(() => received().map((m) => m.text)).toEqual(["Dạ em kiểm tra đơn ngay ạ."]);
    await row("bình gốm em đặt").waitFor();
  });

  test("a text from that number is suggested to be hers, with the reason, and once linked it is one person's", async () => {
    await product.sms.write({
      from: `+${PHONE}`,
      to: product.number,
      text: "Em Mai day, chieu nay em co nha",
    });
    await take("chieu nay em co nha");
    await suggestion().getByText(`Có thể là cùng một người với ${NAME}`).waitFor();
    await suggestion()
      .getByText(/^Số .+: là địa chỉ liên hệ; bên kia khách nhắn$/)
      .waitFor();
    await picture(lan.page, "one-customer-suggestion");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await link();
    await lan.page.getByRole("main").getByRole("heading", { level: 2, name: NAME }).waitFor();
    await address(NAME).waitFor();
    await address("0905 *** 882").waitFor();
    await row("bình gốm em đặt").getByRole("img", { name: "Zalo" }).waitFor();
    await row("chieu nay em co nha").getByRole("img", { name: "SMS" }).waitFor();
    await answer("Da chieu nay shop giao a.");
    await expect.poll(() => texts().map((t) => t.text)).toEqual(["Da chieu nay shop giao a."]);
    await picture(lan.page, "one-customer-two-channels");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
  });

  test("a letter proves nobody: who wrote it is suggested with the reason, linked, taken out again and linked again", async () => {
    await mail.send({
      from: ADDRESS,
      to: ["support@sen.test"],
      raw: letter({ from: `Ngoc Mai <${ADDRESS}>`, subject: "Hoa don", text: "Nhờ shop gửi em hoá đơn đỏ." }),
    });
    await take("hoá đơn đỏ");
    await suggestion()
      .getByText(/^E-mail .+: là địa chỉ liên hệ; bên kia khách nhắn$/)
      .waitFor();
    await link();
    await address("0905 *** 882").waitFor();
    for (const [text, channel] of [
      ["bình gốm em đặt", "Zalo"],
      ["chieu nay em co nha", "SMS"],
      ["hoá đơn đỏ", "E-mail"],
    ] as const)
      await row(text).getByRole("img", { name: channel }).waitFor();

    const takeOut = card().getByRole("button", { name: /^Tách .+@sen.test/ });
    await lan.tabTo(takeOut);
    await lan.press("Enter");
    await address("0905 *** 882").waitFor({ state: "detached" });
    await row("bình gốm em đặt").waitFor({ state: "detached" });
    await lan.page.getByRole("button", { name: "Hoàn tác" }).first().click();
    await address("0905 *** 882").waitFor();
    await row("bình gốm em đặt").waitFor();
    await picture(lan.page, "one-customer-timeline");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
  });

  test("the letter is answered by letter", async () => {
    await lan.sayByLetter("Dạ hoá đơn em gửi kèm thư sau ạ.");
    await expect.poll(async () => (await mail.inbox("mai")).length, { timeout: 15_000 }).toBe(1);
    expect(received()).toHaveLength(1);
    expect(texts()).toHaveLength(1);
  });

  test("when Zalo takes no answer any more, the answer goes by text", async () => {
    product.zalo.timeTravel(8 * DAY_MS);
    await row("bình gốm em đặt").click();
    await lan.bubble("bình gốm em đặt").waitFor();
    await answer("Đơn của chị đang trên đường ạ.");
    const way = lan.page.getByRole("main").getByRole("button", { name: "Trả lời qua kênh khác" });
    await way.waitFor();
    expect(received()).toHaveLength(1);
    await picture(lan.page, "one-customer-shut");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.tabTo(way);
    await lan.press("Enter");
    await lan.page.getByRole("menuitem", { name: /0905/ }).waitFor();
    await picture(lan.page, "one-customer-ways");
    await lan.page.getByRole("menuitem", { name: /0905/ }).press("Enter");
    await lan.bubble("chieu nay em co nha").waitFor();
    await answer("Don cua chi dang tren duong a.");
    await expect.poll(() => texts().map((t) => t.text)).toContain("Don cua chi dang tren duong a.");
  });

  test("somebody who has never written is written to first, by key, number and one Enter", async () => {
    await lan.press("Escape");
    await lan.press("Shift+n");
    const dialog = lan.page.getByRole("dialog", { name: "Hội thoại mới" });
    await dialog.waitFor();
    await lan.page.keyboard.type("0163 234 5678");
    await lan.page.getByRole("option", { name: "Nhắn tới 0332 345 678" }).waitFor();
    await lan.press("Enter");
    await dialog.getByRole("textbox", { name: /Nội dung/ }).fill("Don hang cua anh da toi a.");
    await picture(lan.page, "one-customer-begin");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await dialog.getByRole("button", { name: "Gửi" }).click();
    await lan.bubble("Don hang cua anh da toi a.").waitFor();
    const sent = () => product.sms.texts("+84332345678").filter((t) => t.direction === "to");
    await expect.poll(() => sent().map((t) => t.text)).toEqual(["Don hang cua anh da toi a."]);
  });
});

async function connectMailbox({ url, password }: Product, mail: MailServer): Promise<void> {
  const admin = await personAt(url, { username: "admin", password, connect: false });
  const { queues } = directoryOf(await admin.connect());
  await admin.call("channel_account.save", {
    id: null,
    channel: "email",
    name: "Hộp thư Sen Việt",
    queueId: queues[0]?.id ?? "",
    enabled: true,
    config: mailboxConfig(mail, "support"),
  });
  admin.disconnect();
}
