import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Bare, measureBare } from "../renderer/bare.ts";
import { type BusyCentre, startBusyCentre, webRoot } from "../renderer/centre.ts";
import { type MeasuredPage, startChromium } from "../renderer/chromium.ts";
import { measureHands } from "../renderer/hands.ts";
import { measureScroll } from "../renderer/scroll.ts";
import type { Report } from "../report.ts";
import { targets } from "../targets.ts";
import type { Part } from "./part.ts";

export interface Bench {
  readonly report: Report;
  readonly centre: BusyCentre;
  readonly bare: Bare;
  readonly page: MeasuredPage;
  readonly quick: boolean;
}

/** The built client in Chromium on a real gateway, with an inbox as large as they come. */
export const renderer: Part = async ({ report, folder, quick }) => {
  if (!existsSync(join(webRoot, "index.html")))
    return report.note("renderer: the client is not built, so it was left out");
  const conversations = quick ? 10_000 : 50_000;
  const chromium = await startChromium();
  const centre = await startBusyCentre(join(folder, "busy"), conversations);
  try {
    report.note(
      `renderer: ${conversations} conversations; Chromium ${chromium.browser.version()} without a graphics card, so every frame is painted by the same processors that run the page, the gateway and the bench; the limit is a page with nothing of ours in it`,
    );
    const bare = await measureBare(chromium);
    report.add({ what: "empty page: dropped frames", value: bare.idle.dropped, unit: "%" });
    report.add({ what: "empty page: worst frame", value: bare.idle.worst, unit: "ms" });
    const from = performance.now();
    const page = await centre.open(chromium, 0);
    report.add({
      what: "from nothing to the first rows of the inbox",
      value: performance.now() - from,
      unit: "ms",
      target: targets.usableInbox,
    });
    const bench = { report, centre, bare, page, quick };
    await measureHands(bench, await centre.open(chromium, 1));
    await measureScroll(bench, conversations);
    await page.close();
  } finally {
    await chromium.close();
    await centre.close();
  }
};
