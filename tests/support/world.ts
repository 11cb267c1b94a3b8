import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, createGateway, type Gateway, type Overrides, readConfig } from "@tongdai/gateway";
import { type FakeClock, fakeClock } from "@tongdai/shared/testing";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { saveQueue } from "../../apps/gateway/src/features/queues/index.ts";
import { createUser } from "../../apps/gateway/src/features/users/index.ts";
import { type FacebookSimulator, startFacebookSimulator } from "../simulators/facebook/index.ts";
import { type Person, personAt } from "./person.ts";
import { freshDatabase } from "./postgres.ts";

export const PASSWORD = "mat-khau-rat-dai";
export const APP = { appId: "1001", appSecret: "app-secret-1001", verifyToken: "verify-1001" };
export const PAGE = { pageId: "2001", name: "Sen Việt", token: "page-token-2001" };
export const SECOND_PAGE = { pageId: "2002", name: "Sen Việt Bảo hành", token: "page-token-2002" };

export interface World {
  readonly gateway: Gateway;
  readonly clock: FakeClock;
  readonly facebook: FacebookSimulator;
  readonly queueId: string;
  readonly secondQueueId: string;
  readonly accountId: string;
  /** Makes somebody with these roles, in the first queue when they work, and logs them in. */
  person(
    username: string,
    o?: { roles?: string[]; queues?: "first" | "both" | "none"; connect?: boolean },
  ): Promise<Person>;
  /** As `person`, and available. */
  agent(username: string): Promise<Person>;
  /** Waits until the gateway and the vendor have nothing left to do. */
  settle(): Promise<void>;
  /** Stops the gateway and starts it again on the same store. */
  restart(whileDown?: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly engine?: "sqlite" | "postgres";
  readonly config?: Partial<Config>;
  readonly overrides?: Overrides;
  /** Vendors are told where the gateway is to be reached. */
  readonly isPublic?: boolean;
  /** Hosts that may be reached beside the vendor's. */
  readonly alsoAllow?: readonly string[];
  /** When it begins, ISO 8601; by default now. */
  readonly startAt?: string;
  /** How far the vendor's clock is ahead of ours. */
  readonly vendorAheadMs?: number;
}

/** A whole contact centre in one process: real gateway, real store, real sockets, and Facebook played by its simulator. */
export async function world(o: WorldOptions = {}): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), "tongdai-world-"));
  const database = o.engine === "postgres" ? await freshDatabase() : null;
  const clock = fakeClock(o.startAt === undefined ? Date.now() : Date.parse(o.startAt));
  let simulatorHost = "";
  const boot = (port: number): Promise<Gateway> =>
    createGateway(
      {
        ...readConfig({}),
        dataDir,
        databaseUrl: database?.url ?? join(dataDir, "tongdai.db"),
        port,
        logLevel: "silent",
        fetchAllow: [simulatorHost, ...(o.alsoAllow ?? [])],
        publicUrl: o.isPublic && port > 0 ? `http://127.0.0.1:${port}` : null,
        ...o.config,
      },
      // Who is turned away comes again by a clock that stands still: a slow machine turns nobody away.
      { clock, random: () => 0.5, loopDelayMs: Number.POSITIVE_INFINITY, ...o.overrides },
    );
  // The simulator must know our address and we its: it learns ours from a first start.
  let gateway = await boot(0);
  const port = Number(new URL(gateway.url).port);
  const facebook = await startFacebookSimulator({
    apps: [
      {
        ...APP,
        webhookUrl: `${gateway.url}/webhooks/facebook/${APP.appId}`,
        pages: [PAGE, SECOND_PAGE],
      },
    ],
    clock: { now: () => clock.now() + (o.vendorAheadMs ?? 0), setTimeout: (fn, ms) => clock.after(ms, fn) },
  });
  simulatorHost = new URL(facebook.url).host;
  await gateway.close();
  gateway = await boot(port);

  const queues = [await makeQueue(gateway, "Chăm sóc khách hàng"), await makeQueue(gateway, "Bảo hành")];
  const [queueId, secondQueueId] = queues as [string, string];
  const members = new Map<string, string[]>([
    [queueId, []],
    [secondQueueId, []],
  ]);
  /** Those who join a queue at once: each save names all of its members, so the last one must be the longest. */
  let joining = Promise.resolve();
  const { graphUrl } = facebook;
  const accountId = await connectPage(gateway, { page: PAGE, queueId, graphUrl });
  await connectPage(gateway, { page: SECOND_PAGE, queueId: secondQueueId, graphUrl });

  async function person(username: string, p: Parameters<World["person"]>[1] = {}): Promise<Person> {
    const roles = p.roles ?? ["agent"];
    const user = await createUser(gateway.ctx, null, { username, name: username, password: PASSWORD, roles });
    const joins = { first: [queueId], both: [queueId, secondQueueId], none: [] }[
      p.queues ?? (roles.includes("admin") ? "none" : "first")
    ];
    joining = joining.then(() => enrol(user.id, joins));
    await joining;
    return personAt(gateway.url, { username, password: PASSWORD, connect: p.connect ?? true });
  }

  async function enrol(userId: string, queueIds: readonly string[]): Promise<void> {
    for (const id of queueIds) {
      members.get(id)?.push(userId);
      await makeQueue(gateway, id === queueId ? "Chăm sóc khách hàng" : "Bảo hành", {
        id,
        memberIds: members.get(id) ?? [],
      });
    }
  }

  async function settle(): Promise<void> {
    for (let calm = 0, head = -1; calm < 2; ) {
      await gateway.settle();
      await facebook.settle();
      const now = await gateway.ctx.store.head();
      calm = now === head ? calm + 1 : 0;
      head = now;
    }
    // What was sent to the sockets of this process arrives within a few turns.
    for (let turn = 0; turn < 10; turn++) await new Promise((resume) => setImmediate(resume));
  }

  return {
    get gateway() {
      return gateway;
    },
    clock,
    facebook,
    queueId,
    secondQueueId,
    accountId,
    person,
    async agent(username) {
      const who = await person(username);
      await who.call("agent.set_state", { state: "available" });
      return who;
    },
    settle,
    async restart(whileDown) {
      await gateway.close();
      whileDown?.();
      gateway = await boot(port);
    },
    async close() {
      await gateway.close();
      await facebook.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Makes the queue, or changes the one of that id. */
export async function makeQueue(
  gateway: Gateway,
  name: string,
  o: { id?: string; memberIds?: string[]; offerSeconds?: number | undefined } = {},
): Promise<string> {
  const queue = await saveQueue(gateway.ctx, null, {
    id: o.id ?? null,
    name,
    memberIds: o.memberIds ?? [],
    offerSeconds: o.offerSeconds ?? 30,
    wrapUpSeconds: 60,
    dispositions: [
      { name: "Đã giải quyết", resolved: true },
      { name: "Cần theo dõi", resolved: false },
    ],
  });
  return queue.id;
}

export async function connectPage(
  gateway: Gateway,
  o: { page: typeof PAGE; queueId: string; graphUrl: string },
): Promise<string> {
  const account = await saveAccount(gateway.ctx, null, {
    id: null,
    channel: "facebook",
    name: o.page.name,
    queueId: o.queueId,
    enabled: true,
    config: {
      appId: APP.appId,
      appSecret: APP.appSecret,
      verifyToken: APP.verifyToken,
      pageId: o.page.pageId,
      pageToken: o.page.token,
      graphUrl: o.graphUrl,
    },
  });
  return account.id;
}
