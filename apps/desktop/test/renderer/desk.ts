import type { User } from "@tongdai/shared";
import { type FakeClock, fakeClock } from "@tongdai/shared/testing";
import type { Client } from "../../src/renderer/actions/client.ts";
import { createClient } from "../../src/renderer/actions/create-client.ts";
import { enter } from "../../src/renderer/actions/start-client.ts";
import type { Rest } from "../../src/renderer/net/rest.ts";
import { memoryStorage, type Storage } from "../../src/renderer/net/storage.ts";
import { cookieTokens } from "../../src/renderer/net/tokens.ts";
import { createFakePhone, type FakePhone } from "../../src/renderer/softphone/fake.ts";
import { createFakeDevices, type FakeDevices } from "../../src/renderer/softphone/fake-devices.ts";
import { ha, id, lan, minh, morning } from "./builders.ts";
import { demoWorld, type World } from "./fake-gateway/world.ts";
import { type FakeSocket, fakeSocket } from "./fake-socket.ts";

export interface Desk {
  readonly client: Client;
  readonly clock: FakeClock;
  readonly socket: FakeSocket;
  readonly world: World;
  readonly storage: Storage;
  readonly logged: string[];
  readonly phone: FakePhone;
  readonly devices: FakeDevices;
}

interface Options {
  readonly world?: World;
  readonly storage?: Storage;
  readonly rest?: Partial<Rest>;
  /** The screen before anybody is logged in. */
  readonly loggedOut?: boolean;
  readonly hash?: string;
}

let ids = 0;

/** A whole client without a network: Lan at her desk, connected and live unless told otherwise. */
export async function desk(options: Options = {}): Promise<Desk> {
  const { world = demoWorld(morning), storage = memoryStorage(), loggedOut = false, hash = "" } = options;
  const clock = fakeClock(morning);
  const socket = fakeSocket(world);
  const logged: string[] = [];
  const phone = createFakePhone({
    now: clock.now,
    newId: () => `talk-${ids++}`,
    reachable: [lan.id, minh.id, ha.id],
  });
  const devices = createFakeDevices(() => phone.microphone);
  const client = createClient({
    clock,
    storage,
    rest: { ...nobodyHome, ...options.rest },
    tokens: cookieTokens,
    openSocket: socket.open,
    desktop: null,
    gatewayUrl: "http://127.0.0.1:4000",
    loadPhone: async () => ({ phone, devices }),
    newId: () => id(0xabc000 + ids++),
    hash,
    log: (message) => logged.push(message),
  });
  if (loggedOut) client.update((s) => ({ ...s, session: { ...s.session, status: "out" } }));
  else {
    enter(client, lan);
    socket.connect();
    await settle();
  }
  return { client, clock, socket, world, storage, logged, phone, devices };
}

const nobodyHome: Rest = {
  logIn: async (): Promise<User> => lan,
  logOut: async () => {},
  me: async () => lan,
  demo: async () => null,
  upload: async () => ({
    mediaId: id(61_000),
    kind: "image",
    name: "hinh.png",
    mime: "image/png",
    size: 10,
    thumbnail: false,
  }),
  media: async () => new Blob(["x"]),
  letterBody: async () => ({ html: null, quoted: "", remote: 0 }),
  reportFacts: async () => new Blob(["x"]),
  auditFile: async () => new Blob(["x"]),
  configFile: async () => new Blob(["{}"]),
  bringConfig: async () => ({ steps: [] }),
};

/** Lets every promise that can settle without time or network settle. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
