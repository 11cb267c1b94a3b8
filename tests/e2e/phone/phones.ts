import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "rolldown";
import {
  PhoneError,
  type PhoneErrorCode,
  type Softphone,
} from "../../../apps/desktop/src/renderer/softphone/softphone.ts";
import type { PhonePage } from "../../../apps/desktop/test/renderer/phone-page.ts";
import { type ExchangeOptions, startExchange } from "../../support/phone-exchange.ts";
import type { TestPhone } from "../../support/phone-world.ts";

declare const phonePage: PhonePage;

const script = join(import.meta.dirname, "../../../apps/desktop/test/renderer/phone-page.ts");

/** A phone in a page of a real Chromium. */
export interface PagePhone extends TestPhone {
  packets(): Promise<{ received: number; sent: number; connections: number }>;
  /** How much of what it hears is a tone of so many hertz, from 0 to 1. */
  hears(hertz: number): Promise<number>;
  speakAt(hertz: number | null): Promise<void>;
}

/** An exchange, a browser, and phones in it. */
export async function startPhones(options?: ExchangeOptions) {
  const { output } = await build({
    input: script,
    write: false,
    platform: "browser",
    output: { format: "iife" },
  });
  const exchange = await startExchange(output[0].code, options);
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
      // A machine without a network has its loopback only, and names of mDNS are resolved by nobody there.
      "--allow-loopback-in-peer-connection",
      "--disable-features=WebRtcHideLocalIpsWithMdns",
    ],
  });
  return {
    exchange,
    open: (user: string) => openPhone(browser, exchange.url, user),
    async close() {
      await browser.close();
      exchange.close();
    },
  };
}

async function openPhone(browser: Browser, url: string, user: string): Promise<PagePhone> {
  const page = await browser.newPage();
  page.on("console", (message) => console.info(`${user}: ${message.text()}`));
  await page.goto(url);
  const ask = async (name: string, args: unknown[]): Promise<unknown> => {
    const { answer, refused } = await page.evaluate(
      ([asked, all]) => phonePage.ask(asked as "call", all as unknown[]),
      [name, args] as const,
    );
    if (refused !== undefined) throw new PhoneError(refused as PhoneErrorCode);
    return answer;
  };
  const phone = new Proxy({} as Softphone, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        ask(String(name), args),
  });
  return {
    user,
    phone,
    events: () => page.evaluate(() => phonePage.events()),
    packets: () => page.evaluate(() => phonePage.packets()),
    hears: (hertz) => page.evaluate((at) => phonePage.shareOf(at), hertz),
    speakAt: (hertz) => page.evaluate((at) => phonePage.speakAt(at), hertz),
    allowMicrophone: (is) => page.evaluate((may) => phonePage.allowMicrophone(may), is),
  };
}
