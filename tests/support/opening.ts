import type { OutOfHours } from "@tongdai/shared";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/** A place where it is between 10:00 and 11:00 now, so that nothing here runs into midnight. */
function lateMorning(w: World): { timeZone: string; minute: number } {
  const now = new Date(w.clock.now());
  const ahead = ((((10 - now.getUTCHours() + 12) % 24) + 24) % 24) - 12;
  const timeZone = ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
  return { timeZone, minute: 10 * 60 + now.getUTCMinutes() };
}

export interface Opening {
  readonly w: World;
  /** Who may save hours and queues. */
  readonly admin: Person;
}

/** Hours that are open every day from so many minutes from now on to so many. Returns their id. */
export async function saveHours(
  { w, admin }: Opening,
  o: { from: number; to: number; id?: string },
): Promise<string> {
  const { timeZone, minute } = lateMorning(w);
  const spans: [number, number][] = [[minute + o.from, minute + o.to]];
  const weekly = Array.from({ length: 7 }, () => spans);
  const input = { id: o.id ?? null, name: "Hành chính", timeZone, weekly };
  const { hours } = await admin.call("hours.save", input);
  await w.settle();
  return hours.id;
}

/** A queue, by default the first, goes by these hours from now on. */
export async function goBy(
  { w, admin }: Opening,
  hoursId: string | null,
  o: { queueId?: string; outOfHours?: OutOfHours } = {},
): Promise<void> {
  const { db } = w.gateway.ctx.store;
  const id = o.queueId ?? w.queueId;
  const queue = await db.selectFrom("queue").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const members = await db.selectFrom("queue_member").selectAll().where("queue_id", "=", id).execute();
  await admin.call("queue.save", {
    id,
    name: queue.name,
    memberIds: members.map((m) => m.user_id),
    dispositions: JSON.parse(queue.dispositions) as { name: string; resolved: boolean }[],
    hoursId,
    ...(o.outOfHours ? { outOfHours: o.outOfHours } : {}),
  });
  await w.settle();
}
