import type { Locator, Page } from "playwright-core";

/** The simulator's page, on which one plays the customer. */
export interface CustomerPage {
  readonly page: Page;
  open(): Promise<void>;
  write(text: string): Promise<void>;
  /** One message in the customer's chat. */
  message(text: string): Locator;
}

export function customerPage(page: Page, url: string): CustomerPage {
  const box = page.getByRole("textbox", { name: "Nhắn tin…" });
  return {
    page,
    async open() {
      await page.goto(url);
      await box.waitFor();
    },
    async write(text) {
      await box.fill(text);
      await box.press("Enter");
    },
    message: (text) =>
      page.getByRole("log", { name: "Cuộc trò chuyện" }).getByRole("listitem").filter({ hasText: text }),
  };
}
