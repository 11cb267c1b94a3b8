import type { Locator, Page } from "playwright-core";

/** The agents' client as a person uses it, in Vietnamese, by keys alone. */
export interface AgentPage {
  readonly page: Page;
  logIn(username: string, password: string): Promise<void>;
  available(): Promise<void>;
  /** By the key that the offer shows: Enter would stay with a button that has the focus. The cursor is in its composer then. */
  accept(): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Tab until something has the focus. */
  tabTo(target: Locator): Promise<void>;
  /** Down a list until a row of it is chosen. */
  stepTo(row: Locator): Promise<void>;
  /** The card of an offer. */
  readonly offer: Locator;
  readonly messages: Locator;
  readonly composer: Locator;
  say(text: string): Promise<void>;
  /** In a letter Enter ends a line. */
  sayByLetter(text: string): Promise<void>;
  /** A message of ours in the open conversation. */
  bubble(text: string): Locator;
}

const mostSteps = 80;

export function agentPage(page: Page, url: string): AgentPage {
  const composer = page.getByRole("textbox", { name: "Soạn trả lời" });
  const messages = page.getByRole("region", { name: "Tin nhắn" });
  const { keyboard } = page;

  async function press(...keys: readonly string[]): Promise<void> {
    // Some controls look whether the key is still down a moment later; no finger is quicker than this.
    for (const key of keys) await keyboard.press(key, { delay: 30 });
  }

  return {
    page,
    composer,
    messages,
    offer: page.getByRole("region", { name: "Lời mời nhận việc" }),
    press,
    type: (text) => keyboard.type(text),
    async logIn(username, password) {
      await page.goto(url);
      await page.getByLabel("Tên đăng nhập").waitFor();
      await keyboard.type(username);
      await press("Tab");
      await keyboard.type(password);
      await press("Enter");
      await page.getByRole("tab", { name: /Của tôi/ }).waitFor();
    },
    async available() {
      const ready = page.getByRole("button", { name: "Sẵn sàng nhận việc" });
      await ready.waitFor();
      await press("Shift+P");
      // Work may be there at once, so nothing that an empty inbox says can be waited for.
      await ready.waitFor({ state: "hidden" });
    },
    async accept() {
      await press("a");
      await composer.and(page.locator(":focus")).waitFor();
    },
    async tabTo(target) {
      for (let step = 0; step < mostSteps; step++) {
        if (await target.evaluate((node) => node === node.ownerDocument.activeElement)) return;
        await press("Tab");
      }
      throw new Error(`${String(target)} is not reached by Tab`);
    },
    async stepTo(row) {
      await row.waitFor();
      for (let step = 0; step < mostSteps; step++) {
        if ((await row.getAttribute("aria-selected")) === "true") return;
        await press("j");
      }
      throw new Error(`${String(row)} is not reached by j`);
    },
    async say(text) {
      await press("Escape", "r");
      await keyboard.type(text);
      await press("Enter");
      await messages.getByText(text).waitFor();
    },
    async sayByLetter(text) {
      await press("Escape", "r");
      await keyboard.type(text);
      await page.getByRole("main").getByText(text).last().waitFor();
      await press("Control+Enter");
      await press("Escape");
    },
    bubble: (text) => messages.getByRole("listitem").filter({ hasText: text }),
  };
}
