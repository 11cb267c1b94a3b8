import { AppError, type CommandParsed, type Interaction } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { toInteraction } from "../../presenters/conversation.ts";
import { wrapUpOf } from "../../presenters/people.ts";
import { queueById } from "../../store/people.ts";
import { setTimer } from "../timers/index.ts";
import { changeInteraction } from "./change.ts";
import { ownInteraction } from "./own.ts";

/** More time to write down how it ended. Throws `extensions_used` when the queue allows no more. */
export function extendWrapUp(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"interaction.extend_wrap_up">,
): Promise<Interaction> {
  return ctx.store.write(async (tx) => {
    const was = await ownInteraction(tx, caller, input);
    if (was.state !== "wrap_up")
      throw new AppError("illegal_transition", "it is not being wrapped up", { from: was.state });
    const queue = await queueById(tx, was.queue_id);
    if (!queue) throw new Error(`interaction ${was.id} has no queue`);
    const { extensions, extendSeconds } = wrapUpOf(queue);
    if (was.extensions >= extensions)
      throw new AppError("extensions_used", "the queue allows no more", { extensions });
    const until = Math.max(was.wrap_up_until ?? 0, ctx.clock.now()) + extendSeconds * 1_000;
    const now = await changeInteraction(tx, ctx, {
      was,
      change: { wrap_up_until: until, extensions: was.extensions + 1 },
      step: { event: "interaction.extended", reasons: [], actorId: caller.userId },
    });
    await setTimer(tx, ctx, { kind: "wrap_up", subjectId: was.id, dueAt: until });
    return toInteraction(now);
  });
}
