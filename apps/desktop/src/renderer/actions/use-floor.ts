import type {
  AgentDay,
  AgentFloor,
  FloorChange,
  QueueDay,
  QueueFloor,
  ReportDefinition,
} from "@tongdai/shared";
import { useEffect, useState } from "react";
import type { Client } from "./client.ts";
import { useClient } from "./react-client.ts";
import { type Loaded, useLoaded } from "./use-loaded.ts";

export interface FloorNow {
  readonly queues: ReadonlyMap<string, QueueFloor>;
  readonly agents: ReadonlyMap<string, AgentFloor>;
  /** Today's numbers; until they are reckoned there is no definition. */
  readonly definition: ReportDefinition | null;
  readonly queueDays: ReadonlyMap<string, QueueDay>;
  readonly agentDays: ReadonlyMap<string, AgentDay>;
}

const nothing: FloorNow = {
  queues: new Map(),
  agents: new Map(),
  definition: null,
  queueDays: new Map(),
  agentDays: new Map(),
};

/** The floor as the gateway tells it, for as long as somebody looks; `null`: not told yet. */
export function useFloor(): Loaded & { readonly floor: FloorNow | null } {
  const client = useClient();
  const [floor, setFloor] = useState<FloorNow | null>(null);
  useEffect(() => client.onFloor((change) => setFloor((was) => changed(was, change))), [client]);
  const loaded = useFloorWatch("floor");
  return { ...loaded, floor };
}

/** Watching ends with the line: alarms are heard wherever one is. */
export const useFloorWatch = (key: string): Loaded => useLoaded(key, watch);

const watch = (client: Client): Promise<unknown> => client.request("floor.watch", {});

/** What changed makes no floor before all of it was told. */
function changed(was: FloorNow | null, change: FloorChange): FloorNow | null {
  if (was === null && !change.full) return null;
  const base = change.full || was === null ? nothing : was;
  const day = change.day;
  const days = day?.full ? nothing : base;
  return {
    definition: day?.definition ?? base.definition,
    queueDays: withAll(days.queueDays, day?.queues ?? [], (q) => q.queueId),
    agentDays: withAll(days.agentDays, day?.agents ?? [], (a) => a.userId),
    queues: withAll(base.queues, change.queues, (q) => q.queueId),
    agents: withAll(base.agents, change.agents, (a) => a.userId),
  };
}

/** The very same map when nothing in it is different. */
function withAll<V>(
  map: ReadonlyMap<string, V>,
  values: readonly V[],
  key: (value: V) => string,
): ReadonlyMap<string, V> {
  return values.length === 0 ? map : new Map([...map, ...values.map((v) => [key(v), v] as const)]);
}
