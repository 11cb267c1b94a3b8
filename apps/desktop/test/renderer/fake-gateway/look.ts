/** Takes pictures of the built renderer against the fake gateway: `node test/renderer/fake-gateway/look.ts <folder> [name …]`. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { conversation, message } from "../builders.ts";
import { type FakeGateway, startFakeGateway } from "./server.ts";
import { demoWorld } from "./world.ts";

type Scene = (page: Page, gateway: FakeGateway) => Promise<void>;

interface Look {
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
  readonly language: "vi" | "en";
}

const first = conversation(1).id;
const open = (page: Page, id: string) => page.goto(`${page.url().split("#")[0]}#/inbox/${id}`);
const settled = (page: Page) => page.waitForTimeout(900);

const scenes: Record<string, Scene> = {
  async inbox(page) {
    await page.getByRole("listbox").waitFor();
  },
  async conversation(page) {
    await open(page, first);
    await page.getByText("nắp bị hở").last().waitFor();
  },
  async offer(page, gateway) {
    await open(page, conversation(2).id);
    gateway.offer();
    await page.getByRole("timer").waitFor();
  },
  async offline(page, gateway) {
    await open(page, first);
    await page.locator("textarea").waitFor();
    gateway.cut(true);
    await page.waitForTimeout(2_200);
    await page.locator("textarea").fill("Dạ em gửi nắp mới cho chị trong hôm nay ạ");
    await page.keyboard.press("Enter");
    await page.locator("textarea").fill("Chị cần thêm gì không ạ");
    await page.waitForTimeout(300);
  },
  async closed(page) {
    await open(page, conversation(4).id);
  },
  async waiting(page) {
    await page.getByRole("tab").nth(1).click();
    await open(page, conversation(6).id);
  },
  async canned(page) {
    await open(page, first);
    await page.locator("textarea").fill("/");
  },
  async note(page) {
    await open(page, first);
    await page.locator("textarea").waitFor();
    await page.keyboard.press("n");
    await page.keyboard.type("@");
  },
  async transfer(page) {
    await open(page, first);
    await page.locator("textarea").waitFor();
    await page.keyboard.press("x");
  },
  async wrapup(page) {
    await open(page, first);
    await page.locator("textarea").waitFor();
    await page.keyboard.press("e");
  },
  async ticket(page) {
    await open(page, first);
    await page.locator("textarea").waitFor();
    await page.keyboard.press("t");
  },
  async palette(page) {
    await open(page, first);
    await page.locator("textarea").waitFor();
    await page.keyboard.press("Control+k");
  },
  async shortcuts(page) {
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("?");
  },
  async search(page) {
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("bao hanh");
    await page.waitForTimeout(500);
  },
  async typing(page, gateway) {
    await open(page, first);
    await page.locator("textarea").waitFor();
    gateway.arrive(message(first, 9_000, { text: "Em ơi còn đó không?", at: Date.now() }));
    await page.waitForTimeout(300);
  },
  async agent(page) {
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("p");
  },
};

async function shoot(browser: Browser, folder: string, name: string, look: Look): Promise<void> {
  const scene = scenes[name];
  const gateway = await startFakeGateway({
    world: demoWorld(),
    files: process.env["LOOK_AT"] ?? join(import.meta.dirname, "../../../dist/renderer"),
    loggedIn: name !== "login",
  });
  const context = await browser.newContext({ viewport: look });
  const page = await context.newPage();
  page.on("console", (m) => m.type() === "error" && process.stderr.write(`${name}: ${m.text()}\n`));
  page.on("pageerror", (e) => process.stderr.write(`${name}: ${e.message}\n`));
  await page.addInitScript(
    (preferences) => {
      localStorage.setItem("tongdai.preferences", preferences);
    },
    JSON.stringify({ theme: look.theme, language: look.language }),
  );
  try {
    await page.goto(gateway.url);
    if (name === "login") await page.getByRole("textbox").first().waitFor();
    await scene?.(page, gateway);
    await settled(page);
  } catch (cause) {
    process.stderr.write(`${name}: ${String(cause).slice(0, 400)}\n`);
  }
  await page.screenshot({
    path: join(folder, `${name}-${look.width}-${look.theme}-${look.language}.png`),
  });
  await context.close();
  await gateway.close();
}

const [folder = "looks", ...wanted] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
const small = { width: 1280, height: 800 } as const;
const large = { width: 1920, height: 1080 } as const;
const only = process.env["LOOKS"]?.split(",") ?? ["lv"];
const looks: Record<string, Look> = {
  lv: { ...small, theme: "light", language: "vi" },
  dv: { ...small, theme: "dark", language: "vi" },
  le: { ...small, theme: "light", language: "en" },
  LV: { ...large, theme: "light", language: "vi" },
  DE: { ...large, theme: "dark", language: "en" },
};
for (const name of wanted.length > 0 ? wanted : ["login", ...Object.keys(scenes)])
  for (const key of only) {
    const look = looks[key];
    if (look) await shoot(browser, folder, name, look);
  }
await browser.close();
