import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isAsset, sendAsset } from "../kit/assets.ts";
import { realClock, simTime } from "../kit/clock.ts";
import { createGauge } from "../kit/gauge.ts";
import { isLocal } from "../kit/guard.ts";
import { type Keeper, keepState } from "../kit/keeper.ts";
import { listen } from "../kit/listen.ts";
import { createStream, type Stream } from "../kit/stream.ts";
import { admin } from "./admin.ts";
import { answerApi } from "./api.ts";
import { createFaults } from "./faults.ts";
import { createMedia } from "./media.ts";
import { allow, permissionPage } from "./oauth.ts";
import type { SimulatorOptions } from "./options.ts";
import { createSender } from "./sender.ts";
import type { Sim } from "./sim.ts";
import { createSimulator, type Simulator } from "./simulator.ts";
import { restore, save } from "./state.ts";
import { previewPage } from "./templates.ts";
import { createWorld, meetPeople } from "./world.ts";

export type { Customer, Transcript } from "./customer.ts";
export type { FaultName } from "./faults.ts";
export type { AppOptions, OaOptions, SimulatorOptions } from "./options.ts";
export type { DeliveryRecord } from "./sender.ts";
export type { Simulator } from "./simulator.ts";

export interface ZaloSimulator extends Simulator {
  /** The customer's page, the permission page, the API and the token door. */
  readonly url: string;
  close(): Promise<void>;
}

const PAGE = new URL("./page/", import.meta.url);

export async function startZaloSimulator(options: SimulatorOptions): Promise<ZaloSimulator> {
  let url = "";
  const stream = createStream();
  let keeper: Keeper | undefined;
  const sim = build(options, {
    baseUrl: () => url,
    changed: () => {
      stream.changed();
      keeper?.changed();
    },
  });
  if (options.stateFile !== undefined)
    keeper = keepState(options.stateFile, {
      clock: sim.clock,
      load: (text) => restore(sim, text),
      save: () => save(sim),
    });
  for (const oa of sim.world.oas.values()) meetPeople(oa);
  // Kept at once: whose windows are told from the first start must not begin anew with each.
  sim.changed();
  const simulator = createSimulator(sim);
  const server = createServer((request, response) => {
    const end = sim.gauge.begin();
    handle({ sim, simulator, stream }, request, response)
      .catch((error: unknown) => {
        process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
        response.destroy();
      })
      .finally(end);
  });
  url = await listen(server, { port: options.port ?? 0, host: options.host ?? "127.0.0.1" });
  return {
    ...simulator,
    url,
    async close() {
      stream.close();
      sim.sender.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      keeper?.close();
    },
  };
}

function build(
  o: SimulatorOptions,
  { baseUrl, changed }: { baseUrl: () => string; changed: () => void },
): Sim {
  const clock = o.clock ?? realClock;
  const time = simTime(clock);
  const gauge = createGauge();
  const faults = createFaults(changed);
  return {
    clock,
    time,
    gauge,
    faults,
    changed,
    world: createWorld(o.apps, clock.now()),
    media: createMedia({ time, faults, baseUrl }),
    sender: createSender({ clock, faults, gauge, timeFactor: o.timeFactor ?? 1, changed }),
    calls: new Map(),
  };
}

interface Parts {
  readonly sim: Sim;
  readonly simulator: Simulator;
  readonly stream: Stream;
}

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { sim } = parts;
  const url = new URL(request.url ?? "/", "http://simulator");
  const { pathname } = url;
  if (pathname.startsWith("/cdn/")) return sim.media.serve(pathname, url.searchParams, response);
  if (pathname.startsWith("/preview/")) return previewPage(sim, pathname, response);
  if (pathname === "/v4/oa/permission") return permissionPage(sim, url, response);
  if (pathname === "/v4/oa/permission/allow") return allow(sim, url, response);
  const isOwn = isAsset(pathname) || pathname.startsWith("/sim/");
  if (!isOwn) return answerApi(sim, request, { url, response });
  if (!isLocal(request)) {
    response.writeHead(403, { "content-type": "text/plain" }).end("Local use only");
    return;
  }
  if (pathname.startsWith("/sim/")) await admin(parts, { request, response, url });
  else await sendAsset(response, pathname, PAGE);
}
