import { type Call, type CallCause, endedCall } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { endIn, getInteraction, withdrawOfferOf } from "../interactions/index.ts";
import { oweCall } from "./owe-call.ts";
import { heldCall, keepCall } from "./tell.ts";

/** A call is over: who talked wraps up, and whoever was not answered is owed a call. */
export function endCall(ctx: Ctx, callId: string, cause: CallCause): Promise<void> {
  return ctx.store.write(async (tx) => {
    const was = await heldCall(tx, callId);
    if (was) await end(tx, ctx, { was, now: endedCall(was, { cause, at: ctx.clock.now() }) });
  });
}

/** ITU-T Q.850: temporary failure. */
const GONE: CallCause = { sip: 500, q850: 41, by: "edge" };

/** Nobody knows how it ended. */
export function loseCall(ctx: Ctx, callId: string): Promise<void> {
  return ctx.store.write(async (tx) => {
    const was = await heldCall(tx, callId);
    if (was)
      await end(tx, ctx, { was, now: endedCall(was, { cause: GONE, at: ctx.clock.now(), lost: true }) });
  });
}

async function end(tx: Tx, ctx: Ctx, { was, now }: { was: Call; now: Call }): Promise<void> {
  if (was.state === "ended") return;
  await keepCall(tx, ctx, now);
  if (was.interactionId === null) return;
  const work = await getInteraction(tx, was.interactionId);
  if (work.state === "active") await endIn(tx, ctx, { was: work, actorId: null });
  if (work.state !== "waiting" && work.state !== "offered") return;
  await withdrawOfferOf(tx, ctx, work.id);
  await oweCall(tx, ctx, { was: work, reason: now.outcome === "lost" ? "call_lost" : "missed_call" });
}
