import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

const looks = [
  { look: "light", dark: false, size: { width: 1280, height: 800 } },
  { look: "dark", dark: true, size: { width: 1280, height: 800 } },
  { look: "light-wide", dark: false, size: { width: 1920, height: 1080 } },
  { look: "dark-wide", dark: true, size: { width: 1920, height: 1080 } },
] as const;

/** A supervisor sees two wait, lets the later one go first and gives it to an agent; each test goes on where the one before it ended. */
describe("a supervisor at the live floor in Chromium", () => {
  let product: Product;
  const browsers: Browser[] = [];
  let ha: AgentPage;
  let lan: AgentPage;

  const enter = async (username: string, o: Parameters<typeof startBrowser>[0] = {}) => {
    const browser = await startBrowser(o);
    browsers.push(browser);
    const agent = agentPage(await browser.context.newPage(), product.url);
    await agent.logIn(username, product.password);
    return agent;
  };
  const waiting = (name: string) => ha.page.getByRole("option").filter({ hasText: name });

  beforeAll(async () => {
    product = await startProduct();
    ha = await enter("ha");
    lan = await enter("lan");
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await product?.close();
  });

  test("sees who waits, since when and why nobody has it", async () => {
    await ha.press("g", "f");
    const queue = ha.page.getByRole("row", { name: /Chăm sóc khách hàng/ });
    await queue.waitFor();
    for (const name of ["Phan Thị Đến Trước", "Võ Văn Đến Sau"])
      await product.facebook.customer({ pageId: product.pageId, name }).text("Có ai không ạ?");
    await queue.getByRole("button", { name: "Chăm sóc khách hàng", exact: true }).click();
    await waiting("Phan Thị Đến Trước").getByText("Không ai sẵn sàng").waitFor();
    await waiting("Võ Văn Đến Sau").waitFor();
    expect(await accessibilityFaults(ha.page)).toEqual([]);
  });

  test("prioritises the later one by a key: it goes to the head of the line", async () => {
    await waiting("Võ Văn Đến Sau").click();
    await ha.press("u");
    await waiting("Võ Văn Đến Sau").getByText("Ưu tiên").waitFor();
    const line = ha.page.getByRole("listbox", { name: /Đang chờ/ });
    await expect.poll(() => line.getByRole("option").first().textContent()).toContain("Võ Văn Đến Sau");
    await picture(ha.page, "floor-line");
  });

  test("assigns it to an agent, who is asked with the supervisor's words", async () => {
    await lan.available();
    // The router offers the head of the line at once; what she declines is then given to her by name.
    await lan.offer.getByRole("heading", { name: "Võ Văn Đến Sau" }).waitFor();
    await lan.accept();
    await lan.offer.getByRole("heading", { name: "Phan Thị Đến Trước" }).waitFor();
    // Out of the composer first: there no key answers an offer.
    await lan.press("Escape", "Escape");
    await waiting("Phan Thị Đến Trước").click();
    await ha.press("x");
    const dialog = ha.page.getByRole("dialog", { name: "Giao hoặc chuyển" });
    await dialog.getByRole("combobox").filter({ hasText: "(Sẵn sàng)" }).waitFor();
    await dialog.getByRole("textbox", { name: "Lời nhắn" }).fill("Lan gọi lại giúp chị");
    expect(await accessibilityFaults(ha.page)).toEqual([]);
    await dialog.getByRole("button", { name: "Giao hoặc chuyển" }).click();
    await dialog.waitFor({ state: "hidden" });
    await lan.offer.getByText("Lan gọi lại giúp chị").waitFor();
    await lan.accept();
    await ha.page.getByText("Không ai phải chờ").waitFor();
  });

  test("sends the agent on a break, who reads why", async () => {
    await ha.page.getByRole("listbox", { name: "Tổng đài viên" }).getByRole("option").first().click();
    await ha.page.getByRole("button", { name: "Đổi trạng thái", exact: true }).click();
    await ha.page.getByRole("menuitemcheckbox", { name: "Đang bận" }).click();
    await ha.page.getByRole("textbox", { name: /Lý do/ }).fill("Làm nốt hai việc này nhé");
    await ha.press("Enter");
    await lan.page.getByText("Làm nốt hai việc này nhé").waitFor();
    await picture(lan.page, "floor-told");
  });

  test.each(looks)("$look", async ({ look, dark, size }) => {
    const customer = product.facebook.customer({ pageId: product.pageId, name: `Khách ${look}` });
    await customer.text("Em hỏi chút ạ");
    const boss = await enter("ha", { dark, ...size });
    await boss.press("g", "f");
    await boss.page
      .getByRole("row", { name: /Chăm sóc khách hàng/ })
      .getByRole("button", { name: "Chăm sóc khách hàng", exact: true })
      .click();
    await boss.page
      .getByRole("option")
      .filter({ hasText: `Khách ${look}` })
      .waitFor();
    await picture(boss.page, `floor-${look}`);
    expect(await accessibilityFaults(boss.page)).toEqual([]);
    await boss.press("Shift+F");
    await boss.page.getByRole("button", { name: "Thoát toàn màn hình" }).waitFor();
    await picture(boss.page, `floor-wall-${look}`);
    expect(await accessibilityFaults(boss.page)).toEqual([]);
  });
});
