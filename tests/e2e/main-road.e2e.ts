import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { type CustomerPage, customerPage } from "./pages/customer.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

/** One long story, by keyboard alone on the agent's side; each test goes on where the one before it ended. */
describe("the main road in Chromium", () => {
  let product: Product;
  let browsers: Browser[] = [];
  let lan: AgentPage;
  let customer: CustomerPage;

  beforeAll(async () => {
    product = await startProduct();
    browsers = [await startBrowser(), await startBrowser({ width: 1000 })];
    const [agents, customers] = browsers;
    if (!agents || !customers) throw new Error("no browser");
    lan = agentPage(await agents.context.newPage(), product.url);
    customer = customerPage(await customers.context.newPage(), product.facebook.url);
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await product?.close();
  });

  test("an agent logs in and is ready for work", async () => {
    await lan.page.goto(product.url);
    await lan.page.getByLabel("Tên đăng nhập").waitFor();
    await picture(lan.page, "login");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.logIn("lan", product.password);
    await lan.available();
    expect(await accessibilityFaults(lan.page)).toEqual([]);
  });

  test("a customer writes and the agent is offered the work", async () => {
    await customer.open();
    await customer.write("Chị ơi, đơn DH2041 của em bao giờ giao ạ? 😀");
    await lan.offer.getByText("đơn DH2041").waitFor();
    await picture(lan.page, "offer");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.accept();
    await lan.bubble("đơn DH2041").waitFor();
    await picture(lan.page, "taken");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
  });

  test("the agent answers; the customer sees it and the receipts come back", async () => {
    await lan.type("Dạ em kiểm tra ngay, chiều nay giao ạ.");
    await lan.press("Enter");
    await customer.message("chiều nay giao ạ").waitFor();
    await lan.bubble("chiều nay giao ạ").getByText("Đã xem").waitFor();
    const time = await lan.bubble("đơn DH2041").locator("time").first().textContent();
    expect(time).toMatch(/^\d\d:\d\d$/);
    expect(await customer.message("đơn DH2041").textContent()).toContain(time);
    await picture(lan.page, "answered");
    await picture(customer.page, "customer");
  });

  test("a ticket is made in two keystrokes, and holds the customer and the conversation", async () => {
    const name = (await lan.page.getByRole("main").getByRole("heading", { level: 2 }).textContent()) ?? "";
    expect(name).not.toBe("");
    await lan.press("Escape", "t");
    const dialog = lan.page.getByRole("dialog", { name: "Tạo phiếu" });
    await dialog.waitFor();
    await picture(lan.page, "ticket-dialog");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    const said = await lan.page.getByText(/Đã tạo phiếu \d+/).textContent();
    const number = /\d+/.exec(said ?? "")?.[0];
    await picture(lan.page, "ticket-made");

    await lan.press("g", "t");
    await lan.stepTo(lan.page.getByRole("option").filter({ hasText: "đơn DH2041" }));
    const ticket = lan.page.getByRole("region", { name: "Chi tiết phiếu" });
    await ticket.getByText(`Phiếu ${number}`, { exact: true }).waitFor();
    await ticket.getByRole("heading", { level: 2 }).filter({ hasText: "đơn DH2041" }).waitFor();
    await ticket.getByRole("button", { name, exact: true }).waitFor();
    const link = ticket.getByRole("button", { name: /Hội thoại qua Cửa hàng Sen Việt/ });
    await link.waitFor();
    expect(await link.count()).toBe(1);
    await picture(lan.page, "ticket-made-opened");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.tabTo(link);
    await lan.press("Enter");
    await lan.bubble("đơn DH2041").waitFor();
  });

  test("the work is wrapped up with a disposition, which the thread still tells after a reload", async () => {
    await lan.press("e");
    const dialog = lan.page.getByRole("dialog", { name: /Xử lý sau/ });
    await dialog.waitFor();
    await picture(lan.page, "wrap-up");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    const chosen = (n: number) =>
      dialog
        .getByRole("option")
        .nth(n)
        .and(dialog.getByRole("option", { selected: true }))
        .waitFor();
    await chosen(0);
    await lan.press("ArrowDown");
    await chosen(1);
    await lan.press("ArrowDown");
    await chosen(2);
    await lan.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    const closing = lan.messages.getByText("Nguyễn Thị Lan kết thúc: Đã giải quyết");
    await closing.waitFor();
    await lan.page.reload();
    await closing.waitFor();
    await picture(lan.page, "wrapped-up");
  });

  test("the customer's second message returns to the same agent, with the history above it", async () => {
    await customer.write("Em cảm ơn chị, còn một câu nữa ạ");
    await lan.offer.getByText("còn một câu nữa").waitFor();
    await lan.accept();
    await lan.bubble("còn một câu nữa").waitFor();
    expect(await lan.bubble("đơn DH2041").count()).toBe(1);
    await picture(lan.page, "second-time");
  });

  test("the row that is walked from shows the focus", async () => {
    await lan.press("Escape", "g", "i");
    const row = lan.page.getByRole("option", { selected: true });
    await lan.page.getByRole("listbox").and(lan.page.locator(":focus")).waitFor();
    await lan.press("j");
    expect(
      await row.evaluate((node) => node.ownerDocument.defaultView?.getComputedStyle(node).outlineStyle),
    ).toBe("solid");
  });

  test("the second talk is linked to the ticket by key, known after a reload, and taken off by key", async () => {
    await lan.press("Escape", "g", "t");
    await lan.stepTo(lan.page.getByRole("option").filter({ hasText: "đơn DH2041" }));
    const ticket = lan.page.getByRole("region", { name: "Chi tiết phiếu" });
    const talks = ticket.getByRole("button", { name: /Hội thoại qua Cửa hàng Sen Việt/ });
    await talks.first().waitFor();
    await lan.page.reload();
    await talks.first().waitFor();
    await lan.press("l");
    await lan.page.getByRole("menuitem").first().waitFor();
    await lan.press("Enter");
    await talks.nth(1).waitFor();
    await picture(lan.page, "ticket-two-talks");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    const unlink = ticket.getByRole("button", { name: "Bỏ gắn" });
    await lan.tabTo(unlink.nth(1));
    await lan.press("Enter");
    await talks.nth(1).waitFor({ state: "detached" });
    expect(await unlink.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
    await lan.tabTo(talks.first());
    await lan.press("Enter");
    await lan.bubble("còn một câu nữa").waitFor();
  });

  test("what is written while the gateway is gone is held, said so, and sent once it is back", async () => {
    await product.kill();
    await lan.page
      .getByText(/Mất kết nối|Đang kết nối lại/)
      .first()
      .waitFor();
    await lan.press("r");
    await lan.type("Viết lúc mất mạng");
    await lan.press("Enter");
    await lan.bubble("Viết lúc mất mạng").waitFor();
    await picture(lan.page, "offline");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await product.start();
    await customer.message("Viết lúc mất mạng").waitFor();
    expect(await customer.message("Viết lúc mất mạng").count()).toBe(1);
  });
});
