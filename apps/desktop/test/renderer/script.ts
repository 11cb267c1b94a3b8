import {
  AppError,
  type CommandName,
  type CommandOutput,
  type CommandParsed,
  commands,
  type FloorChange,
  type JournalEvent,
  type Snapshot,
} from "@tongdai/shared";
import { type FakeClock, fakeClock } from "@tongdai/shared/testing";
import type { DesktopBridge } from "../../src/ipc-contract.ts";
import type { Client } from "../../src/renderer/actions/client.ts";
import { createClient } from "../../src/renderer/actions/create-client.ts";
import { enter } from "../../src/renderer/actions/start-client.ts";
import type { Rest } from "../../src/renderer/net/rest.ts";
import type { SocketEvents } from "../../src/renderer/net/socket.ts";
import { memoryStorage } from "../../src/renderer/net/storage.ts";
import { cookieTokens } from "../../src/renderer/net/tokens.ts";
import { id, lan, morning, snapshot } from "./builders.ts";

/** What the gateway answers, command by command; what is left out is refused. Throw an AppError to refuse. */
export type Script = { [N in CommandName]?: (input: CommandParsed<N>) => CommandOutput<N> };

export interface Scripted {
  readonly client: Client;
  readonly clock: FakeClock;
  readonly sent: { readonly name: CommandName; readonly input: unknown }[];
  /** Changes the script from here on. */
  answer(more: Script): void;
  tell(...events: JournalEvent[]): void;
  /** What the gateway tells those who watch the floor. */
  tellFloor(change: FloorChange): Promise<void>;
  drop(): void;
  connect(): void;
}

interface Options {
  readonly snapshot?: Partial<Snapshot>;
  readonly hash?: string;
  readonly offline?: boolean;
  readonly desktop?: DesktopBridge;
  readonly rest?: Partial<Rest>;
}

let ids = 0;

/** The whole client over a line whose other end says what the test wrote down. */
export async function scripted(script: Script, options: Options = {}): Promise<Scripted> {
  const clock = fakeClock(morning);
  const sent: { name: CommandName; input: unknown }[] = [];
  const told = snapshot(options.snapshot);
  let answers: Script = script;
  let events: SocketEvents | null = null;
  let connected = false;

  function reply(name: CommandName, raw: unknown): unknown {
    if (name === "sync.start" && !answers[name]) {
      const { lastSeq } = commands[name].input.parse(raw);
      if (lastSeq !== null) return { mode: "replayed", head: lastSeq, headAt: null, serverTime: clock.now() };
      return {
        mode: "snapshot",
        head: 1,
        headAt: null,
        serverTime: clock.now(),
        snapshot: told,
        restored: false,
      };
    }
    const handler = answers[name] as ((input: unknown) => unknown) | undefined;
    if (!handler) throw new AppError("not_found", `the script says nothing of ${name}`);
    return handler(commands[name].input.parse(raw));
  }

  const client = createClient({
    clock,
    storage: memoryStorage(),
    rest: { ...nobodyHome, ...options.rest },
    tokens: cookieTokens,
    desktop: options.desktop ?? null,
    gatewayUrl: "http://127.0.0.1:4000",
    loadPhone: () => Promise.reject(new Error("no phone here")),
    newId: () => id(0xdef000 + ids++),
    hash: options.hash ?? "",
    log: () => {},
    openSocket: (given) => {
      events = given;
      return {
        get connected() {
          return connected;
        },
        emit(name, input, ack) {
          sent.push({ name, input });
          queueMicrotask(() => {
            try {
              const data = structuredClone(reply(name, input));
              if (connected) ack({ ok: true, data });
            } catch (cause) {
              const { code, message, details } =
                cause instanceof AppError ? cause : new AppError("internal", String(cause));
              if (connected) ack({ ok: false, error: { code, message, ...(details ? { details } : {}) } });
            }
          });
        },
        hurry() {},
        cycle() {},
        close() {
          connected = false;
        },
      };
    },
  });
  const connect = () => {
    connected = true;
    events?.connected();
  };
  enter(client, told.me);
  if (!options.offline) {
    connect();
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
  return {
    client,
    clock,
    sent,
    answer: (more) => {
      answers = { ...answers, ...more };
    },
    tell: (...rows) => {
      events?.journal(structuredClone(rows));
      clock.advance(100);
    },
    async tellFloor(change) {
      events?.floor(structuredClone(change));
      for (let i = 0; i < 5; i++) await Promise.resolve();
    },
    drop() {
      connected = false;
      events?.disconnected();
    },
    connect,
  };
}

const nobodyHome: Rest = {
  logIn: async () => lan,
  logOut: async () => {},
  me: async () => lan,
  demo: async () => null,
  upload: () => Promise.reject(new AppError("unavailable", "no files here")),
  media: () => Promise.reject(new AppError("not_found", "no files here")),
  letterBody: async () => ({ html: null, quoted: "", remote: 0 }),
  reportFacts: async () => new Blob(["x"]),
  auditFile: async () => new Blob(["x"]),
  configFile: async () => new Blob(["{}"]),
  bringConfig: async () => ({ steps: [] }),
};
