import { AppError, type Ticket } from "@tongdai/shared";
import { same } from "../state/same.ts";
import { selectTicket } from "../state/selectors.ts";
import { putTicket } from "../state/tickets.ts";
import type { Client } from "./client.ts";
import { getTicket } from "./get-ticket.ts";
import { updateTicket } from "./update-ticket.ts";

type Field = "subject" | "status" | "priority" | "ownerId" | "dueAt";
export type TicketChange = { readonly [F in Field]?: Ticket[F] };

const fields = ["subject", "status", "priority", "ownerId", "dueAt"] as const satisfies Field[];
const tries = 3;

/**
 * Shows the change at once and sends it. When somebody else changed other fields meanwhile, it goes on top of theirs;
 * when they changed the same, their value is fetched and shown, and this rejects with `conflict`.
 */
export async function editTicket(client: Client, ticketId: string, change: TicketChange): Promise<void> {
  for (let left = tries; ; left--) {
    const base = selectTicket(client.store.getState(), ticketId);
    if (!base) throw new AppError("not_found", "no such ticket here");
    client.update((s) => putTicket(s, { ...base, ...change }, client.now()));
    try {
      await updateTicket(client, { ticketId, version: base.version, ...change });
      return;
    } catch (cause) {
      takeBack(client, base);
      if (!(cause instanceof AppError && cause.code === "conflict")) throw cause;
      await getTicket(client, ticketId);
      const fresh = selectTicket(client.store.getState(), ticketId);
      const collides = fields.some((f) => f in change && fresh && !same(base[f], fresh[f]));
      if (left === 1 || !fresh || collides) throw cause;
    }
  }
}

/** A newer version that came meanwhile says it better. */
function takeBack(client: Client, base: Ticket): void {
  client.update((s) =>
    selectTicket(s, base.id)?.version === base.version ? putTicket(s, base, client.now()) : s,
  );
}
