import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logIn } from "../support/person.ts";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

/** An administrator sets up a night shift, from the team to the queue; each test goes on where the one before it ended. */
describe("an administrator in Chromium", () => {
  let product: Product;
  let browser: Browser;
  let admin: AgentPage;
  const page = () => admin.page;
  const dialog = () => page().getByRole("dialog");

  async function goTo(section: string): Promise<void> {
    await page()
      .getByRole("navigation", { name: "Cài đặt" })
      .getByRole("button", { name: section, exact: true })
      .click();
    await page().getByRole("heading", { name: section, level: 2 }).waitFor();
  }
  /** Opens a form by its button, and looks whether everybody can use it. */
  async function open(button: string): Promise<Locator> {
    await page().getByRole("button", { name: button }).click();
    await dialog().waitFor();
    expect(await accessibilityFaults(page())).toEqual([]);
    return dialog();
  }
  /** By the key, and the form goes. */
  async function save(): Promise<void> {
    await dialog().getByRole("button", { name: "Lưu" }).press("Enter");
    await dialog().waitFor({ state: "hidden" });
  }

  beforeAll(async () => {
    product = await startProduct();
    browser = await startBrowser();
    admin = agentPage(await browser.context.newPage(), product.url);
    await page().goto(product.url);
    await page().getByLabel("Tên đăng nhập").fill("admin");
    await page().getByRole("textbox", { name: "Mật khẩu" }).fill(product.password);
    await admin.press("Enter");
    await page().getByRole("heading", { name: "Cài đặt" }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  test("makes a team with its lead", async () => {
    await goTo("Đội");
    const form = await open("Thêm đội");
    await form.getByLabel("Tên đội").fill("Ca đêm");
    await form
      .getByRole("group", { name: /^Thành viên/ })
      .getByLabel("Trần Quốc Minh")
      .check();
    await form
      .getByRole("group", { name: /^Đội trưởng/ })
      .getByLabel("Lê Thu Hà")
      .check();
    await save();
    await page().getByText("đội trưởng Lê Thu Hà").waitFor();
    await picture(page(), "admin-team");
  });

  test("makes a role, which stands in the matrix", async () => {
    await goTo("Vai trò");
    const form = await open("Thêm vai trò");
    await form.getByLabel("Tên vai trò").fill("Trưởng ca");
    await form.getByLabel("Nhận việc, trả lời khách").check();
    await form.getByLabel("Xem báo cáo").check();
    await save();
    await page()
      .getByRole("columnheader", { name: /Trưởng ca/ })
      .waitFor();
    await picture(page(), "admin-role");
  });

  test("makes a person with that role in that team, and finds them by typing", async () => {
    await goTo("Nhân viên");
    const form = await open("Thêm nhân viên");
    await form.getByLabel("Họ và tên").fill("Vũ Thị Đêm");
    await form.getByLabel("Tên đăng nhập").fill("dem");
    await form.getByLabel("Tổng đài viên").uncheck();
    await form.getByLabel("Trưởng ca").check();
    await form.getByRole("group", { name: /^Đội/ }).getByLabel("Ca đêm").check();
    await form.getByRole("textbox", { name: "Mật khẩu" }).fill("mot-mat-khau-dai");
    await save();
    await page().getByPlaceholder("Tìm nhân viên").fill("vu thi dem");
    const found = page().getByRole("option");
    await expect.poll(() => found.count()).toBe(1);
    expect(await found.textContent()).toContain("Trưởng ca");
    await picture(page(), "admin-person");
  });

  test("makes a queue for the team, with rules of its own", async () => {
    await goTo("Hàng chờ");
    const form = await open("Thêm hàng chờ");
    await form.getByLabel("Tên hàng chờ").fill("Trực đêm");
    await form.getByRole("group", { name: /^Đội/ }).getByLabel("Ca đêm").check();
    await form.getByRole("tab", { name: "Tìm người" }).click();
    await form.getByRole("radio", { name: /Lần lượt/ }).check();
    await form.getByRole("tab", { name: "Ưu tiên" }).click();
    await form.getByLabel("Điểm sẵn có").fill("20");
    await save();
    await page().getByRole("main").getByText("Trực đêm").waitFor();
    await picture(page(), "admin-queue");
    expect(await accessibilityFaults(page())).toEqual([]);
  });

  test("takes the configuration out as one file, and the audit tells all of it", async () => {
    const { token } = await logIn(product.url, "admin", product.password);
    const answer = await page().request.get(`${product.url}/api/v1/config.json`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status()).toBe(200);
    const { content } = (await answer.json()) as { content: Record<string, { name?: string }[]> };
    const named = (section: string) => content[section]?.map(({ name }) => name);
    expect(named("teams")).toEqual(["Ca đêm"]);
    expect(content["queues"]).toContainEqual(
      expect.objectContaining({
        name: "Trực đêm",
        rules: expect.objectContaining({
          strategy: "round_robin",
          priority: expect.objectContaining({ base: 20 }),
        }),
      }),
    );
    await goTo("Nhật ký quản trị");
    for (const act of ["Ca đêm", "Trưởng ca", "Vũ Thị Đêm", "Trực đêm"])
      await page().getByRole("row").filter({ hasText: act }).first().waitFor();
    await picture(page(), "admin-audit");
  });
});
