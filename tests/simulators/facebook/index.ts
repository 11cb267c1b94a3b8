import { realClock, simTime } from "../kit/clock.ts";
import { createGauge } from "../kit/gauge.ts";
import { type Keeper, keepState } from "../kit/keeper.ts";
import { listen } from "../kit/listen.ts";
import { createStream } from "../kit/stream.ts";
import type { Sim } from "./core/context.ts";
import { createFaults } from "./core/faults.ts";
import type { SimulatorOptions } from "./core/options.ts";
import { meetPeople } from "./core/threads.ts";
import { createWorld } from "./core/world.ts";
import { createGraph } from "./graph/endpoint.ts";
import { createHttpServer, type ServerParts } from "./http/server.ts";
import { createMediaStore } from "./media/store.ts";
import { createSimulator, type Simulator } from "./simulator.ts";
import { parseSaved } from "./state/saved.ts";
import { restore, save } from "./state/world.ts";
import { createWebhooks } from "./webhook/emit.ts";
import { createSender, type Sender } from "./webhook/sender.ts";

export { type Clock, type ManualClock, manualClock } from "../kit/clock.ts";
export type { FaultName, FaultValue } from "./core/faults.ts";
export type { AppOptions, KnownPerson, PageOptions, SimulatorOptions } from "./core/options.ts";
export type { Customer } from "./customer/handle.ts";
export type { MessageState, SeenMessage, Transcript } from "./customer/transcript.ts";
export { PAGE_INBOX_APP_ID, type Simulator } from "./simulator.ts";
export type { CatalogueEvent, CatalogueKind } from "./webhook/catalogue.ts";
export type { DeliveryRecord, SignatureOverride } from "./webhook/sender.ts";

export interface FacebookSimulator extends Simulator {
  /** The customer page and the control endpoints. */
  readonly url: string;
  /** The base of the Graph calls, without version: stands for https://graph.facebook.com. */
  readonly graphUrl: string;
  close(): Promise<void>;
}

const DAY_MS = 24 * 3_600_000;
const LIMITS = { textPerSecond: 300, mediaPerSecond: 10 };

export async function startFacebookSimulator(options: SimulatorOptions): Promise<FacebookSimulator> {
  let url = "";
  const stream = createStream();
  let keeper: Keeper | undefined;
  const changed = () => {
    stream.changed();
    keeper?.changed();
  };
  const { context, sender } = build(options, { baseUrl: () => url, changed });
  if (options.stateFile !== undefined)
    keeper = keepState(options.stateFile, {
      clock: context.clock,
      load: (text) => restore(context, parseSaved(text)),
      save: () => save(context),
    });
  // Kept at once: their windows are told from the first start, not from each.
  for (const page of context.world.pages.values()) if (meetPeople(page)) changed();
  const simulator = createSimulator(context, sender);
  const parts: ServerParts = { simulator, stream, media: context.media, graph: createGraph(context) };
  const server = createHttpServer(() => parts);
  url = await listen(server, { port: options.port ?? 0, host: options.host ?? "127.0.0.1" });
  return {
    ...simulator,
    // A spread would freeze the list as it is now.
    get acknowledged() {
      return simulator.acknowledged;
    },
    get customers() {
      return simulator.customers;
    },
    url,
    graphUrl: url,
    async close() {
      stream.close();
      sender.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      keeper?.close();
    },
  };
}

interface Outside {
  readonly baseUrl: () => string;
  readonly changed: () => void;
}

function build(options: SimulatorOptions, { baseUrl, changed }: Outside): { context: Sim; sender: Sender } {
  const clock = options.clock ?? realClock;
  const world = createWorld(options.apps);
  const time = simTime(clock);
  const gauge = createGauge();
  const faults = createFaults(changed);
  const timeFactor = options.timeFactor ?? 1;
  const sender = createSender({ world, clock, faults, gauge, timeFactor, changed });
  const context: Sim = {
    world,
    clock,
    time,
    faults,
    gauge,
    changed,
    media: createMediaStore({ time, faults, ttlMs: options.mediaTtlMs ?? DAY_MS, baseUrl }),
    webhooks: createWebhooks({ world, time, faults, sender }),
    limits: { ...LIMITS, ...options.limits },
    newestVersion: options.graphVersion ?? "v26.0",
  };
  return { context, sender };
}
