import { gunzipSync } from "node:zlib";
import {
  type AgentDay,
  type AgentFloor,
  type DayChange,
  FloorChange,
  type QueueDay,
  type QueueFloor,
  type ReportDefinition,
} from "@tongdai/shared";
import type { Person } from "./person.ts";
import { until } from "./until.ts";
import { pass } from "./work.ts";
import type { World } from "./world.ts";

const ON_ITS_WAY_MS = 200;

/** What somebody who watches the floor has been told, and what that adds up to. */
export interface FloorView {
  readonly person: Person;
  /** But for what only says today's numbers. */
  readonly told: readonly FloorChange[];
  queue(queueId: string): QueueFloor | undefined;
  agent(userId: string): AgentFloor | undefined;
  /** Today's numbers, as they add up. */
  readonly day: {
    readonly definition: ReportDefinition | null;
    queue(queueId: string): QueueDay | undefined;
    agent(userId: string): AgentDay | undefined;
  };
  /** In a fixed order. */
  everything(): Pick<FloorChange, "queues" | "agents">;
  /** Lets time pass, half a second at a time, until it is so. */
  until(w: World, so: (view: FloorView) => boolean): Promise<void>;
}

export function createFloorView(person: Person): FloorView {
  const told: FloorChange[] = [];
  const queues = new Map<string, QueueFloor>();
  const agents = new Map<string, AgentFloor>();
  person.socket.on("floor.changed", (data) => {
    const change = "packed" in data ? unpacked(data.packed) : data;
    if (change.full || change.queues.length + change.agents.length > 0) told.push(change);
    if (change.day) takeDay(change.day);
    if (change.full) {
      queues.clear();
      agents.clear();
    }
    for (const q of change.queues) queues.set(q.queueId, q);
    for (const a of change.agents) agents.set(a.userId, a);
  });
  let definition: ReportDefinition | null = null;
  const queueDays = new Map<string, QueueDay>();
  const agentDays = new Map<string, AgentDay>();
  function takeDay(day: DayChange): void {
    definition = day.definition;
    if (day.full) {
      queueDays.clear();
      agentDays.clear();
    }
    for (const q of day.queues) queueDays.set(q.queueId, q);
    for (const a of day.agents) agentDays.set(a.userId, a);
  }
  const view: FloorView = {
    day: {
      get definition() {
        return definition;
      },
      queue: (id) => queueDays.get(id),
      agent: (id) => agentDays.get(id),
    },
    person,
    told,
    queue: (id) => queues.get(id),
    agent: (id) => agents.get(id),
    everything: () => ({
      queues: [...queues.values()].toSorted((a, b) => a.queueId.localeCompare(b.queueId)),
      agents: [...agents.values()].toSorted((a, b) => a.userId.localeCompare(b.userId)),
    }),
    async until(w, so) {
      for (let turn = 0; turn < 20 && !so(view); turn++) {
        await pass(w, 500);
        // Between two gateways word takes a moment that nothing announces.
        await until(() => so(view), "the floor", ON_ITS_WAY_MS).catch(() => {});
      }
      if (!so(view)) throw new Error("the floor never came to that");
    },
  };
  return view;
}

const unpacked = (packed: Uint8Array | ArrayBuffer): FloorChange =>
  FloorChange.parse(JSON.parse(gunzipSync(packed).toString()));
