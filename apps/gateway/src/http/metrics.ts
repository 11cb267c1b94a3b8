import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Ctx } from "../context.ts";
import { inboundBacklog, outboxBacklog, quarantined } from "../store/backlog.ts";
import type { Store } from "../store/index.ts";
import { webhookBacklog } from "../store/webhook-deliveries.ts";
import { addAccountGauges } from "./account-metrics.ts";

export interface Metrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<"method" | "route" | "status">;
  readonly webhooks: Counter<"channel" | "outcome">;
  readonly commitSeconds: Histogram;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  if (!registry) throw new Error("unreachable");
  return {
    registry,
    httpSeconds: new Histogram({
      name: "tongdai_http_request_seconds",
      help: "From the request's arrival to the end of its answer",
      labelNames: ["method", "route", "status"],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    webhooks: new Counter({
      name: "tongdai_webhooks_total",
      help: "Webhook requests by what became of them",
      labelNames: ["channel", "outcome"],
      registers,
    }),
    commitSeconds: new Histogram({
      name: "tongdai_store_commit_seconds",
      help: "From asking for a transaction to its being durable",
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers,
    }),
  };
}

export interface Sources {
  /** Milliseconds by which the event loop was late, 99th percentile of the last seconds. */
  readonly loopDelay: () => number;
  readonly socketsConnected: () => number;
}

/** What is looked up when somebody asks, because nobody has to keep count of it. */
export function addGauges({ registry }: Metrics, ctx: Ctx, sources: Sources): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge(
    "tongdai_event_loop_delay_p99_seconds",
    "How late the event loop is",
    () => sources.loopDelay() / 1_000,
  );
  gauge("tongdai_sockets_connected", "Sockets of agents' clients", sources.socketsConnected);
  gauge("process_resident_memory_bytes", "Memory in use", () => process.memoryUsage.rss());
  addBacklogs(registry, ctx);
  addAccountGauges(registry, ctx);
}

function addBacklogs(registry: Registry, ctx: Ctx): void {
  const registers = [registry];
  const age = (at: number | null): number => (at === null ? 0 : Math.max(0, ctx.clock.now() - at) / 1_000);
  new Gauge({
    name: "tongdai_outbox_rows",
    help: "What waits to leave, by state",
    labelNames: ["state"],
    registers,
    async collect() {
      this.reset();
      for (const { state, count } of await outboxBacklog(ctx.store)) this.set({ state }, count);
    },
  });
  new Gauge({
    name: "tongdai_outbox_oldest_seconds",
    help: "For how long the oldest row that may leave has been due",
    registers,
    async collect() {
      const ready = (await outboxBacklog(ctx.store)).find((r) => r.state === "ready");
      this.set(age(ready?.oldest ?? null));
    },
  });
  new Gauge({
    name: "tongdai_webhook_deliveries_waiting",
    help: "Events that wait for a webhook of ours outwards",
    registers,
    async collect() {
      this.set((await webhookBacklog(ctx.store)).reduce((sum, b) => sum + Number(b.count), 0));
    },
  });
  new Gauge({
    name: "tongdai_webhook_oldest_seconds",
    help: "For how long the oldest event that may leave for a webhook has been due",
    registers,
    async collect() {
      const oldest = (await webhookBacklog(ctx.store)).map((b) => Number(b.oldest));
      this.set(oldest.length === 0 ? 0 : age(Math.min(...oldest)));
    },
  });
  new Gauge({
    name: "tongdai_inbound_lag_seconds",
    help: "Age of the oldest webhook body that is stored but not yet applied",
    registers,
    async collect() {
      this.set(age(await inboundBacklog(ctx.store)));
    },
  });
  new Gauge({
    name: "tongdai_deliveries_quarantined",
    help: "Webhook bodies that failed every time and are kept until somebody looks",
    registers,
    async collect() {
      this.set(await quarantined(ctx.store));
    },
  });
}

/** The same store, with the time of each commit measured. */
export const withCommitTimes = (store: Store, { commitSeconds }: Metrics): Store => ({
  engine: store.engine,
  get db() {
    return store.db;
  },
  async write(work, o) {
    const stop = commitSeconds.startTimer();
    try {
      return await store.write(work, o);
    } finally {
      stop();
    }
  },
  follow: (listener) => store.follow(listener),
  announce: (text) => store.announce(text),
  onAnnounced: (listener) => store.onAnnounced(listener),
  head: () => store.head(),
  close: () => store.close(),
});
