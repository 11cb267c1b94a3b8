import { AppError, type CommandOutput, type CommandParsed, type Whisper } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { companionsOf, insertWhisper, whisperByClientId, whispersOf } from "../../store/company.ts";
import { conversationById } from "../../store/conversations.ts";
import type { WhisperRow } from "../../store/schema-records.ts";
import { may, seeConversation } from "../access.ts";
import { toCompanion } from "./join.ts";
import { tellCompany } from "./tell.ts";

const LIMIT = 50;

/**
 * A word between the agent who has the work and the supervisors. Throws `illegal_transition` where nobody has it in hand, or
 * where the only one there is the asker, `forbidden` for anybody else.
 */
export function whisper(ctx: Ctx, caller: Caller, input: CommandParsed<"whisper.send">): Promise<Whisper> {
  return ctx.store.write(async (tx) => {
    const view = seeConversation(caller, await conversationById(tx, input.conversationId));
    const before = await whisperByClientId(tx, input.clientId);
    if (before) {
      if (before.from_id !== caller.userId) throw new AppError("conflict", "the client id is taken");
      return toWhisper(before);
    }
    if (view.owner_id === null)
      throw new AppError("illegal_transition", "nobody has this conversation in hand");
    const isOwner = view.owner_id === caller.userId;
    if (!isOwner && !may(caller, "floor.act"))
      throw new AppError("forbidden", "whispering is for supervisors and the agent");
    const row: WhisperRow = {
      id: newId(),
      client_id: input.clientId,
      conversation_id: view.id,
      from_id: caller.userId,
      agent_id: view.owner_id,
      text: input.text,
      at: ctx.clock.now(),
    };
    await insertWhisper(tx, row);
    tx.journal({
      name: "whisper.spoken",
      at: row.at,
      actorId: caller.userId,
      // Not the queue's: colleagues of the agent do not hear it.
      scopes: [...new Set([`user:${row.agent_id}`, `user:${row.from_id}`, "all"])],
      data: { whisper: toWhisper(row) },
    });
    if (!isOwner) await tellCompany(tx, ctx, { caller, act: "whispered", view });
    return toWhisper(row);
  });
}

/** Who is with a conversation and what was whispered, as far as the caller may know. */
export async function company(
  ctx: Ctx,
  caller: Caller,
  conversationId: string,
): Promise<CommandOutput<"conversation.company">> {
  seeConversation(caller, await conversationById(ctx.store, conversationId));
  const companions = await companionsOf(ctx.store, conversationId);
  const readerId = may(caller, "conversations.see_all") ? null : caller.userId;
  return {
    companions: companions.filter((c) => c.visible === 1 || c.user_id === caller.userId).map(toCompanion),
    whispers: (await whispersOf(ctx.store, { conversationId, readerId, limit: LIMIT })).map(toWhisper),
  };
}

const toWhisper = (r: WhisperRow): Whisper => ({
  id: r.id,
  conversationId: r.conversation_id,
  fromId: r.from_id,
  agentId: r.agent_id,
  text: r.text,
  at: r.at,
});
