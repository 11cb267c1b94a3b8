import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { build } from "rolldown";
import type { Probe, Told } from "./told.ts";

declare const benchProbe: Probe;

export interface MeasuredPage {
  readonly page: Page;
  /** Runs what a person does and tells how the page took it. */
  watch(work: () => Promise<unknown>): Promise<Told>;
  /** Milliseconds from the press that `work` makes until `selector` is there and painted. */
  until(selector: string, work: () => Promise<unknown>): Promise<number>;
  /** After a collection, in MB; `rss` is the whole renderer process. */
  memory(): Promise<{ heap: number; rss: number }>;
  close(): Promise<void>;
}

export interface Measuring {
  readonly browser: Browser;
  /** @param prepare the context before the page is made: cookies */
  open(prepare?: (context: BrowserContext) => Promise<unknown>): Promise<MeasuredPage>;
  close(): Promise<void>;
}

const pages = join(import.meta.dirname, "page");

/** Debian's Chromium without a screen or a graphics card: it paints with the processor that all else here shares. */
export async function startChromium(): Promise<Measuring> {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const probe = await bundled("probe.ts");
  return {
    browser,
    async open(prepare) {
      const context = await browser.newContext({ locale: "vi-VN", viewport: { width: 1280, height: 800 } });
      context.setDefaultTimeout(15_000);
      await prepare?.(context);
      await context.addInitScript({ content: probe });
      return measured(browser, context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

/** A script of a measured page with all that it imports, for a script element. */
export async function bundled(name: string): Promise<string> {
  const { output } = await build({
    input: join(pages, name),
    write: false,
    platform: "browser",
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
    output: { format: "iife", minify: true },
  });
  return output[0].code;
}

async function measured(browser: Browser, context: BrowserContext, page: Page): Promise<MeasuredPage> {
  const devtools = await context.newCDPSession(page);
  const whole = await browser.newBrowserCDPSession();
  await devtools.send("Performance.enable");

  async function rendererIds(): Promise<number[]> {
    const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
    return processInfo.filter((p) => p.type === "renderer").map((p) => p.id);
  }

  return {
    page,
    async watch(work) {
      await page.evaluate(() => benchProbe.begin());
      await work();
      return page.evaluate(() => benchProbe.end());
    },
    async until(selector, work) {
      await page.evaluate((s) => benchProbe.await(s), selector);
      await work();
      return page.evaluate(() => benchProbe.found());
    },
    async memory() {
      await devtools.send("HeapProfiler.collectGarbage");
      const { metrics } = await devtools.send("Performance.getMetrics");
      const used = metrics.find((m) => m.name === "JSHeapUsedSize")?.value ?? Number.NaN;
      const rss = (await rendererIds()).map(residentMegabytes);
      return { heap: used / 2 ** 20, rss: Math.max(...rss) };
    },
    close: () => context.close(),
  };
}

function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
