import { AppError, ChannelId, type CommandParsed, type Signature } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import { assertFresh, nextVersion } from "../../store/fresh.ts";
import type { Tx } from "../../store/index.ts";
import { holdThing } from "../../store/locks.ts";
import type { SignatureRow } from "../../store/schema.ts";
import { deleteSignature, signatureOf, upsertSignature } from "../../store/signatures.ts";
import { audit } from "../audit/index.ts";
import { toSignature } from "./present.ts";

type Written = CommandParsed<"signature.save">;

/** Throws `conflict` when another device of the writer has saved meanwhile. */
export const saveOwnSignature = (ctx: Ctx, caller: Caller, input: Written): Promise<Signature | null> =>
  ctx.store.write(async (tx) => {
    const { userId } = caller;
    const { was, now } = await keep(tx, { ownerId: userId, input, clean: cleanForAll(ctx, input.html) });
    if (was?.version === now?.version) return now;
    tell(tx, ctx, { caller, ownerId: userId, now, scopes: [`user:${userId}`] });
    return now;
  });

/**
 * Throws `not_found` for an account that is not there, `invalid_input` for one without letters, `conflict` when somebody else
 * has saved meanwhile.
 */
export const saveAccountSignature = (
  ctx: Ctx,
  caller: Caller,
  { accountId, ...input }: CommandParsed<"account_signature.save">,
): Promise<Signature | null> =>
  ctx.store.write(async (tx) => {
    const account = await accountById(tx, accountId);
    if (!account) throw new AppError("not_found", "no such account");
    const { capabilities, cleanHtml } = ctx.channels.get(ChannelId.parse(account.channel));
    if (!capabilities.letters || !cleanHtml)
      throw new AppError("invalid_input", "this channel has no letters", { field: "accountId" });
    const { was, now } = await keep(tx, { ownerId: accountId, input, clean: cleanHtml(input.html) });
    if (was?.version === now?.version) return now;
    tell(tx, ctx, { caller, ownerId: accountId, now, scopes: ["org"] });
    await audit(tx, ctx, {
      by: caller,
      action: "account_signature.saved",
      target: accountId,
      detail: { name: account.name, text: [was?.text ?? "", now?.text ?? ""] },
    });
    return now;
  });

/** A person's own stands in letters of every channel that has any. */
function cleanForAll(ctx: Ctx, html: string): string {
  const cleaners = ctx.channels.all.flatMap((c) => (c.capabilities.letters && c.cleanHtml) || []);
  if (cleaners.length === 0) throw new AppError("invalid_input", "no channel has letters");
  return cleaners.reduce((clean, cleanHtml) => cleanHtml(clean), html);
}

interface Kept {
  readonly was: SignatureRow | undefined;
  readonly now: Signature | null;
}

async function keep(tx: Tx, o: { ownerId: string; input: Written; clean: string }): Promise<Kept> {
  const { ownerId, input, clean } = o;
  await holdThing(tx, ownerId);
  const was = await signatureOf(tx, ownerId);
  const text = input.text.trim();
  if (was?.html === clean && was.text === text) return { was, now: toSignature(was) };
  assertFresh(was, input.version);
  if (text === "") {
    await deleteSignature(tx, ownerId);
    return { was, now: null };
  }
  const row: SignatureRow = { owner_id: ownerId, html: clean, text, version: nextVersion(was) };
  await upsertSignature(tx, row);
  return { was, now: toSignature(row) };
}

interface Told {
  readonly caller: Caller;
  readonly ownerId: string;
  readonly now: Signature | null;
  readonly scopes: string[];
}

const tell = (tx: Tx, ctx: Ctx, { caller, ownerId, now, scopes }: Told): void =>
  tx.journal({
    name: "signature.saved",
    at: ctx.clock.now(),
    actorId: caller.userId,
    scopes,
    data: { ownerId, signature: now },
  });
