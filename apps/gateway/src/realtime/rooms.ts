import type { Caller } from "../context.ts";
import { may } from "../features/access.ts";

/**
 * Rooms are the scopes of journal entries: `org` everybody, `queue:<id>` its members, `user:<id>` one person, `all` those
 * who see every conversation, `floor` those who see the floor. A socket joins only what the store says its user may see.
 */
export function roomsFor(caller: Caller): string[] {
  const rooms = ["org", `user:${caller.userId}`];
  if (!may(caller, "work")) return rooms;
  rooms.push(...caller.queueIds.map((id) => `queue:${id}`));
  if (may(caller, "conversations.see_all")) rooms.push("all");
  if (may(caller, "floor.see")) rooms.push("floor");
  return rooms;
}

/** Each room in two halves: readers of the second see unmasked contact data. */
export const inHalf = (room: string, reveal: boolean): string => (reveal ? `${room}+` : room);
