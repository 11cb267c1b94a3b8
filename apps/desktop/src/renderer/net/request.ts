import {
  AppError,
  type Clock,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
} from "@tongdai/shared";
import { z } from "zod";
import { fromWire } from "./failure.ts";
import type { Socket } from "./socket.ts";

const answerMs = 10_000;

/** Asking again does no harm. */
const reads: ReadonlySet<CommandName> = new Set<CommandName>([
  "session.list",
  "conversation.list",
  "conversation.get",
  "conversation.messages",
  "conversation.search",
  "conversation.read",
  "interaction.history",
  "interaction.explain",
  "customer.get",
  "customer.search",
  "customer.timeline",
  "ticket.list",
  "ticket.get",
  "audit.list",
  "report.query",
  "report.rows",
]);

export type Request = <N extends CommandName>(name: N, input: CommandInput<N>) => Promise<CommandOutput<N>>;

export interface Requests {
  /** Waits for the replay to end; refused at once with `unavailable` while there is no connection. */
  readonly request: Request;
  /** One try, at once: for the first command after connecting, and for what keeps its own turn. */
  readonly attempt: Request;
  /** The line stands, but replay has not ended. */
  connected(): void;
  /** Commands may go. */
  live(): void;
  lost(): void;
  readonly isLive: boolean;
}

interface Options {
  readonly clock: Clock;
  readonly socket: () => Socket | null;
  /** Called before an answer is handed out: what the gateway told before it must be applied before it. */
  readonly settle: () => void;
}

type Phase = "lost" | "connected" | "live";
type Waiter = { go: () => void; refuse: (error: AppError) => void };

class LostError extends AppError {}

const Answer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.unknown() }),
]);

export function createRequests({ clock, socket, settle }: Options): Requests {
  let phase: Phase = "lost";
  const waiting = new Set<Waiter>();
  const inFlight = new Set<(error: AppError) => void>();

  /** @param patient waits for a connection that is not there yet */
  function turn(patient: boolean): Promise<void> {
    if (phase === "live") return Promise.resolve();
    if (phase === "lost" && !patient) return Promise.reject(offline());
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { go: () => done(resolve), refuse: (error) => done(() => reject(error)) };
      const undo = clock.after(answerMs, () => waiter.refuse(offline()));
      const done = (then: () => void) => {
        undo();
        waiting.delete(waiter);
        then();
      };
      waiting.add(waiter);
    });
  }

  const attempt: Request = (name, input) =>
    new Promise((resolve, reject) => {
      const line = socket();
      if (!line?.connected) {
        reject(offline());
        return;
      }
      const undo = clock.after(answerMs, () => fail(new AppError("timeout", `${name}: no answer`)));
      const fail = (error: AppError) => {
        undo();
        inFlight.delete(fail);
        reject(error);
      };
      inFlight.add(fail);
      line.emit(name, input, (raw) => {
        if (!inFlight.delete(fail)) return;
        undo();
        settle();
        const answer = read(name, raw);
        if (answer instanceof AppError) reject(answer);
        else resolve(answer);
      });
    });

  const request: Request = async (name, input) => {
    await turn(false);
    try {
      return await attempt(name, input);
    } catch (error) {
      if (!(error instanceof LostError && reads.has(name))) throw error;
    }
    await turn(true);
    return attempt(name, input);
  };

  return {
    request,
    attempt,
    connected() {
      phase = "connected";
    },
    live() {
      phase = "live";
      for (const waiter of waiting) waiter.go();
    },
    lost() {
      phase = "lost";
      // Whether it was done is not known: the journal will tell. So this is a time-out and not a refusal.
      for (const fail of inFlight) fail(new LostError("timeout", "the connection was lost"));
    },
    get isLive() {
      return phase === "live";
    },
  };
}

const offline = () => new AppError("unavailable", "there is no connection");

function read<N extends CommandName>(name: N, raw: unknown): CommandOutput<N> | AppError {
  const answer = Answer.safeParse(raw);
  if (!answer.success) return new AppError("internal", `${name}: not an answer`);
  if (!answer.data.ok) return fromWire(answer.data.error, new AppError("internal", `${name}: refused`));
  const output = commands[name].output.safeParse(answer.data.data);
  // The schema is the one of this very command, which its union type cannot tell.
  if (output.success) return output.data as CommandOutput<N>;
  return new AppError("internal", `${name}: ${output.error.message}`);
}
