import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Line, tapLine } from "./support/line.ts";
import { type Product, startProduct } from "./support/product.ts";

interface Panel {
  readonly name: string;
  /** What the panel asks the gateway when it opens. */
  readonly command: string;
  /** The list whose first row is open in it. */
  readonly of?: "inbox" | "tickets" | "customers";
  readonly hash: string;
  readonly open?: (page: Page) => Promise<void>;
}

const panels: readonly Panel[] = [
  { name: "inbox", command: "conversation.list", hash: "#/inbox" },
  { name: "conversation", command: "conversation.get", of: "inbox", hash: "#/inbox" },
  { name: "timeline", command: "customer.timeline", of: "customers", hash: "#/customers" },
  { name: "customer", command: "customer.get", of: "inbox", hash: "#/inbox" },
  { name: "tickets", command: "ticket.list", hash: "#/tickets" },
  { name: "ticket", command: "ticket.get", of: "tickets", hash: "#/tickets" },
  { name: "customers", command: "customer.search", hash: "#/customers" },
  {
    name: "search",
    command: "conversation.search",
    hash: "#/inbox",
    async open(page) {
      await page.getByRole("search").getByRole("textbox").waitFor();
      await page.keyboard.press("/");
      await page.locator("input:focus").waitFor();
      await page.keyboard.type("don hang");
    },
  },
  { name: "sessions", command: "session.list", hash: "#/settings/sessions" },
];

describe("every panel while its content is on its way, when it does not come, and after trying again", () => {
  let product: Product;
  let browser: Browser;
  let page: Page;
  let line: Line;
  const rows = new Map<string, string>();

  beforeAll(async () => {
    product = await startProduct();
    browser = await startBrowser();
    page = await browser.context.newPage();
    line = await tapLine(page);
    await agentPage(page, product.url).logIn("ha", product.password);
    for (const list of ["inbox", "tickets", "customers"] as const) {
      await page.goto(`${product.url}/#/${list}`);
      if (list === "inbox") await page.getByRole("tab", { name: "Tất cả" }).click();
      await page.getByRole("option").first().click();
      await page.waitForURL(new RegExp(`#/${list}/.`));
      rows.set(list, new URL(page.url()).hash);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  async function open(panel: Panel): Promise<void> {
    await page.goto(`${product.url}/${panel.of ? rows.get(panel.of) : panel.hash}`);
    await page.reload();
    await page.getByRole("navigation").first().waitFor();
    await panel.open?.(page);
  }

  test.each(panels)("$name", async (panel: Panel) => {
    const busy = page.locator("[aria-busy=true]").first();
    line.hold(panel.command);
    await open(panel);
    await busy.waitFor();
    await picture(page, `loading-${panel.name}`);
    expect(await accessibilityFaults(page)).toEqual([]);

    line.pass();
    line.refuse(panel.command);
    await open(panel);
    const problem = page
      .getByRole("alert")
      .filter({ hasText: /Không|Chưa/ })
      .first();
    await problem.waitFor();
    await picture(page, `failed-${panel.name}`);
    expect(await accessibilityFaults(page)).toEqual([]);

    line.pass();
    await problem.getByRole("button", { name: "Thử lại" }).click();
    await problem.waitFor({ state: "hidden" });
    await busy.waitFor({ state: "hidden" });
  });
});
