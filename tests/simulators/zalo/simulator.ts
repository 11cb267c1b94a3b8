import type { JsonObject } from "../kit/json.ts";
import { type Customer, customerHandle } from "./customer.ts";
import { emit } from "./events.ts";
import type { Faults } from "./faults.ts";
import { arrive, tell } from "./messages.ts";
import { allowed } from "./oauth.ts";
import { type DeliveryRecord, macOf } from "./sender.ts";
import type { Sim } from "./sim.ts";
import {
  newMessageId,
  newToken,
  oaOf,
  type PersonOptions,
  personThread,
  type StoredMessage,
} from "./world.ts";

/** The controls of the vendor's cloud, as tests and the page use them. */
export interface Simulator {
  readonly sim: Sim;
  readonly faults: Faults;
  readonly deliveries: readonly DeliveryRecord[];
  customer(options: PersonOptions & { readonly oaId: string }): Customer;
  /** Comes online again: what waits arrives. */
  online(customer: Customer): Promise<void>;
  /** A person answers in the vendor's own tool. */
  adminReply(customer: Customer, text: string): Promise<StoredMessage>;
  /** Any event of an account, signed; what every event has is put in where it is absent. */
  event(oaId: string, event: JsonObject): Promise<void>;
  /** One attempt with any body; signed unless headers are given. @returns our webhook's status */
  raw(oaId: string, body: string, headers?: Record<string, string>): Promise<number>;
  sign(oaId: string, body: string): string;
  hold(): void;
  release(o?: { readonly reverse?: boolean }): Promise<void>;
  timeTravel(ms: number): void;
  timeBack(): void;
  /** Nothing that was given out is good any more. */
  revoke(oaId: string): void;
  /** A refresh token made in the vendor's own tool; all tokens before it are dead. */
  grant(oaId: string): { readonly refreshToken: string };
  /** What the owner's browser is sent to when the owner allows what this permission page asks. */
  consent(permissionUrl: string, oaId: string): string;
  webhookIsOff(appId: string): boolean;
  switchWebhookOn(appId: string): void;
  settle(): Promise<void>;
}

export function createSimulator(sim: Sim): Simulator {
  const { world, sender } = sim;
  const threadOf = (c: Customer) => {
    const thread = oaOf(world, c.oaId).threads.get(c.userId);
    if (!thread) throw new Error(`no customer ${c.userId}`);
    return thread;
  };
  return {
    sim,
    faults: sim.faults,
    deliveries: sender.log,
    customer(options) {
      const thread = personThread(oaOf(world, options.oaId), options);
      sim.changed();
      return customerHandle(sim, thread);
    },
    async online(customer) {
      const thread = threadOf(customer);
      thread.offline = false;
      for (const message of thread.messages.filter(({ from }) => from === "oa"))
        await arrive(sim, thread, message, !message.byAdmin);
    },
    async adminReply(customer, text) {
      const thread = threadOf(customer);
      const message: StoredMessage = {
        id: newMessageId(),
        from: "oa",
        at: sim.time.stamp(),
        text,
        attachments: [],
        byAdmin: true,
        state: "sent",
      };
      thread.messages.push(message);
      await tell(sim, thread, message, "7382491823");
      return message;
    },
    event(oaId, event) {
      const oa = oaOf(world, oaId);
      return emit(sim, oa, { app_id: oa.app.appId, timestamp: String(sim.time.stamp()), ...event });
    },
    raw: async (oaId, body, headers) => (await sender.raw(oaOf(world, oaId), body, headers)).status,
    sign: (oaId, body) => macOf(oaOf(world, oaId), body),
    hold: () => sender.hold(),
    release: (o) => sender.release(o),
    timeTravel(ms) {
      sim.time.travel(ms);
      sim.changed();
    },
    timeBack() {
      sim.time.back();
      sim.changed();
    },
    revoke(oaId) {
      oaOf(world, oaId).grant = null;
      sim.changed();
    },
    grant(oaId) {
      const refreshToken = newToken();
      const until = sim.time.windowNow() + 90 * 24 * 3_600_000;
      oaOf(world, oaId).grant = {
        accessToken: newToken(),
        accessUntil: 0,
        refreshToken,
        refreshUntil: until,
      };
      sim.changed();
      return { refreshToken };
    },
    consent(permissionUrl, oaId) {
      const query = new URL(permissionUrl).searchParams;
      query.set("oa_id", oaId);
      return allowed(sim, query);
    },
    webhookIsOff: (appId) => sender.isOff(appId),
    switchWebhookOn: (appId) => sender.switchOn(appId),
    settle: () => sim.gauge.idle(),
  };
}
