import { AppError, type AskPass, type CallPass } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { openAccount } from "../channel-accounts/index.ts";
import { accountOf } from "./begin.ts";

/**
 * Lets a visitor of a web page place one call to one number of ours. Who it is counts as proven only where the page's own
 * server has said so.
 *
 * @param origin of the page, as its browser names it
 * @throws AppError `not_found` for a number that is none of ours, `forbidden` for a page that may not call it
 */
export async function admitVisitor(ctx: Ctx, asked: AskPass, origin: string | undefined): Promise<CallPass> {
  const { number: called, visitor, statement } = asked;
  const row = ctx.telephony && (await accountOf(ctx.store, ctx, called));
  if (!ctx.telephony || !row) throw new AppError("not_found", "no such number");
  const { visitors } = openAccount(ctx, row);
  if (origin === undefined || !visitors?.origins.includes(origin))
    throw new AppError("forbidden", `pages of ${origin ?? "no origin"} may not call this number`);
  const who = statement === null ? null : visitors.whoIs(statement);
  const access = ctx.telephony.visit({
    visitor,
    called: row.external_id,
    origin,
    number: who?.number ?? null,
    name: who?.name ?? null,
  });
  return { ...access, known: who !== null };
}
