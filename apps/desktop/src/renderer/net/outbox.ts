import {
  type AppError,
  type Clock,
  type CommandInput,
  type CommandOutput,
  commands,
  WireError,
} from "@tongdai/shared";
import { z } from "zod";
import type { State } from "../state/model.ts";
import {
  dropOutgoing,
  type HeldCommand,
  heldCommands,
  markOutgoing,
  type OutgoingItem,
  putOutgoing,
} from "../state/outgoing.ts";
import type { Store } from "../state/store.ts";
import { isPassing, toAppError, toWire } from "./failure.ts";
import type { Requests } from "./request.ts";
import type { Storage } from "./storage.ts";

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

export interface Held<N extends HeldCommand> {
  readonly id: string;
  readonly name: N;
  readonly input: CommandInput<N>;
  readonly lane: string;
}

/** Keeps what a person typed until the gateway has it. Nothing leaves it but by an acknowledgement or the person's word. */
export interface Outbox {
  /** Resolves with the answer, perhaps much later; rejects when the gateway refuses for good. */
  hold<N extends HeldCommand>(item: Held<N>): Promise<CommandOutput<N>>;
  retry(id: string): void;
  discard(id: string): void;
  /** Takes up what this user left unsent, here or in an earlier page. */
  restore(userId: string): void;
  /** The line is live: send what waits. */
  pump(): void;
  stop(): void;
}

interface Options {
  readonly store: Store;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly requests: Requests;
  /** What an acknowledged command changes in the state. */
  readonly apply: (state: State, item: OutgoingItem, output: CommandOutput<HeldCommand>) => State;
}

interface Promised {
  resolve(output: unknown): void;
  reject(error: AppError): void;
}

export function createOutbox({ store, storage, clock, requests, apply }: Options): Outbox {
  const busyLanes = new Set<string>();
  const promised = new Map<string, Promised>();
  const failures = new Map<string, number>();
  let userId: string | null = null;
  let undoPause: (() => void) | null = null;

  const find = (id: string) => store.getState().outgoing.find((o) => o.id === id);
  const keyOf = (id: string) => `${prefix(userId)}${id}`;
  const keep = (item: OutgoingItem) => storage.set(keyOf(item.id), JSON.stringify(item));

  function put(item: OutgoingItem): void {
    keep(item);
    store.setState((s) => putOutgoing(s, item));
  }

  function drop(id: string): void {
    storage.remove(keyOf(id));
    failures.delete(id);
    store.setState((s) => dropOutgoing(s, id));
  }

  function pump(): void {
    if (!requests.isLive) return;
    const firsts = new Map<string, OutgoingItem>();
    for (const item of store.getState().outgoing)
      if (item.status === "waiting" && !firsts.has(item.lane)) firsts.set(item.lane, item);
    for (const item of firsts.values()) if (!busyLanes.has(item.lane)) void send(item);
  }

  async function send(item: OutgoingItem): Promise<void> {
    const owner = userId;
    busyLanes.add(item.lane);
    store.setState((s) => markOutgoing(s, item.id, "sending"));
    try {
      const output = await requests.attempt(item.name, item.input);
      if (owner === userId) accepted(item, output);
    } catch (cause) {
      if (owner === userId) failed(item, toAppError(cause));
    }
    busyLanes.delete(item.lane);
    if (owner === userId && !undoPause) pump();
  }

  function accepted(item: OutgoingItem, output: CommandOutput<HeldCommand>): void {
    // A draft typed on meanwhile has the same id: the newer one still has to go.
    const replaced = find(item.id)?.input !== item.input && find(item.id) !== undefined;
    store.setState((s) => apply(s, item, output));
    if (!replaced) drop(item.id);
    settle(item.id, (p) => p.resolve(output));
  }

  function failed(item: OutgoingItem, error: AppError): void {
    if (isPassing(error)) {
      pause(item, error);
      return;
    }
    const now = find(item.id);
    if (item.name === "draft.save") drop(item.id);
    else if (now) put({ ...now, status: "refused", error: toWire(error) });
    settle(item.id, (p) => p.reject(error));
  }

  function pause(item: OutgoingItem, error: AppError): void {
    store.setState((s) => markOutgoing(s, item.id, "waiting"));
    // A lost line comes back by itself; anything else is given time.
    if (!requests.isLive && error.code === "timeout") return;
    const tries = (failures.get(item.id) ?? 0) + 1;
    failures.set(item.id, tries);
    undoPause?.();
    undoPause = clock.after(Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1)), () => {
      undoPause = null;
      pump();
    });
  }

  function settle(id: string, tell: (p: Promised) => void): void {
    const promise = promised.get(id);
    promised.delete(id);
    if (promise) tell(promise);
  }

  return {
    hold<N extends HeldCommand>(held: Held<N>) {
      const item = { ...held, at: clock.now(), status: "waiting", error: null };
      // Name and input belong together by the type of `held`.
      put(item as unknown as OutgoingItem);
      const answer = new Promise<CommandOutput<N>>((resolve, reject) => {
        promised.set(held.id, { resolve: (output) => resolve(output as CommandOutput<N>), reject });
      });
      pump();
      return answer;
    },
    retry(id) {
      const item = find(id);
      if (item) put({ ...item, status: "waiting", error: null });
      pump();
    },
    discard: drop,
    restore(user) {
      userId = user;
      for (const item of readAll(storage, user)) store.setState((s) => putOutgoing(s, item));
      pump();
    },
    pump,
    stop() {
      userId = null;
      undoPause?.();
      undoPause = null;
      promised.clear();
      failures.clear();
    },
  };
}

const prefix = (userId: string | null) => `tongdai.held.${userId ?? ""}.`;

const Stored = z.object({
  id: z.string(),
  name: z.enum(heldCommands),
  input: z.unknown(),
  lane: z.string(),
  at: z.number(),
  status: z.enum(["waiting", "sending", "refused"]),
  error: WireError.nullable(),
});

/** One unreadable entry does not take its neighbours with it; it stays on the disk for somebody who can read it. */
function readAll(storage: Storage, userId: string): OutgoingItem[] {
  return storage
    .keys(prefix(userId))
    .map((key) => readOne(storage.get(key)))
    .filter((item) => item !== null)
    .sort((a, b) => a.at - b.at);
}

function readOne(text: string | null): OutgoingItem | null {
  const item = Stored.safeParse(parseJson(text));
  if (!item.success || !commands[item.data.name].input.safeParse(item.data.input).success) return null;
  const status = item.data.status === "refused" ? "refused" : "waiting";
  // The line above has proven that the input belongs to the name.
  return { ...item.data, status } as OutgoingItem;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
