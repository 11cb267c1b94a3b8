import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { createGateway, type Gateway, readConfig } from "@tongdai/gateway";
import { serve } from "../lib/wire.ts";
import { type Arrivals, type Arrived, runArrivals } from "./arrivals.ts";
import { bringEverybody } from "./attend.ts";
import { type Changes, changePeople } from "./changes.ts";
import { answerAll, owed } from "./texts.ts";

/** One gateway in a process of its own, from source, with a look at its insides. */
let gateway: Gateway | null = null;
const SAMPLE_MS = 2;
const LOOK_MS = 20;
const delay = monitorEventLoopDelay({ resolution: SAMPLE_MS });

export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

export interface Usage {
  /** Milliseconds by which the event loop was late. */
  readonly delay: { p50: number; p99: number; max: number };
  /** Most of the heap in use at any look, bytes. */
  readonly heapPeak: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

let cpu = process.cpuUsage();
let since = performance.now();
let heapPeak = 0;
setInterval(() => {
  heapPeak = Math.max(heapPeak, process.memoryUsage().heapUsed);
}, LOOK_MS).unref();

const opened = (): Gateway => {
  if (!gateway) throw new Error("the gateway was not started");
  return gateway;
};

const jobs = {
  start: async (env: Record<string, string>): Promise<{ url: string; ms: number }> => {
    const from = performance.now();
    gateway = await createGateway(readConfig(env));
    return { url: gateway.url, ms: performance.now() - from };
  },
  memory: async (): Promise<Memory> => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  },
  /** From here on the event loop and the processor are watched. */
  watch: async (): Promise<void> => {
    delay.disable();
    delay.reset();
    delay.enable();
    heapPeak = 0;
    cpu = process.cpuUsage();
    since = performance.now();
  },
  usage: async (): Promise<Usage> => {
    const used = process.cpuUsage(cpu);
    const late = (percentile: number) => Math.max(0, delay.percentile(percentile) / 1e6 - SAMPLE_MS);
    return {
      delay: { p50: late(50), p99: late(99), max: Math.max(0, delay.max / 1e6 - SAMPLE_MS) },
      heapPeak,
      cpuSeconds: (used.user + used.system) / 1e6,
      wallSeconds: (performance.now() - since) / 1_000,
    };
  },
  bringEverybody: (): Promise<void> => bringEverybody(opened().ctx),
  change: (changes: Changes): Promise<void> => changePeople(opened().ctx, changes),
  answerAll: (times: number): Promise<number> => answerAll(opened().ctx, times),
  owed: (): Promise<number> => owed(opened().ctx),
  arrivals: (arrivals: Arrivals): Promise<Arrived> => runArrivals(opened().ctx, arrivals),
  close: async (): Promise<void> => {
    await gateway?.close();
    gateway = null;
  },
};
export type GatewayJobs = typeof jobs;

serve(jobs);
