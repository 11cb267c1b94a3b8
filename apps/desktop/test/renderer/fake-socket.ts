import { AppError, type CommandName, type EphemeralData, type JournalEvent } from "@tongdai/shared";
import type { OpenSocket, SocketEvents } from "../../src/renderer/net/socket.ts";
import { serve } from "./fake-gateway/commands.ts";
import type { World } from "./fake-gateway/world.ts";

export interface Sent {
  readonly name: CommandName;
  readonly input: unknown;
}

export interface FakeSocket {
  readonly open: OpenSocket;
  readonly sent: readonly Sent[];
  connect(): void;
  drop(): void;
  refuse(code: "unauthenticated" | "contract_mismatch" | "unavailable"): void;
  end(): void;
  tell(...events: JournalEvent[]): void;
  type(mark: EphemeralData<"typing.changed">): void;
  /** The gateway does the next command of this name, but its answer is lost. */
  loseAnswer(name: CommandName): void;
  /** The next command of this name is refused. */
  fail(name: CommandName, error: AppError): void;
  readonly closed: boolean;
}

/** A line to the fake gateway's world without any network: it breaks where a real one breaks, when it is told to. */
export function fakeSocket(world: World): FakeSocket {
  let events: SocketEvents | null = null;
  let connected = false;
  let closed = false;
  const sent: Sent[] = [];
  const lost = new Set<CommandName>();
  const failing = new Map<CommandName, AppError>();

  function answer(name: CommandName, input: unknown, ack: (answer: unknown) => void): void {
    const refusal = failing.get(name);
    failing.delete(name);
    try {
      if (refusal) throw refusal;
      if (name === "sync.start") replay(input);
      const { output, events: told } = serve(world, name, input);
      if (lost.delete(name)) return;
      if (!connected) return;
      ack({ ok: true, data: structuredClone(output) });
      if (told.length > 0) events?.journal(structuredClone(told));
    } catch (cause) {
      const error = cause instanceof AppError ? cause : new AppError("internal", String(cause));
      const { code, message, details } = error;
      if (connected) ack({ ok: false, error: { code, message, ...(details && { details }) } });
    }
  }

  function replay(input: unknown): void {
    const { lastSeq } = input as { lastSeq: number | null };
    if (lastSeq !== null) events?.journal(structuredClone(world.journal.filter((e) => e.seq > lastSeq)));
  }

  return {
    sent,
    open(given) {
      events = given;
      closed = false;
      return {
        get connected() {
          return connected;
        },
        emit(name, input, ack) {
          sent.push({ name, input });
          queueMicrotask(() => answer(name, input, ack));
        },
        hurry() {},
        cycle() {},
        close() {
          connected = false;
          closed = true;
        },
      };
    },
    connect() {
      connected = true;
      events?.connected();
    },
    drop() {
      connected = false;
      events?.disconnected();
    },
    refuse: (code) => events?.refused(new AppError(code, code)),
    end: () => events?.ended({ code: "unauthenticated", message: "logged out elsewhere" }),
    tell: (...told) => events?.journal(structuredClone(told)),
    type: (mark) => events?.typing(mark),
    loseAnswer: (name) => void lost.add(name),
    fail: (name, error) => void failing.set(name, error),
    get closed() {
      return closed;
    },
  };
}
