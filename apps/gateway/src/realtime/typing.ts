import { type EphemeralData, ephemeral } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";

type Emit = (scopes: readonly string[], data: EphemeralData<"typing.changed">) => void;

const Told = z.object({ from: z.string(), scopes: z.array(z.string()), data: ephemeral["typing.changed"] });

/** "Somebody is typing": to the sockets of this gateway at once, to those of the others through the store. */
export function shareTyping(ctx: () => Ctx, emit: Emit): Emit {
  ctx().store.onAnnounced((text) => {
    const told = Told.safeParse(parsed(text));
    if (told.success && told.data.from !== ctx().instanceId) emit(told.data.scopes, told.data.data);
  });
  return (scopes, data) => {
    emit(scopes, data);
    ctx().store.announce(JSON.stringify({ from: ctx().instanceId, scopes, data }));
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
