import { countOf } from "./meta.ts";
import type { World } from "./world.ts";

/** So many turns of the event loop follow at once; then the other programs, which what is awaited may need, get theirs. */
const TURNS = 50;
const LOOK_MS = 5;

/** Looks until `holds`; for facts that nothing announces. Rejects when it takes too long. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what = "the condition",
  ms = 25_000,
): Promise<void> {
  const end = performance.now() + ms;
  for (let turn = 0; !(await holds()); turn++) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resume) => (turn < TURNS ? setImmediate(resume) : setTimeout(resume, LOOK_MS)));
  }
}

/** Lets the world's time pass in small steps until nothing is owed to the vendor any more. */
export async function drain(w: World, o: { stepMs?: number; steps?: number } = {}): Promise<void> {
  await w.settle();
  for (let i = 0; i < (o.steps ?? 200) && (await countOf(w, "outbox")) > 0; i++) {
    w.clock.advance(o.stepMs ?? 100);
    await w.settle();
  }
}
