import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { hears, listenIn, packets, writeTone } from "./phone/listen.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

const HAN = "Trịnh Gia Hân";
/** What each of them speaks, so that who hears whom is told by the sound alone. */
const hertz = { han: 440, lan: 660 } as const;

/** Resolves when the gateway has answered what the page asks of its call on a connection that is new. */
const answeredAgain = (page: Page): Promise<void> =>
  new Promise((resolve) => {
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (/^SIP\/2\.0 [2-6]\d\d [\s\S]*\nCSeq: *\d+ INVITE/i.test(String(payload))) resolve();
      }),
    );
  });

/** Somebody who wrote by Zalo yesterday calls from a web page today. Each test goes on where the one before it ended. */
describe("a call from a web page", () => {
  let product: Product;
  let folder: string;
  const browsers: Browser[] = [];
  let lan: AgentPage;
  let ha: AgentPage;
  let page: Page;

  async function enter(tone?: number): Promise<Page> {
    const microphone = tone && writeTone(join(folder, `${tone}.wav`), tone);
    const browser = await startBrowser(microphone ? { microphone } : {});
    browsers.push(browser);
    await listenIn(browser.context);
    return browser.context.newPage();
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "tongdai-tones-"));
    product = await startProduct({ calls: true });
    lan = agentPage(await enter(hertz.lan), product.url);
    await lan.logIn("lan", product.password);
    ha = agentPage(await enter(), product.url);
    await ha.logIn("ha", product.password);
    page = await enter(hertz.han);
    await page.goto(product.customerUrl);
    await page.getByRole("combobox").selectOption(HAN);
  });
  afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await product?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const widget = () => page.getByRole("region", { name: "Gọi cho chúng tôi" });
  const button = (name: string) => widget().getByRole("button", { name, exact: true });
  const says = (text: string) => widget().getByRole("status").filter({ hasText: text }).waitFor();
  const bar = () => lan.page.getByRole("region", { name: "Cuộc gọi" });
  async function hearsTone(who: Page, tone: number): Promise<void> {
    await expect.poll(() => hears(who, tone)).toBeGreaterThan(0.5);
  }

  test("she presses one button and waits, and reads that she is next", async () => {
    await button("Gọi").waitFor();
    await picture(page, "web-call-idle");
    expect(await accessibilityFaults(page)).toEqual([]);
    await button("Gọi").click();
    await says("Bạn là người tiếp theo");
    await button("Nhạc chờ")
      .and(page.getByRole("button", { pressed: true }))
      .waitFor();
    await picture(page, "web-call-waiting");
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test("the supervisor sees her wait in the line", async () => {
    await ha.press("g", "f");
    const queue = ha.page.getByRole("row", { name: /Chăm sóc khách hàng/ });
    await queue.getByRole("button", { name: "Chăm sóc khách hàng", exact: true }).click();
    await ha.page.getByRole("option").filter({ hasText: HAN }).waitFor();
    await picture(ha.page, "web-call-wallboard");
  });

  test("the agent reads what she wrote by Zalo yesterday before answering", async () => {
    await lan.available();
    const card = lan.offer;
    await card.getByRole("heading", { name: HAN }).waitFor();
    await card.getByText("Dạ em giữ cho chị một bộ đến hết ngày mai").waitFor();
    await card.getByRole("button", { name: /Nghe máy/ }).waitFor();
    await says("Máy của nhân viên đang đổ chuông");
    await picture(lan.page, "web-call-offer");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
  });

  test("they hear each other", async () => {
    await lan.press("a");
    await says("Đang nói chuyện");
    await Promise.all([hearsTone(page, hertz.lan), hearsTone(lan.page, hertz.han)]);
    for (const side of [page, lan.page]) {
      const before = await packets(side);
      await expect.poll(async () => (await packets(side)).received).toBeGreaterThan(before.received + 20);
      expect((await packets(side)).sent).toBeGreaterThan(before.sent);
    }
    await picture(page, "web-call-talking");
    await picture(lan.page, "web-call-agent");
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test("on hold she hears the music of her own page, and afterwards the agent again", async () => {
    await bar()
      .getByRole("button", { name: /Giữ máy/ })
      .click();
    await says("Nhân viên tạm giữ máy");
    await expect.poll(() => hears(page, hertz.lan)).toBeLessThan(0.05);
    await button("Nhạc chờ").waitFor();
    await bar()
      .getByRole("button", { name: /Nói tiếp/ })
      .click();
    await says("Đang nói chuyện");
    await hearsTone(page, hertz.lan);
  });

  test("muted she is not heard", async () => {
    await button("Tắt micrô").click();
    await says("Micrô của bạn đang tắt");
    await expect.poll(() => hears(lan.page, hertz.han)).toBeLessThan(0.05);
    await button("Tắt micrô").click();
    await hearsTone(lan.page, hertz.han);
  });

  test("the gateway is killed while they talk, and comes back: they hear each other all the while", async () => {
    const back = answeredAgain(page);
    const phoneLost = lan.page.getByText("Điện thoại mất kết nối");
    await product.kill();
    await phoneLost.waitFor();
    const before = await packets(page);
    await expect.poll(async () => (await packets(page)).received).toBeGreaterThan(before.received + 50);
    await product.start();
    await Promise.all([back, phoneLost.waitFor({ state: "hidden" })]);
    await Promise.all([hearsTone(page, hertz.lan), hearsTone(lan.page, hertz.han)]);
    await says("Đang nói chuyện");
  });

  test("she hangs up, and the agent wraps up", async () => {
    await button("Gác máy").click();
    await says("Cuộc gọi đã kết thúc");
    await expect.poll(() => button("Gọi").evaluate((node) => node.matches(":focus"))).toBe(true);
    await bar().waitFor({ state: "detached" });
    await lan.press("e");
    const dialog = lan.page.getByRole("dialog", { name: /Xử lý sau/ });
    await dialog.getByRole("option", { selected: true }).waitFor();
    await picture(lan.page, "web-call-wrap-up");
    await lan.press("ArrowDown", "ArrowDown", "Enter");
    await dialog.waitFor({ state: "hidden" });
  });
});
