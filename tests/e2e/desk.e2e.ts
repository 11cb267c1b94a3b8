import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Customer } from "../simulators/facebook/index.ts";
import { directoryOf } from "../support/directory.ts";
import { personAt } from "../support/person.ts";
import { type AgentPage, agentPage } from "./pages/agent.ts";
import { accessibilityFaults, type Browser, picture, startBrowser } from "./support/browser.ts";
import { type Product, startProduct } from "./support/product.ts";

/** A day at the desk: each test goes on where the one before it ended. */
describe("an agent's desk in Chromium", () => {
  let product: Product;
  let browser: Browser;
  let lan: AgentPage;
  let customer: Customer;

  beforeAll(async () => {
    product = await startProduct();
    await shortOffers(product);
    browser = await startBrowser();
    lan = agentPage(await browser.context.newPage(), product.url);
    await lan.logIn("lan", product.password);
    await lan.available();
    customer = product.facebook.customer({ pageId: product.pageId, name: "Đỗ Hoàng Kim Ngân" });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.close();
  });

  const sent = () => customer.transcript().messages.filter((m) => m.from === "page");

  test("after a missed offer the empty inbox says why nothing comes, and Shift+P takes work again", async () => {
    await customer.text("Mã đổi hàng của em là KIMNGAN88 ạ");
    await lan.offer.getByText("KIMNGAN88").waitFor();
    await lan.offer.waitFor({ state: "hidden" });
    await lan.page.getByText("Bạn đã bỏ lỡ một lời mời").waitFor();
    await lan.page
      .getByText(/Tạm vắng: Bỏ lỡ lời mời từ \d\d:\d\d/)
      .first()
      .waitFor();
    await picture(lan.page, "missed");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.press("Shift+P");
    // Whoever missed it is asked again in the next round.
    await lan.offer.getByText("KIMNGAN88").waitFor({ timeout: 30_000 });
    await lan.accept();
    await lan.bubble("KIMNGAN88").waitFor();
  });

  test("a search hit opens its conversation at that message, however far back, and leads back to the newest", async () => {
    for (let n = 1; n <= 40; n++) await customer.text(`Tin nhắn thứ ${n}`);
    await customer.text("Còn mã bảo hành là TIMTHAY77 ạ");
    for (let n = 41; n <= 120; n++) await customer.text(`Tin nhắn thứ ${n}`);
    await lan.bubble("Tin nhắn thứ 120").waitFor();
    await lan.page.reload();
    await lan.bubble("Tin nhắn thứ 120").waitFor();
    expect(await lan.bubble("TIMTHAY77").count()).toBe(0);

    await lan.press("/");
    await lan.page.locator("input:focus").waitFor();
    await lan.type("timthay77");
    const hits = lan.page
      .getByRole("navigation", { name: "Danh sách" })
      .getByRole("region", { name: "Tin nhắn" });
    const hit = hits.getByRole("button").filter({ hasText: "TIMTHAY77" });
    await hit.waitFor();
    await picture(lan.page, "search-hits");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    await lan.tabTo(hit);
    await lan.press("Enter");

    const thread = lan.page.getByRole("main").getByRole("region", { name: "Tin nhắn" });
    const found = thread.locator("[aria-current=true]").filter({ hasText: "TIMTHAY77" });
    await found.locator("mark").waitFor();
    await inTheMiddle(thread, found);
    const back = lan.page.getByRole("button", { name: "Về tin mới nhất" });
    await back.waitFor();
    await picture(lan.page, "search-place");
    expect(await accessibilityFaults(lan.page)).toEqual([]);

    await lan.tabTo(back);
    await lan.press("Enter");
    await thread.getByText("Tin nhắn thứ 120").waitFor();
    await inView(thread, thread.getByText("Tin nhắn thứ 120"));
    expect(await thread.locator("[aria-current=true]").count()).toBe(0);
  });

  test("files keep the order in which they were added, and the draft with them is there after a reload", async () => {
    // The first is the last to arrive.
    let free = () => {};
    const others = new Promise<void>((resolve) => {
      free = resolve;
    });
    let arrived = 0;
    await lan.page.route("**/api/v1/media", async (route) => {
      if (route.request().postDataBuffer()?.includes("mot.txt")) await others;
      await route.continue();
    });
    lan.page.on("response", (response) => {
      if (response.url().endsWith("/api/v1/media") && ++arrived === 2) free();
    });
    await lan.press("r");
    await lan.type("Em gửi ba tệp ạ");
    const names = ["mot.txt", "hai.txt", "ba.txt"];
    await lan.page
      .locator("input[type=file]")
      .setInputFiles(names.map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) })));
    const composer = lan.page.getByRole("main");
    const gone = (name: string) => composer.getByRole("button", { name: `Gỡ ${name}` });
    await expect.poll(() => shown(composer.getByRole("button", { name: /^Gỡ / }))).toEqual(names);
    await expect.poll(() => arrived).toBe(3);
    await composer.getByRole("progressbar").first().waitFor({ state: "hidden" });
    await lan.page.unrouteAll();
    await picture(lan.page, "draft-files");
    expect(await accessibilityFaults(lan.page)).toEqual([]);

    await lan.page.reload();
    for (const name of names) await gone(name).waitFor();
    expect(await shown(composer.getByRole("button", { name: /^Gỡ / }))).toEqual(names);
    expect(await lan.composer.inputValue()).toBe("Em gửi ba tệp ạ");
    await lan.press("r", "Enter");
    await expect.poll(() => sent().flatMap((m) => m.attachments.map((a) => a.name))).toEqual(names);
  });

  test("an emoji is found by its name without marks, as soon as the picker is open", async () => {
    await lan.tabTo(lan.page.getByRole("main").getByRole("button", { name: "Biểu tượng cảm xúc" }));
    await lan.press("Enter");
    await lan.page.getByRole("searchbox", { name: "Tìm biểu tượng" }).waitFor();
    await lan.type("mat cuoi");
    await lan.page
      .getByRole("dialog")
      .getByLabel(/mặt cười/i)
      .first()
      .waitFor();
    await lan.press("Enter");
    await expect.poll(() => lan.composer.inputValue()).toMatch(/\p{Extended_Pictographic}/u);
    await lan.press("Enter");
    await expect.poll(() => sent().at(-1)?.text).toMatch(/\p{Extended_Pictographic}/u);
  });

  test("while the gateway is away for a while the conversation goes on: all is held, said, and nothing is lost", async () => {
    await product.kill();
    await lan.page
      .getByText(/Mất kết nối từ \d\d:\d\d:\d\d/)
      .first()
      .waitFor();
    await lan.press("Escape", "r");
    for (const text of ["Viết khi máy chủ nghỉ", "Câu thứ hai"]) {
      await lan.type(text);
      await lan.press("Enter");
      await lan.bubble(text).waitFor();
    }
    await inView(
      lan.page.getByRole("main").getByRole("region", { name: "Tin nhắn" }),
      lan.bubble("Câu thứ hai"),
    );
    await lan.page.getByText("2 tin đang chờ gửi, sẽ tự gửi khi có mạng").waitFor();
    await picture(lan.page, "held");
    expect(await accessibilityFaults(lan.page)).toEqual([]);
    const meanwhile = customer.text("Em vẫn chờ chị ạ");

    await product.start();
    await meanwhile;
    await lan.page
      .getByText(/Mất kết nối từ/)
      .first()
      .waitFor({ state: "hidden", timeout: 20_000 });
    await lan.bubble("Em vẫn chờ chị ạ").waitFor({ timeout: 30_000 });
    const texts = () =>
      sent()
        .map((m) => m.text)
        .filter((text) => text === "Viết khi máy chủ nghỉ" || text === "Câu thứ hai");
    await expect.poll(texts).toEqual(["Viết khi máy chủ nghỉ", "Câu thứ hai"]);
    for (const text of ["Em vẫn chờ chị ạ", "Viết khi máy chủ nghỉ", "Câu thứ hai"])
      expect(await lan.bubble(text).count()).toBe(1);
    await picture(lan.page, "back-again");
  });
});

/** The shortest that a queue can give an agent to take an offer: nobody waits out half a minute here. */
async function shortOffers({ url, password }: Product): Promise<void> {
  const admin = await personAt(url, { username: "admin", password, connect: false });
  for (const { namedIds, ...queue } of directoryOf(await admin.connect()).queues)
    await admin.call("queue.save", { ...queue, memberIds: namedIds, offerSeconds: 5 });
  admin.disconnect();
}

/** The names on the buttons that take files away, from left to right. */
const shown = async (buttons: Locator): Promise<string[]> =>
  (await buttons.evaluateAll((all) => all.map((each) => each.getAttribute("aria-label") ?? ""))).map(
    (label) => label.replace("Gỡ ", ""),
  );

/** The message stands nearer to the middle of the thread than to its edges. */
async function inTheMiddle(thread: Locator, message: Locator): Promise<void> {
  const away = async () => {
    const [frame, place] = [await thread.boundingBox(), await message.boundingBox()];
    if (!frame || !place) return 1;
    return Math.abs(place.y + place.height / 2 - frame.y - frame.height / 2) / frame.height;
  };
  await expect.poll(away).toBeLessThan(0.25);
}

/** Wholly inside the thread, and not above or below what is shown of it. */
async function inView(thread: Locator, message: Locator): Promise<void> {
  const isInside = async () => {
    const [frame, place] = [await thread.boundingBox(), await message.boundingBox()];
    return (
      frame !== null &&
      place !== null &&
      place.y >= frame.y &&
      place.y + place.height <= frame.y + frame.height
    );
  };
  await expect.poll(isInside).toBe(true);
}
