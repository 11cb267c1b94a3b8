import { AppError, type CannedReply, type CommandParsed } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import {
  cannedReplyById,
  cannedReplyByShortcut,
  deleteCannedReply,
  insertCannedReply,
} from "../../store/canned-replies.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { holdThing } from "../../store/locks.ts";
import { audit } from "../audit/index.ts";

/** Throws `conflict` when the shortcut is another reply's. The same reply saved twice is one. */
export function saveCannedReply(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"canned_reply.save">,
): Promise<CannedReply> {
  return ctx.store.write(async (tx) => {
    if (input.id !== null) await holdThing(tx, input.id);
    const was =
      input.id === null ? await cannedReplyByShortcut(tx, input.shortcut) : await existing(tx, input.id);
    if (was?.text === input.text && was.shortcut === input.shortcut) return was;
    if (input.id !== null) assertFresh(was, input.version);
    const cannedReply: CannedReply = {
      id: input.id ?? newId(),
      shortcut: input.shortcut,
      text: input.text,
      version: nextVersion(was),
    };
    // Out and in again: an insert can step aside for a taken shortcut, an update would break the transaction.
    if (input.id !== null) await deleteCannedReply(tx, input.id);
    if (!(await insertCannedReply(tx, cannedReply))) {
      const theirs = await cannedReplyByShortcut(tx, input.shortcut);
      if (input.id === null && theirs?.text === input.text) return theirs;
      throw new AppError("conflict", "the shortcut is taken", { field: "shortcut" });
    }
    tx.journal({
      name: "canned_reply.saved",
      at: ctx.clock.now(),
      actorId: caller.userId,
      scopes: ["org"],
      data: { cannedReply },
    });
    // Everybody writes in everybody's: what was there before can be read up and brought back.
    await audit(tx, ctx, {
      by: caller,
      action: "canned_reply.saved",
      target: cannedReply.id,
      detail: {
        shortcut: was ? [was.shortcut, cannedReply.shortcut] : cannedReply.shortcut,
        text: was ? [was.text, cannedReply.text] : cannedReply.text,
      },
    });
    return cannedReply;
  });
}

async function existing(tx: Tx, id: string): Promise<CannedReply> {
  const row = await cannedReplyById(tx, id);
  if (!row) throw new AppError("not_found", "no such reply");
  return row;
}
