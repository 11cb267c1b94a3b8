import { bundled, type MeasuredPage, type Measuring } from "./chromium.ts";
import { type Frames, frame, framesOf, notch, paintsOf, press, wheel } from "./moves.ts";

/** What this machine's browser can do at best: nothing of ours is in these pages. */
export interface Bare {
  /** An empty page that only asks for frames. */
  readonly idle: Frames;
  /** 50,000 rows of one word in the same virtualiser, by the same wheel: notch by notch, flung, and in leaps. */
  readonly notches: Frames;
  readonly scroll: Frames;
  readonly leap: Frames;
  /** A key that changes one word. */
  readonly key: { readonly p75: number; readonly p95: number; readonly max: number };
}

export async function measureBare(chromium: Measuring): Promise<Bare> {
  const p = await chromium.open();
  try {
    const idle = framesOf(await p.watch(() => frames(p, 180)));
    await p.page.addScriptTag({ content: await bundled("bare-list.ts") });
    await p.page.locator("[data-virtual-scroll] div div").first().waitFor();
    const notches = framesOf(await p.watch(() => wheel(p.page, { by: notch, times: 240 })));
    const scroll = framesOf(await p.watch(() => wheel(p.page, { by: 1_500, times: 240 })));
    const leap = framesOf(await p.watch(() => wheel(p.page, { by: 20_000, times: 120 })));
    const keys = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? "j" : "k"));
    const key = paintsOf(await p.watch(() => press(p.page, keys)), keys.length);
    return { idle, notches, scroll, leap, key };
  } finally {
    await p.close();
  }
}

async function frames({ page }: MeasuredPage, count: number): Promise<void> {
  for (let n = 0; n < count; n += 2) await frame(page);
}
