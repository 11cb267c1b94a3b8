import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../apps/gateway/src/clock.ts";
import type { Call } from "../../apps/gateway/src/telephony/edge/b2bua/index.ts";
import { createExchange } from "../../apps/gateway/src/telephony/edge/exchange.ts";
import { ourCause } from "../../apps/gateway/src/telephony/edge/leg/index.ts";
import { listenUdp, listenWebSocket } from "../../apps/gateway/src/telephony/edge/transport/index.ts";
import { createEndpoint } from "../../apps/gateway/src/telephony/endpoint/index.ts";
import { startRelay } from "../../apps/gateway/src/telephony/rtpengine/index.ts";
import { createStation } from "../../apps/gateway/src/telephony/station.ts";

export interface ExchangeOptions {
  /** Where rtpengine takes its ng protocol. */
  readonly relay?: { readonly port: number };
  /** A WAV file: callers listen to it until `putThrough`. */
  readonly music?: string;
}

/**
 * The SIP edge on a port of its own with a desk that puts everybody through to whom they called, and a page beside it. Whoever comes
 * by UDP is a trunk.
 * @param page the script of the page beside it
 */
export async function startExchange(page = "", { relay, music }: ExchangeOptions = {}) {
  const faults: string[] = [];
  let work = "";
  let last: Call | undefined;
  let ids = 0;
  let relayChanged = (): void => {};
  const media =
    relay &&
    startRelay({
      clock: systemClock,
      host: "127.0.0.1",
      port: relay.port,
      randomId: randomUUID,
      changed: () => relayChanged(),
    });
  await media?.started;
  const x = createExchange({
    clock: systemClock,
    domain: "tongdai.test",
    secret: "a secret of the tests",
    nonceKey: Buffer.alloc(32, 7),
    randomId: () => `id${++ids}`,
    random: Math.random,
    revoked: () => false,
    report: (error) => faults.push(String(error)),
    trunks: [{ id: "carrier", addresses: ["127.0.0.1"] }],
    ...(media && { relay: media }),
    // A slow machine is no storm of calls: nobody is told to come back later.
    overload: { lag: 60_000, transactions: 45_000 },
    desk: {
      incoming(call) {
        last = call;
        const device = x.edge.bindings.of(call.caller.target)[0];
        if (station) call.attend(station);
        else if (device) call.ring(device, [{ name: "X-Interaction-ID", value: work }]);
        else call.hangUp(ourCause("unallocated"));
      },
      missed: (call, cause) => call.hangUp(cause),
      ended: () => {},
      resolve(_, __, user) {
        const device = x.edge.bindings.of(user)[0];
        return device && { device };
      },
      transferred: () => {},
      news: () => {},
    },
  });
  const endpoint =
    music === undefined
      ? undefined
      : createEndpoint({ music, address: "127.0.0.1", fell: (why) => faults.push(why) });
  const station =
    endpoint &&
    createStation({
      endpoint,
      deliver: x.edge.transactions.receive,
      report: (error) => faults.push(String(error)),
    });
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    response.end(isScript ? page : '<!doctype html><title>phone</title><script src="/page.js"></script>');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const web = listenWebSocket(
    { server, path: "/sip", secure: false, sentBy: "127.0.0.1", clock: systemClock, allowOrigin: () => true },
    x.edge.gate,
  );
  const udp = await listenUdp({ host: "127.0.0.1", port: 0 }, x.edge.gate);
  return {
    /** Where it takes SIP of trunks by UDP. */
    trunkPort: udp.port,
    /** Resolves when rtpengine answers, or answers no more. */
    async relayIs(up: boolean) {
      while (media && media.up !== up)
        await new Promise<void>((resolve) => {
          relayChanged = resolve;
        });
    },
    url: `http://127.0.0.1:${port}/`,
    faults,
    /** The agent of the last call is let go; who called waits alone. */
    release: () => last?.release(ourCause("normal")),
    /** It rings at somebody else for whoever waits. */
    ringAt(user: string) {
      const device = x.edge.bindings.of(user)[0];
      if (device) last?.ring(device);
    },
    /** Rings at whom the caller who listens to the music called. */
    putThrough() {
      const device = x.edge.bindings.of(last?.caller.target ?? "")[0];
      if (device) last?.ring(device);
    },
    /** The work that calls belong to from now on. */
    workIs(id: string) {
      work = id;
    },
    account(user: string, password: "right" | "wrong" = "right") {
      const login = x.edge.credentials.mint({ user, session: user }, 3_600_000);
      return {
        server: `ws://127.0.0.1:${port}/sip`,
        user,
        domain: "tongdai.test",
        username: login.username,
        password: password === "right" ? login.password : "wrong",
        relays: [],
      };
    },
    /** Breaks the connection of whoever is registered so. */
    cut(user: string) {
      for (const { flow } of x.edge.bindings.of(user)) flow.close();
    },
    close() {
      x.edge.close();
      endpoint?.stop();
      media?.close();
      void udp.close();
      web.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

export type TestExchange = Awaited<ReturnType<typeof startExchange>>;
