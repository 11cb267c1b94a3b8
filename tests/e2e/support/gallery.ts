import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { type Browser, startBrowser } from "./browser.ts";
import type { Product } from "./product.ts";

const small = { width: 1280, height: 800 };
const wide = { width: 1920, height: 1080 };

/** How screens are looked at: both languages, both themes, both sizes. */
export const looks = [
  { look: "vi-light", language: "Tiếng Việt", dark: false, size: small },
  { look: "en-dark", language: "English", dark: true, size: small },
  { look: "vi-dark-wide", language: "Tiếng Việt", dark: true, size: wide },
  { look: "en-light-wide", language: "English", dark: false, size: wide },
] as const;

type Look = (typeof looks)[number];

/** Everybody's page in one look, each in a browser of their own. Called where a suite is described. */
export function pagesOf(product: () => Product, look: Look, users: Iterable<string>): (user: string) => Page {
  const pages = new Map<string, Page>();
  const browsers: Browser[] = [];
  beforeAll(async () => {
    for (const user of new Set(users)) {
      const browser = await startBrowser({ dark: look.dark, ...look.size });
      browsers.push(browser);
      pages.set(user, await loggedIn(browser, product(), { user, language: look.language }));
    }
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
  });
  return (user) => {
    const page = pages.get(user);
    if (!page) throw new Error("nobody logged in");
    return page;
  };
}

// The page's policy lets no text be evaluated but what comes from outside of it, once: so no `waitForFunction`.
const words = "document.querySelector('main')?.innerText.trim() ?? ''";

/** Opens an address anew: one that differs only behind its # is not loaded again, so each has a query of its own. */
export async function openAnew(
  page: Page,
  url: string,
  { name, hash }: { name: string; hash: string },
): Promise<void> {
  await page.goto(`${url}/?${name}${hash}`);
  await page.getByRole("navigation").first().waitFor();
}

/** Resolves once the screen says something and loads nothing. */
export async function isDrawn(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(words)).not.toBe("");
  await page.locator("[aria-busy=true]").first().waitFor({ state: "hidden" });
}

/**
 * Words that end in dots where a mouse cannot read the rest: neither they nor what they stand in have a title. What customers
 * write is read in full where it is opened.
 */
export const cutOff = (page: Page): Promise<string[]> => page.evaluate(dotted);

const dotted = `[...document.querySelectorAll("body *")]
  .filter((node) => getComputedStyle(node).textOverflow === "ellipsis" && node.scrollWidth > node.clientWidth
    && node.getClientRects().length > 0 && node.tagName !== "INPUT" && !node.closest("[title]"))
  .map((node) => (node.textContent ?? "").trim())`;

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
