/** What the browser itself tells of a page at work; put into every page that is measured, before its own scripts. */
import type { Probe } from "../told.ts";

const leastMs = 16;
const patienceMs = 10_000;

function createProbe(): Probe {
  let frames: number[] = [];
  let longTasks: number[] = [];
  let interactions = new Map<number, number>();
  let [blank, stalled, rows, last] = [0, 0, 0, 0];
  let running = false;
  let pressed = 0;
  let found: Promise<number> = Promise.resolve(Number.NaN);

  new PerformanceObserver((list) => {
    if (running) longTasks.push(...list.getEntries().map((e) => e.duration));
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId, duration } = entry as PerformanceEntry & { interactionId: number };
      if (running && interactionId > 0)
        interactions.set(interactionId, Math.max(interactions.get(interactionId) ?? 0, duration));
    }
  }).observe({ type: "event", durationThreshold: leastMs } as PerformanceObserverInit);
  const onPress = (event: Event) => {
    pressed = event.timeStamp;
  };
  for (const name of ["keydown", "pointerdown"]) addEventListener(name, onPress, { capture: true });

  function frame(now: number): void {
    if (!running) return;
    if (last > 0) frames.push(now - last);
    last = now;
    look();
    requestAnimationFrame(frame);
  }

  function look(): void {
    const box = document.querySelector<HTMLElement>("[data-virtual-scroll]");
    const shown = box?.firstElementChild?.children;
    if (!box || !shown) return;
    rows = Math.max(rows, shown.length);
    const { scrollTop, clientHeight, scrollHeight } = box;
    const places = Array.from(shown, (row) => top(row)).sort((a, b) => a - b);
    const [first, end] = [places[0] ?? 0, places.at(-1) ?? 0];
    const height = shown[0] instanceof HTMLElement ? shown[0].offsetHeight : 0;
    if (first > scrollTop || end + height < Math.min(scrollTop + clientHeight, scrollHeight)) blank++;
    if (scrollTop + clientHeight >= scrollHeight - 1) stalled++;
  }

  const top = (row: Element): number =>
    row instanceof HTMLElement ? Number(/translateY\((\d+(?:\.\d+)?)px\)/.exec(row.style.transform)?.[1]) : 0;

  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

  return {
    begin() {
      [frames, longTasks, interactions] = [[], [], new Map()];
      [blank, stalled, rows, last] = [0, 0, 0, 0];
      running = true;
      requestAnimationFrame(frame);
    },
    async end() {
      // Entries are handed out at leisure, some time after their paint.
      for (let n = 0; n < 6; n++) await nextFrame();
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));
      running = false;
      return { frames, longTasks, interactions: [...interactions.values()], blank, stalled, rows };
    },
    await(selector) {
      const from = performance.now();
      found = (async () => {
        while (pressed < from || !document.querySelector(selector)) {
          if (performance.now() - from > patienceMs) throw new Error(`no ${selector} after the press`);
          await nextFrame();
        }
        // What was seen before a paint is painted by the time of the next frame.
        return (await nextFrame()) - pressed;
      })();
      // Asked for a moment later; until then nobody minds a failure.
      found.catch(() => undefined);
    },
    found: () => found,
    painted: () => nextFrame().then(nextFrame),
    length: () =>
      Number(
        document.querySelector("[data-virtual-scroll] [aria-setsize]")?.getAttribute("aria-setsize") ?? 0,
      ),
  };
}

declare global {
  var benchProbe: Probe;
}
globalThis.benchProbe = createProbe();
