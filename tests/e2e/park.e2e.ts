import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

/** An agent puts work aside and the customer brings it back; each test goes on where the one before it ended. */
describe("parking in Chromium", () => {
  let product: Product;
  const browsers: Browser[] = [];
  let lan: AgentPage;

  const customer = () => product.facebook.customer({ pageId: product.pageId, name: "Phan Thị Chờ Hàng" });
  let who: ReturnType<typeof customer>;
  const row = () => lan.page.getByRole("option").filter({ hasText: "Phan Thị Chờ Hàng" });

  beforeAll(async () => {
    product = await startProduct();
    const browser = await startBrowser({});
    browsers.push(browser);
    lan = agentPage(await browser.context.newPage(), product.url);
    await lan.logIn("lan", product.password);
    who = customer();
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await product?.close();
  });

  test("by two keys the work is put aside, and the list says when it returns", async () => {
    await lan.available();
    await who.text("Bao giờ có hàng lại ạ?");
    await lan.offer.getByText("Bao giờ có hàng lại ạ?").waitFor();
    await lan.accept();
    await lan.bubble("Bao giờ có hàng lại ạ?").waitFor();
    await lan.press("Escape");
    await lan.press("s");
    const dialog = lan.page.getByRole("dialog", { name: "Tạm gác việc này" });
    await dialog.waitFor();
    await picture(lan.page, "park-dialog");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await lan.page.getByRole("button", { name: /Làm tiếp/ }).waitFor();
    await row()
      .getByText(/Tạm gác, quay lại/)
      .waitFor({ state: "attached" });
    await picture(lan.page, "parked");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
  });

  test("what the customer writes brings it back at once", async () => {
    await who.text("Alo shop ơi");
    await lan.bubble("Alo shop ơi").waitFor();
    await lan.page.getByRole("button", { name: /Làm tiếp/ }).waitFor({ state: "hidden" });
  });

  test("an administrator draws the tree of dispositions", async () => {
    const browser = await startBrowser({});
    browsers.push(browser);
    const page = await browser.context.newPage();
    await page.goto(product.url);
    await page.request.post(`${product.url}/api/v1/sessions`, {
      data: { username: "admin", password: product.password, carry: "cookie" },
      headers: { origin: product.url },
    });
    await page.goto(`${product.url}/#/settings/queues`);
    await page.reload();
    await page.getByRole("button", { name: "Sửa" }).first().click();
    await page.getByRole("tab", { name: "Xử lý sau" }).click();
    await page.getByRole("button", { name: "Thêm kết quả" }).waitFor();
    await picture(page, "queue-wrap-up");
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
