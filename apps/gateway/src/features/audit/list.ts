import type { AuditRow, CommandOutput, CommandParsed } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { auditBefore } from "../../store/audit.ts";
import { fromJson } from "../../store/json.ts";
import type { AuditRowT } from "../../store/schema.ts";
import { page, placeCursor, readPlace } from "../cursor.ts";

const Detail = z.record(z.string(), z.unknown());

/** Newest first, by key. */
export async function listAudit(
  ctx: Ctx,
  input: CommandParsed<"audit.list">,
): Promise<CommandOutput<"audit.list">> {
  const found = await auditBefore(ctx.store, { before: readPlace(input.cursor), limit: input.limit + 1 });
  const { items, next } = page(found, input.limit, placeCursor);
  return { rows: items.map(toAuditRow), next };
}

const toAuditRow = (r: AuditRowT): AuditRow => ({
  id: r.id,
  at: r.at,
  actorId: r.actor_id,
  action: r.action,
  target: r.target,
  detail: fromJson(Detail, r.detail),
});
