import type { FloorChange, QueueDay, QueueFloor } from "@tongdai/shared";
import { useEffect, useState } from "react";
import { useClient } from "./react-client.ts";
import { useFloorWatch } from "./use-floor.ts";

export interface QueuesNow {
  readonly queues: ReadonlyMap<string, QueueFloor>;
  readonly days: ReadonlyMap<string, QueueDay>;
}

const nothing: QueuesNow = { queues: new Map(), days: new Map() };

/** The queues as the gateway tells them, wherever one is. */
export function useQueueFeed(): QueuesNow {
  const client = useClient();
  const [now, setNow] = useState(nothing);
  useEffect(() => client.onFloor((change) => setNow((was) => changed(was, change))), [client]);
  useFloorWatch("floor.queues");
  return now;
}

function changed(was: QueuesNow, { full, queues, day }: FloorChange): QueuesNow {
  if (queues.length === 0 && !full && (day?.queues.length ?? 0) === 0 && !day?.full) return was;
  return {
    queues: new Map([...(full ? [] : was.queues), ...queues.map((q) => [q.queueId, q] as const)]),
    days: new Map([
      ...(full || day?.full ? [] : was.days),
      ...(day?.queues ?? []).map((q) => [q.queueId, q] as const),
    ]),
  };
}
