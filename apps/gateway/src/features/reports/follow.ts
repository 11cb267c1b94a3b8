import type { Ctx } from "../../context.ts";
import { breathe } from "../../store/breathe.ts";
import { type Wakeable, wakeable } from "../../wakeable.ts";
import { projectStep } from "./project.ts";

/** So often is looked, so that a question finds little left to read. */
const LOOK_MS = 10_000;

/** Keeps the facts close behind the journal. */
export function followJournal(ctx: () => Ctx): Wakeable {
  const follower: Wakeable = wakeable({
    name: "reports",
    deps: ctx,
    async pass() {
      if (await projectStep(ctx())) follower.wake();
      await breathe();
      return LOOK_MS;
    },
  });
  return follower;
}

/** A question waits so long for the facts to come up to the journal's end. */
const WAIT_MS = 2_000;

/** @returns whether they have */
export async function catchUp(ctx: Ctx): Promise<boolean> {
  const until = ctx.clock.elapsed() + WAIT_MS;
  while (await projectStep(ctx)) {
    if (ctx.clock.elapsed() >= until) return false;
    await breathe();
  }
  return true;
}
