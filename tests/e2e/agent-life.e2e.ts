import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

/** A day with a break, a sign-off in the middle of a talk, and an agent who vanishes; each test goes on where the last ended. */
describe("an agent's day in Chromium", () => {
  let product: Product;
  const browsers: Browser[] = [];
  let lan: AgentPage;
  let minh: AgentPage;
  let ha: AgentPage;

  const enter = async (username: string, o: Parameters<typeof startBrowser>[0] = {}) => {
    const browser = await startBrowser(o);
    browsers.push(browser);
    const agent = agentPage(await browser.context.newPage(), product.url);
    await agent.logIn(username, product.password);
    return agent;
  };
  const state = (p: AgentPage) => p.page.getByRole("button", { name: /Trạng thái của bạn/ });

  beforeAll(async () => {
    product = await startProduct();
    lan = await enter("lan");
    ha = await enter("ha", { dark: true });
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await product?.close();
  });

  test("the administrator adds a reason with a longest time, by keys", async () => {
    const browser = await startBrowser({});
    browsers.push(browser);
    const page = await browser.context.newPage();
    await page.goto(product.url);
    await page.getByLabel("Tên đăng nhập").fill("admin");
    await page.getByLabel("Mật khẩu", { exact: true }).fill(product.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Cài đặt" }).waitFor();
    await page.getByRole("button", { name: "Trạng thái" }).click();
    await page.getByRole("button", { name: "Thêm lý do" }).click();
    await page.keyboard.type("Uống nước");
    await page.getByRole("textbox", { name: "Tối đa" }).fill("10");
    await picture(page, "states-reason");
    await page.keyboard.press("Enter");
    await page.getByText("Tối đa 10 phút").waitFor();
    await picture(page, "states-rules");
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test("the agent goes on that break from the menu and reads the own day", async () => {
    await lan.available();
    await lan.press("p");
    await lan.page.getByRole("menuitem", { name: "Tạm vắng" }).click();
    await picture(lan.page, "states-menu");
    await lan.page.getByRole("menuitemcheckbox", { name: /Uống nước/ }).click();
    await expect.poll(() => state(lan).textContent()).toContain("Uống nước");
    await lan.press("p");
    await lan.page.getByRole("menuitem", { name: "Ngày làm việc của tôi" }).click();
    const day = lan.page.getByRole("dialog", { name: "Ngày làm việc của tôi" });
    await day.getByRole("listitem").filter({ hasText: "Uống nước" }).waitFor();
    await picture(lan.page, "states-day");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.press("Escape");
  });

  test("signing off in the middle of a talk asks; handed back, it waits for somebody else", async () => {
    await lan.press("Escape");
    await lan.press("Shift+P");
    await product.facebook
      .customer({ pageId: product.pageId, name: "Bùi Thị Dở Dang" })
      .text("Cho chị hỏi đơn hàng");
    await lan.offer.getByRole("heading", { name: "Bùi Thị Dở Dang" }).waitFor();
    await lan.accept();
    await lan.press("Escape", "p");
    await lan.page.getByRole("menuitemcheckbox", { name: /^Ngoại tuyến/ }).click();
    const dialog = lan.page.getByRole("dialog", { name: "Việc chưa xong thì sao?" });
    await dialog.getByRole("listitem").filter({ hasText: "Bùi Thị Dở Dang" }).waitFor();
    await picture(lan.page, "sign-off");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await state(lan).and(lan.page.locator(":focus")).waitFor();
    await lan.press("p");
    await lan.page.getByRole("menuitemcheckbox", { name: /^Ngoại tuyến/ }).click();
    await dialog.getByRole("radio", { name: "Trả lại hàng chờ" }).press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => state(lan).textContent()).toContain("Ngoại tuyến");
    minh = await enter("minh");
    await minh.available();
    await minh.offer.getByRole("heading", { name: "Bùi Thị Dở Dang" }).waitFor();
    await minh.accept();
  });

  test("the supervisor opens an agent's day from the row", async () => {
    await ha.press("g", "f");
    const agents = ha.page.getByRole("listbox", { name: "Tổng đài viên" });
    await agents.getByRole("option").first().click();
    await ha.press("Enter");
    const day = ha.page.getByRole("dialog", { name: /Hôm nay của/ });
    await day.getByRole("listitem").first().waitFor();
    await picture(ha.page, "states-day-floor");
    expect(await accessibilityFaults(ha.page)).toEqual([]);
    await ha.press("Escape");
  });

  test("an agent vanishes: the supervisor reads who, since when and what became of the work", {
    timeout: 90_000,
  }, async () => {
    await minh.page.context().close();
    await ha.page.getByRole("button", { name: /Thông báo: 1 mới/ }).click({ timeout: 70_000 });
    const notices = ha.page.getByRole("list", { name: "Thông báo hôm nay" });
    await notices.getByText(/mất kết nối/).waitFor();
    await notices.getByRole("button", { name: /Bùi Thị Dở Dang/ }).waitFor();
    await picture(ha.page, "floor-notices");
    expect(await accessibilityFaults(ha.page)).toEqual([]);
  });
});
