import { afterAll, beforeAll, expect, test } from "vitest";
import { readLetter } from "../simulators/mail/mime.ts";
import { until } from "../support/until.ts";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

const MAI = "mai.pham@khach.test";
const HANG = "hang.dinh@khach.test";

let product: Product;
let browser: Browser;
let lan: AgentPage;

const arrived = (who: string) =>
  product.email
    .letters(who)
    .filter((each) => !each.mine)
    .map((each) => readLetter(each.raw));

beforeAll(async () => {
  product = await startProduct();
  browser = await startBrowser({});
  lan = agentPage(await browser.context.newPage(), product.url);
  await lan.logIn("lan", product.password);
  await lan.available();
  product.email.write({
    from: { name: "Phạm Thị Mai", address: MAI },
    to: "hotro@senviet.test",
    subject: "Hoá đơn tháng 10",
    text: "Cho tôi xin hoá đơn tháng 10.",
    files: [],
  });
  await lan.offer.getByText("Cho tôi xin hoá đơn tháng 10.").waitFor();
  await lan.accept();
});
afterAll(async () => {
  await browser?.close();
  await product?.close();
});

test("a formatted answer with a copy is typed by keys alone, and arrives in both mailboxes", async () => {
  const { page } = lan;
  await page.getByRole("toolbar", { name: "Định dạng chữ" }).waitFor();
  await lan.press("Control+b");
  await lan.type("Chào chị Mai");
  await lan.press("Control+b", "Enter");
  await lan.type("- Hoá đơn đây ạ");
  await page.getByRole("button", { name: "Cc Bcc" }).click();
  await page.getByRole("combobox", { name: "Cc", exact: true }).fill(`${HANG},`);
  await picture(page, "letter-composer");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("combobox", { name: "Cc", exact: true }).press("Control+Enter");
  await until(() => arrived(MAI).length > 0 && arrived(HANG).length > 0, "the letter and its copy");
  const [answer] = arrived(MAI);
  expect(answer?.subject).toBe("Re: Hoá đơn tháng 10");
  expect(answer?.text).toMatch(/^Chào chị Mai\n- Hoá đơn đây ạ\n\nVào .* đã viết:\n> Cho tôi xin/);
  await picture(page, "letter-thread");
});

test("a letter is passed on by one key and asks for somebody first", async () => {
  const { page } = lan;
  await page.getByRole("region", { name: "Tin nhắn" }).focus();
  await lan.press("f");
  await page.getByRole("combobox", { name: "Đến" }).and(page.locator(":focus")).waitFor();
  await page.getByRole("button", { name: "Xem phần trích dẫn" }).click();
  await picture(page, "letter-forward");
  expect(await accessibilityFaults(page)).toEqual([]);
});

test("a signature is written in the settings, and the next letter shows it folded below its words", async () => {
  const { page } = lan;
  await page.goto(`${product.url}/#/settings/signature`);
  await page.getByRole("button", { name: "Soạn chữ ký" }).click();
  await page.getByRole("textbox", { name: "Nội dung chữ ký" }).waitFor();
  await lan.press("Control+b");
  await lan.type("Nguyễn Thị Lan");
  await lan.press("Control+b", "Enter");
  await lan.type("Sen Việt, 0901 234 567");
  await picture(page, "signature-dialog");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Lưu" }).click();
  await page.getByRole("button", { name: "Sửa chữ ký" }).waitFor();
  await picture(page, "signature-own");
  await page.goBack();
  await page.getByRole("button", { name: "Xem chữ ký" }).click();
  await page.getByRole("region", { name: "Chữ ký" }).waitFor();
  await picture(page, "signature-composer");
  expect(await accessibilityFaults(page)).toEqual([]);
});
