import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

const WORDS = {
  Messenger: "Em hỏi qua Messenger ạ",
  "E-mail": "Em hỏi qua thư ạ",
  Zalo: "Em hỏi qua Zalo ạ",
  "Tin nhắn": "Em hoi qua tin nhan a",
} as const;

/** The page that `npm start` prints for whoever plays the customer. */
describe("the customer's page for all channels", () => {
  let product: Product;
  let browsers: Browser[] = [];
  let lan: AgentPage;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct();
    browsers = [await startBrowser(), await startBrowser()];
    const [agents, customers] = browsers;
    if (!agents || !customers) throw new Error("no browser");
    lan = agentPage(await agents.context.newPage(), product.url);
    await lan.logIn("lan", product.password);
    await lan.available();
    page = await customers.context.newPage();
    await page.goto(product.customerUrl);
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await product?.close();
  });

  const column = (channel: string, who = "Phạm Thị Mai"): FrameLocator =>
    page.frameLocator(`iframe[title="${channel}: ${who}"]`);
  const box = (frame: FrameLocator) => frame.locator("textarea");
  const said = (frame: FrameLocator, text: string) => frame.getByRole("listitem").filter({ hasText: text });

  test.each(Object.entries(WORDS))(
    "what is written in the column of %s comes to the desk, and the answer comes back into it",
    async (channel, text) => {
      const frame = column(channel);
      await box(frame).fill(text);
      await frame.getByRole("button", { name: /^(Gửi|Gửi Thích)$/ }).click();
      await said(frame, text).waitFor();
      await lan.offer.getByText(text).waitFor();
      await lan.press("a");
      await lan.bubble(text).waitFor();
      await (channel === "E-mail" ? lan.sayByLetter : lan.say)(`Da em nghe, ${channel}`);
      await lan.press("Escape");
      await said(frame, `Da em nghe, ${channel}`).waitFor();
      // Nobody carries as many talks at once as there are channels.
      await lan.press("e");
      const dialog = lan.page.getByRole("dialog", { name: /Xử lý sau/ });
      await dialog.getByRole("option", { selected: true }).waitFor();
      await lan.press("ArrowDown", "ArrowDown", "Enter");
      await dialog.waitFor({ state: "hidden" });
    },
  );

  test("it can be read by everybody, in either language", async () => {
    await picture(page, "customer-channels");
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "You are the customer" }).waitFor();
    await column("Text message").getByRole("button", { name: "Controls" }).waitFor();
    await said(column("Zalo"), WORDS.Zalo).getByText("sent").waitFor();
    await picture(page, "customer-channels-en");
    await page.getByRole("button", { name: "Tiếng Việt" }).click();
  });

  test("a column is put away and another person is played beside, and both are so after a reload", async () => {
    const player = (name: string) => page.getByRole("region", { name });
    await page.getByRole("button", { name: "Zalo", pressed: true }).click();
    await column("Zalo").locator("body").waitFor({ state: "detached" });
    await box(column("Messenger")).fill("Chưa gửi");
    await page.getByRole("button", { name: "Thêm người" }).click();
    await player("Trần Văn Minh").waitFor();
    await box(column("Messenger", "Trần Văn Minh")).waitFor();
    expect(await box(column("Messenger")).inputValue()).toBe("Chưa gửi");
    await picture(page, "customer-two");
    await page.reload();
    await box(column("Messenger", "Trần Văn Minh")).waitFor();
    expect(await page.locator("iframe").count()).toBe(4);
    await player("Trần Văn Minh").getByRole("button", { name: "Bỏ Trần Văn Minh" }).click();
    expect(await page.locator("iframe").count()).toBe(3);
  });
});
