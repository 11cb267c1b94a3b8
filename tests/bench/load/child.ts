import { performance } from "node:perf_hooks";
import { type Summary, summarise } from "../lib/percentiles.ts";
import { serve } from "../lib/wire.ts";
import { type AgentOptions, type AgentSocket, connectAgent, type Heard } from "./agent.ts";
import { numberIn } from "./bodies.ts";
import { floorWatch, type Seen } from "./floor.ts";
import { fire, type Shots } from "./webhooks.ts";

/** The other side of a gateway, in a process of its own: vendors that send, and agents that listen. */
const agents: (AgentSocket | undefined)[] = [];

interface Watch {
  readonly first: number;
  readonly customers: number;
  readonly due: Float64Array;
  readonly arrived: Float64Array;
  delivered: number;
  twice: number;
  /** Copies for colleagues of the owner. */
  others: number;
}
let watch: Watch | null = null;
let events = 0;
const floor = floorWatch();

function hear(agent: number, heard: readonly Heard[]): void {
  const now = performance.now();
  events += heard.length;
  if (!watch) return;
  for (const { name, data } of heard) {
    if (name !== "message.created" || !data.message) continue;
    const n = numberIn(data.message.text);
    const i = n - watch.first;
    if (n < 0 || i < 0 || i >= watch.due.length) continue;
    if (agent !== (n % watch.customers) % agents.length) watch.others++;
    else if (!Number.isNaN(watch.arrived[i])) watch.twice++;
    else {
      watch.arrived[i] = now - (watch.due[i] ?? 0);
      watch.delivered++;
    }
  }
}

export interface ConnectJob {
  readonly url: string;
  readonly tokens: readonly string[];
  readonly lastSeq: AgentOptions["lastSeq"];
  /** Handshakes on their way at once. */
  readonly atOnce: number;
}

export interface Connected {
  readonly ready: Summary;
  readonly seconds: number;
  readonly answerBytes: number;
  readonly events: number;
}

export interface Outcome {
  readonly sent: number;
  readonly repeats: number;
  readonly accepted: number;
  /** Answers by status; 0: the connection broke. */
  readonly statuses: readonly (readonly [number, number])[];
  readonly answer: Summary;
  readonly agent: Summary;
  readonly lost: number;
  readonly twice: number;
  readonly others: number;
  /** From the first due time until everything was answered, and until the last agent heard. */
  readonly answeredSeconds: number;
  readonly deliveredSeconds: number;
}

const PATIENCE_MS = 30_000;

const jobs = {
  connect: async (o: ConnectJob): Promise<Connected> => {
    const from = performance.now();
    const ready: number[] = [];
    let bytes = 0;
    let next = 0;
    const before = events;
    const worker = async () => {
      for (let i = next++; i < o.tokens.length; i = next++) {
        const socket = await connectAgent({
          url: o.url,
          token: o.tokens[i] ?? "",
          lastSeq: o.lastSeq,
          onEvents: (heard) => hear(i, heard),
          onFloor: (json) => floor.hear(i, json),
        });
        agents[i] = socket;
        ready.push(performance.now() - from);
        bytes = socket.answerBytes;
      }
    };
    await Promise.all(Array.from({ length: o.atOnce }, worker));
    return {
      ready: summarise(ready),
      seconds: (performance.now() - from) / 1_000,
      answerBytes: bytes,
      events: events - before,
    };
  },
  fire: async (shots: Shots): Promise<Outcome> => {
    const begin = (due: Float64Array) => {
      watch = {
        first: shots.first,
        customers: shots.customers.length,
        due,
        arrived: new Float64Array(due.length).fill(Number.NaN),
        delivered: 0,
        twice: 0,
        others: 0,
      };
    };
    const fired = await fire(shots, begin);
    const accepted = fired.answered.filter((ms) => !Number.isNaN(ms));
    const w = watch as Watch | null;
    if (!w) throw new Error("nothing was fired");
    for (const end = performance.now() + PATIENCE_MS; w.delivered < accepted.length; ) {
      if (performance.now() > end) break;
      await new Promise((resume) => setTimeout(resume, 20));
    }
    const start = w.due[0] ?? 0;
    const last = w.arrived.reduce(
      (late, ms, i) => (Number.isNaN(ms) ? late : Math.max(late, ms + (w.due[i] ?? 0))),
      0,
    );
    // A copy that comes too often would come right behind the first.
    await new Promise((resume) => setTimeout(resume, 200));
    watch = null;
    return {
      sent: shots.count,
      repeats: fired.repeats,
      accepted: accepted.length,
      statuses: [...fired.statuses],
      answer: summarise([...accepted]),
      agent: summarise([...w.arrived].filter((ms) => !Number.isNaN(ms))),
      lost: accepted.length - w.delivered,
      twice: w.twice,
      others: w.others,
      answeredSeconds: fired.seconds,
      deliveredSeconds: (last - start) / 1_000,
    };
  },
  /** The first so many watch the floor, and from now on it is noted what they see; the others do not. */
  watchFloor: async (count: number): Promise<void> => {
    for (const [i, agent] of agents.entries()) agent?.say(i < count ? "floor.watch" : "floor.unwatch");
    floor.begin();
  },
  floorSeen: async (): Promise<Seen> => floor.seen(),
  disconnect: async (): Promise<void> => {
    for (const agent of agents.splice(0)) agent?.close();
  },
};
export type LoadJobs = typeof jobs;

serve(jobs);
