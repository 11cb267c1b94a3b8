import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";

const artefacts = join(import.meta.dirname, "../../../artefacts/screens");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export interface BrowserOptions {
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** A WAV file that its microphone hears over and over; absent: it has none. */
  readonly microphone?: string;
}

/** A Chromium of its own: one person's machine. */
export async function startBrowser(o: BrowserOptions = {}): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "tongdai-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    headless: true,
    locale: "vi-VN",
    colorScheme: o.dark ? "dark" : "light",
    viewport: { width: o.width ?? 1280, height: o.height ?? 800 },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
      ...(o.microphone === undefined ? [] : soundFrom(o.microphone)),
    ],
  });
  context.setDefaultTimeout(10_000);
  // With work in hand the page asks before it is loaded anew.
  context.on("dialog", (dialog) => dialog.accept());
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A machine without a network has its loopback only, and names of mDNS are resolved by nobody there. */
const soundFrom = (file: string): string[] => [
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  `--use-file-for-fake-audio-capture=${file}`,
  "--autoplay-policy=no-user-gesture-required",
  "--allow-loopback-in-peer-connection",
  "--disable-features=WebRtcHideLocalIpsWithMdns",
];

/** Keeps a picture of the screen under artefacts/screens. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  await stillness(page);
  await page.screenshot({ path: join(artefacts, `${name}.png`) });
}

/** What fades in or out has not its own colours for a moment. */
const stillness = (page: Page): Promise<unknown> =>
  page.evaluate(`Promise.allSettled(document.getAnimations()
    .filter((a) => a.effect.getComputedTiming().iterations !== Infinity)
    .map((a) => a.finished))`);

/** What axe-core finds wrong by WCAG 2.2 A and AA: rule ids with the first place each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  await stillness(page);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(o: unknown): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
      };
    };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await axe.run({ runOnly: { type: "tag", values: tags } });
    return violations.map((v) => `${v.id}: ${v.nodes[0]?.target.join(" ")}`);
  });
}
