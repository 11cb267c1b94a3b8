import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

/** Where each screen is, and whose it is. The demo has told its stories, so none of them is empty. */
const screens = [
  { name: "inbox-all", user: "ha", hash: "#/inbox", open: "all" },
  { name: "conversation", user: "ha", hash: "#/inbox", open: "first" },
  { name: "tickets", user: "ha", hash: "#/tickets" },
  { name: "ticket", user: "ha", hash: "#/tickets", open: "first-ticket" },
  { name: "customers", user: "ha", hash: "#/customers" },
  { name: "customer", user: "ha", hash: "#/customers", open: "first-customer" },
  { name: "shortcuts", user: "ha", hash: "#/inbox", open: "shortcuts" },
  { name: "palette", user: "ha", hash: "#/inbox", open: "palette" },
  ...["appearance", "notices", "sessions", "password", "channels", "people", "queues", "audit"].map(
    (section) => ({
      name: `settings-${section}`,
      user: "admin",
      hash: `#/settings/${section}`,
    }),
  ),
] as const satisfies readonly Screen[];

interface Screen {
  readonly name: string;
  readonly user: string;
  readonly hash: string;
  readonly open?: "all" | "first" | "first-ticket" | "first-customer" | "shortcuts" | "palette";
}

const looks = [
  { look: "vi-light", language: "Tiếng Việt", dark: false, size: { width: 1280, height: 800 } },
  { look: "en-dark", language: "English", dark: true, size: { width: 1280, height: 800 } },
  { look: "vi-dark-wide", language: "Tiếng Việt", dark: true, size: { width: 1920, height: 1080 } },
  { look: "en-light-wide", language: "English", dark: false, size: { width: 1920, height: 1080 } },
] as const;

describe("every screen, photographed and without accessibility faults", () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.close());

  describe.each(looks)("$look", ({ look, language, dark, size }) => {
    const pages = new Map<string, Page>();
    const browsers: Browser[] = [];
    beforeAll(async () => {
      for (const user of new Set(screens.map((s) => s.user))) {
        const browser = await startBrowser({ dark, ...size });
        browsers.push(browser);
        pages.set(user, await loggedIn(browser, product, { user, language }));
      }
    });
    afterAll(async () => {
      for (const browser of browsers) await browser.close();
    });

    test.each(screens)("$name", async (screen: Screen) => {
      const page = pages.get(screen.user);
      if (!page) throw new Error("nobody logged in");
      await page.goto(`${product.url}/${screen.hash}`);
      await page.reload();
      await page.getByRole("navigation").first().waitFor();
      await openPart(page, screen.open);
      await page.waitForLoadState("networkidle");
      await page.locator("[aria-busy=true]").first().waitFor({ state: "hidden" });
      await picture(page, `${look}-${screen.name}`);
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  });
});

async function loggedIn(
  browser: Browser,
  product: Product,
  { user, language }: { user: string; language: string },
): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(product.url);
  await page.getByRole("button", { name: language, exact: true }).click();
  const answer = await page.request.post(`${product.url}/api/v1/sessions`, {
    data: { username: user, password: product.password, carry: "cookie" },
    headers: { origin: product.url },
  });
  expect(answer.status()).toBe(200);
  return page;
}

async function openPart(page: Page, part: Screen["open"]): Promise<void> {
  const row = page.getByRole("option").first();
  switch (part) {
    case undefined:
      return;
    case "all":
    case "first":
      await page.getByRole("tab").last().click();
      await row.waitFor();
      if (part === "first") await row.click();
      return;
    case "first-ticket":
    case "first-customer":
      await row.waitFor();
      await row.click();
      return;
    case "shortcuts":
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      return;
    case "palette":
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
  }
}
