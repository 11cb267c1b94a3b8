import { AppError, type AuditRow, type CommandOutput, type CommandParsed } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { auditBefore } from "../../store/audit.ts";
import { fromJson } from "../../store/json.ts";
import type { AuditRowT } from "../../store/schema.ts";

const Detail = z.record(z.string(), z.unknown());

/** Newest first, by key. */
export async function listAudit(
  ctx: Ctx,
  input: CommandParsed<"audit.list">,
): Promise<CommandOutput<"audit.list">> {
  const before = input.cursor === undefined ? undefined : parseCursor(input.cursor);
  const found = await auditBefore(ctx.store, { before, limit: input.limit + 1 });
  const rows = found.slice(0, input.limit);
  const last = rows.at(-1);
  return { rows: rows.map(toAuditRow), next: found.length > rows.length && last ? cursorOf(last) : null };
}

const toAuditRow = (r: AuditRowT): AuditRow => ({
  id: r.id,
  at: r.at,
  actorId: r.actor_id,
  action: r.action,
  target: r.target,
  detail: fromJson(Detail, r.detail),
});

const cursorOf = (r: AuditRowT): string => `${r.at}.${r.id}`;

function parseCursor(cursor: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new AppError("invalid_input", "not a cursor of this list");
  return { at: Number(at), id };
}
