import type { Locator, Page } from "playwright-core";

/** The agents' client as a person uses it, in Vietnamese. */
export interface AgentPage {
  readonly page: Page;
  logIn(username: string, password: string): Promise<void>;
  available(): Promise<void>;
  /** The card of an offer. */
  readonly offer: Locator;
  readonly messages: Locator;
  readonly composer: Locator;
  say(text: string): Promise<void>;
  /** A message of ours in the open conversation. */
  bubble(text: string): Locator;
}

export function agentPage(page: Page, url: string): AgentPage {
  const composer = page.getByRole("combobox", { name: "Soạn trả lời" });
  const messages = page.getByRole("region", { name: "Tin nhắn" });
  return {
    page,
    composer,
    messages,
    offer: page.getByRole("region", { name: "Lời mời nhận việc" }),
    async logIn(username, password) {
      await page.goto(url);
      await page.getByLabel("Tên đăng nhập").fill(username);
      await page.getByLabel("Mật khẩu", { exact: true }).fill(password);
      await page.keyboard.press("Enter");
      await page.getByRole("tab", { name: /Của tôi/ }).waitFor();
    },
    async available() {
      await page.getByRole("button", { name: "Sẵn sàng nhận việc" }).click();
      await page.getByText("Cuộc gọi và tin nhắn giao cho bạn").waitFor();
    },
    async say(text) {
      await composer.fill(text);
      await composer.press("Enter");
      await messages.getByText(text).waitFor();
    },
    bubble: (text) => messages.getByRole("listitem").filter({ hasText: text }),
  };
}
