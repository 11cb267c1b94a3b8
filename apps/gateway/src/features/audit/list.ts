import {
  type AuditFilter,
  type AuditRow,
  type CommandOutput,
  type CommandParsed,
  maskText,
} from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { type AuditSearch, searchAudit, wordsOf } from "../../store/audit.ts";
import { customerNames } from "../../store/customers.ts";
import { fromJson } from "../../store/json.ts";
import type { AuditRowT } from "../../store/schema.ts";
import { page, placeCursor, readPlace } from "../cursor.ts";

const Detail = z.record(z.string(), z.unknown());

/** Newest first, by key. */
export async function listAudit(
  ctx: Ctx,
  { cursor, limit, ...filter }: CommandParsed<"audit.list">,
): Promise<CommandOutput<"audit.list">> {
  const search = { ...searchOf(filter), before: readPlace(cursor), limit: limit + 1 };
  const { items, next } = page(await searchAudit(ctx.store, search), limit, placeCursor);
  return { rows: await toRows(ctx, items), next };
}

export const searchOf = ({ text, actor, ...rest }: AuditFilter): Omit<AuditSearch, "limit"> => ({
  ...rest,
  words: wordsOf(text),
  actorId: actor === "system" ? null : actor,
});

export async function toRows(ctx: Ctx, items: readonly AuditRowT[]): Promise<AuditRow[]> {
  const names = await customerNames(ctx.store, [...new Set(items.filter(isOfCustomer).map((r) => r.target))]);
  return items.map((r) => toAuditRow(r, names.get(r.target)));
}

const isOfCustomer = ({ action }: AuditRowT): boolean => action.startsWith("customer.");

const toAuditRow = (r: AuditRowT, name: string | undefined): AuditRow => ({
  id: r.id,
  at: r.at,
  actorId: r.actor_id,
  action: r.action,
  target: r.target,
  // A name may be a number too: who reads the audit need not be one who sees those.
  targetName: name === undefined ? null : maskText(name),
  address: r.address,
  detail: fromJson(Detail, r.detail),
});
