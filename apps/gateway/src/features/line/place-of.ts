import { rulesOf } from "../../presenters/people.ts";
import { customerById } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow, QueueRow } from "../../store/schema.ts";
import { rank, type Standing } from "./rank.ts";

type Placed = Standing & Pick<InteractionRow, "customer_id">;

/** The place of work in its queue's line: see `rankAt` of the domain. Without a queue's rules it is its age. */
export async function placeOf(tx: Tx, row: Placed, queue: QueueRow | undefined): Promise<number> {
  if (!queue) return row.waiting_since;
  const { priority } = rulesOf(queue);
  const looksAtTags = Object.keys(priority.byTag).length > 0;
  const customer = looksAtTags ? await customerById(tx, row.customer_id) : undefined;
  return rank(row, customer?.tags ?? "[]", priority);
}
