import { performance } from "node:perf_hooks";
import { bodyOf, requestOf } from "./bodies.ts";
import { type Line, openLine } from "./line.ts";

export interface Shots {
  readonly url: string;
  readonly path: string;
  readonly secret: string;
  readonly pageId: string;
  readonly customers: readonly string[];
  /** Numbers of the messages: `first`, `first + 1`, ... */
  readonly first: number;
  readonly count: number;
  /** Per second; message i is due at i / rate whether or not the earlier ones were answered. */
  readonly rate: number;
  readonly connections: number;
  /** One in so many is sent twice, as vendors do; 0: none. */
  readonly repeatEvery: number;
}

export interface Fired {
  /** When each message was due, on this process's own clock. */
  readonly due: Float64Array;
  /** From being due to the answer; NaN for one that was not accepted. */
  readonly answered: Float64Array;
  readonly statuses: Map<number, number>;
  readonly repeats: number;
  /** From the first due time to the last answer. */
  readonly seconds: number;
}

interface Shot {
  readonly i: number;
  readonly request: Buffer;
  readonly repeat: boolean;
}

const LEAD_MS = 20;

/** Signs everything first, then fires by the schedule. `onDue` gets the due times before the first shot. */
export async function fire(o: Shots, onDue: (due: Float64Array) => void): Promise<Fired> {
  const shots = load(o);
  const url = new URL(o.url);
  const idle = await Promise.all(Array.from({ length: o.connections }, () => openLine(url)));
  const lines = [...idle];
  const start = performance.now() + LEAD_MS;
  const due = Float64Array.from({ length: o.count }, (_, i) => start + (i * 1_000) / o.rate);
  const answered = new Float64Array(o.count).fill(Number.NaN);
  const statuses = new Map<number, number>();
  onDue(due);
  await new Promise<void>((finish) => {
    let next = 0;
    let left = shots.length;
    const send = (line: Line, shot: Shot) =>
      line.send(shot.request, (status) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 200 && !shot.repeat) answered[shot.i] = performance.now() - (due[shot.i] ?? 0);
        if (--left === 0) finish();
        const waiting = shots[next];
        if (waiting && (due[waiting.i] ?? 0) <= performance.now()) {
          next++;
          send(line, waiting);
        } else idle.push(line);
      });
    const tick = () => {
      const now = performance.now();
      for (let shot = shots[next]; shot && idle.length > 0; shot = shots[next]) {
        if ((due[shot.i] ?? 0) > now) break;
        next++;
        const line = idle.pop();
        if (line) send(line, shot);
      }
      if (next < shots.length) setTimeout(tick, 1);
    };
    tick();
  });
  for (const line of lines) line.close();
  const seconds = (performance.now() - start) / 1_000;
  return { due, answered, statuses, repeats: shots.length - o.count, seconds };
}

function load(o: Shots): Shot[] {
  const host = new URL(o.url).host;
  const shots: Shot[] = [];
  for (let i = 0; i < o.count; i++) {
    const n = o.first + i;
    const body = bodyOf({
      n,
      pageId: o.pageId,
      customer: o.customers[n % o.customers.length] ?? "",
      at: Date.now() + Math.round((i * 1_000) / o.rate),
    });
    const request = requestOf({ path: o.path, host, secret: o.secret, body });
    shots.push({ i, request, repeat: false });
    if (o.repeatEvery > 0 && i % o.repeatEvery === 0) shots.push({ i, request, repeat: true });
  }
  return shots;
}
