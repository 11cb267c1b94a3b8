import type { AuditFilter, AuditRow } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { searchAudit } from "../../store/audit.ts";
import { breathe } from "../../store/breathe.ts";
import { allUsers } from "../../store/people.ts";
import { cell } from "../csv.ts";
import { searchOf, toRows } from "./list.ts";

const PAGE = 500;
const HEAD = ["time", "who", "action", "target", "target_name", "address", "detail"];

/** The rows of a filter as lines of a file, newest first, page by page: however many there are. */
export async function* auditCsv(ctx: Ctx, filter: AuditFilter): AsyncGenerator<string> {
  const people = new Map((await allUsers(ctx.store)).map((u) => [u.id, u.username]));
  yield `${HEAD.join(",")}\r\n`;
  let before: { at: number; id: string } | undefined;
  for (;;) {
    const found = await searchAudit(ctx.store, { ...searchOf(filter), before, limit: PAGE });
    const rows = await toRows(ctx, found);
    yield rows.map((row) => line(row, people)).join("");
    before = found.at(-1);
    if (found.length < PAGE) return;
    await breathe();
  }
}

const line = (r: AuditRow, people: ReadonlyMap<string, string>): string =>
  `${[
    new Date(r.at).toISOString(),
    r.actorId === null ? "" : (people.get(r.actorId) ?? r.actorId),
    r.action,
    r.target,
    r.targetName,
    r.address,
    JSON.stringify(r.detail),
  ]
    .map(cell)
    .join(",")}\r\n`;
