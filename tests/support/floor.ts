import { gunzipSync } from "node:zlib";
import { type AgentFloor, FloorChange, type QueueFloor } from "@tongdai/shared";
import type { Person } from "./person.ts";
import { until } from "./until.ts";
import { pass } from "./work.ts";
import type { World } from "./world.ts";

const ON_ITS_WAY_MS = 200;

/** What somebody who watches the floor has been told, and what that adds up to. */
export interface FloorView {
  readonly person: Person;
  readonly told: readonly FloorChange[];
  queue(queueId: string): QueueFloor | undefined;
  agent(userId: string): AgentFloor | undefined;
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
    told.push(change);
    if (change.full) {
      queues.clear();
      agents.clear();
    }
    for (const q of change.queues) queues.set(q.queueId, q);
    for (const a of change.agents) agents.set(a.userId, a);
  });
  const view: FloorView = {
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
