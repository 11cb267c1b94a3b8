import type { CommandParsed, Draft } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import { deleteDraft, upsertDraft } from "../../store/drafts.ts";
import type { Tx } from "../../store/index.ts";
import { seeConversation } from "../access.ts";
import { toDraft } from "./get-draft.ts";

/** One draft a person and conversation, the last save wins: it is the person's own other device. */
export function saveDraft(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"draft.save">,
): Promise<Draft | null> {
  return ctx.store.write(async (tx) => {
    const conversation = seeConversation(caller, await conversationById(tx, input.conversationId));
    const at = ctx.clock.now();
    if (saysNothing(input)) {
      if (await deleteDraft(tx, conversation.id, caller.userId))
        tell(tx, caller, { conversationId: conversation.id, draft: null, at });
      return null;
    }
    const row = {
      conversation_id: conversation.id,
      user_id: caller.userId,
      text: input.text,
      media_ids: JSON.stringify(input.mediaIds),
      reply_to_id: input.replyToId,
      note: input.note ? 1 : 0,
      privately: input.privately ? 1 : 0,
      letter: input.letter && JSON.stringify(input.letter),
      saved_at: at,
    };
    await upsertDraft(tx, row);
    const draft = await toDraft(tx, row);
    tell(tx, caller, { conversationId: conversation.id, draft, at });
    return draft;
  });
}

/** To whom it goes is a part of it: what was meant for one person, or for colleagues, must not come back as for everybody. */
const saysNothing = (input: CommandParsed<"draft.save">): boolean =>
  input.text === "" &&
  input.mediaIds.length === 0 &&
  input.replyToId === null &&
  input.letter === null &&
  !input.note &&
  !input.privately;

const tell = (
  tx: Tx,
  caller: Caller,
  { at, ...data }: { conversationId: string; draft: Draft | null; at: number },
): void =>
  tx.journal({
    name: "draft.saved",
    at,
    actorId: caller.userId,
    scopes: [`user:${caller.userId}`],
    data,
  });
