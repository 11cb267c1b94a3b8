import type { Bench } from "../parts/renderer.ts";
import { targets } from "../targets.ts";
import { type Frames, framesOf, listLength, notch, paintsOf, press, wheel } from "./moves.ts";
import type { Told } from "./told.ts";

const patienceMs = 90_000;

/** All conversations there are, from the newest to the oldest and back, calm and while customers write. */
export async function measureScroll(bench: Bench, conversations: number): Promise<void> {
  const { report, centre, bare, page, quick } = bench;
  const list = page.page.getByRole("listbox");
  await page.page.getByRole("tab", { name: "Tất cả" }).click();
  await list.waitFor();
  await list.focus();

  const small = await page.memory();
  report.add({ what: "memory of the page with 100 rows", value: small.heap, unit: "MB" });
  const from = performance.now();
  const through = await page.watch(async () => {
    while (performance.now() - from < patienceMs) {
      await wheel(page.page, { by: 1_500, times: 30 });
      if ((await listLength(page.page)) >= conversations) break;
    }
  });
  const length = await listLength(page.page);
  report.note(
    `renderer: ${length} rows were scrolled through in ${((performance.now() - from) / 1_000).toFixed(0)} s`,
  );
  tell(bench, "scroll through all, fetched on the way", { told: through, limit: bare.scroll });
  report.add({ what: "  frames at the end of what was fetched", value: through.stalled, unit: "frames" });
  report.add({
    what: "  most rows in the page",
    value: through.rows,
    unit: "rows",
    target: targets.shownRows,
  });

  const times = quick ? 60 : 240;
  const steps = await page.watch(() => wheel(page.page, { by: -notch, times }));
  tell(bench, "scroll, a step of the wheel each frame", { told: steps, limit: bare.notches });
  const calm = await page.watch(() => wheel(page.page, { by: -1_500, times }));
  tell(bench, "scroll flung, every row another each frame", { told: calm, limit: bare.scroll });
  const leap = await page.watch(async () => {
    await wheel(page.page, { by: -20_000, times: times / 4 });
    await wheel(page.page, { by: 20_000, times: times / 4 });
  });
  tell(bench, "scroll by leaps of 350 rows", { told: leap, limit: bare.leap });

  const ends = ["Home", "End", "Home", "End", "Home", "End", "Home", "End", "PageUp", "PageUp"];
  const jumped = await page.watch(() => press(page.page, ends));
  paints(bench, "Home, End and PageUp", { told: jumped, done: ends.length });

  const stop = centre.write();
  const busy = await page.watch(() => wheel(page.page, { by: -notch, times: quick ? 120 : 480 }));
  const written = await stop();
  tell(bench, "scroll, a step each frame, while 50 customers a second write", {
    told: busy,
    limit: bare.notches,
  });
  report.note(`renderer: ${written} messages came in while scrolling`);

  const large = await page.memory();
  const limit = small.heap;
  report.add({ what: `memory of the page with ${length} rows`, value: large.heap, unit: "MB", limit });
  report.add({
    what: "  the whole renderer process",
    value: large.rss,
    unit: "MB",
    target: targets.rendererMemory,
  });
}

function tell({ report }: Bench, what: string, { told, limit }: { told: Told; limit: Frames }): void {
  const frames = framesOf(told);
  report.add({
    what: `${what}: dropped frames`,
    value: frames.dropped,
    unit: "%",
    target: targets.dropped,
    limit: limit.dropped,
  });
  report.add({ what: "  p99 frame", value: frames.p99, unit: "ms", limit: limit.p99 });
  report.add({
    what: "  worst frame",
    value: frames.worst,
    unit: "ms",
    target: targets.worstFrame,
    limit: limit.worst,
  });
  report.add({ what: "  tasks over 50 ms", value: frames.longTasks, unit: "tasks", limit: limit.longTasks });
  report.add({
    what: "  frames with blank rows",
    value: told.blank,
    unit: "frames",
    target: targets.blankFrames,
  });
}

export function paints(
  { report, bare }: Pick<Bench, "report" | "bare">,
  what: string,
  { told, done }: { told: Told; done: number },
): void {
  const { p95, max } = paintsOf(told, done);
  const target = targets.pressToPaint;
  report.add({ what: `${what}, p95`, value: p95, unit: "ms", target, limit: bare.key.p95 });
  report.add({ what: "  worst", value: max, unit: "ms", target, limit: bare.key.max });
}
