import type { EventData, EventName } from "@tongdai/shared";
import type { Kysely } from "kysely";
import type { Engine } from "./engine.ts";
import type { Tables } from "./schema.ts";

/** What every query takes: the store for a look, a transaction for a change. */
export interface Queryable {
  readonly db: Kysely<Tables>;
  readonly engine: Engine;
}

/** One unit of work: state, journal rows and outbox rows that commit together or not at all. */
export interface Tx extends Queryable {
  /** Adds an event; it is numbered at commit and told to followers after it. */
  journal<N extends EventName>(entry: NewEntry<N>): void;
  /** Runs once the commit is durable; never when it failed. Must not throw. */
  afterCommit(run: () => void): void;
}

export interface NewEntry<N extends EventName> {
  readonly name: N;
  readonly at: number;
  readonly actorId: string | null;
  /** Rooms that may see it; see realtime/rooms.ts. */
  readonly scopes: readonly string[];
  readonly data: EventData<N>;
  readonly refs?: {
    /** The customer as it was made (`home_id`): whose card it is on may change, what was written stays. */
    readonly customerId?: string;
    readonly conversationId?: string;
    readonly interactionId?: string;
    readonly ticketId?: string;
  };
}

/** A journal row as followers get it. */
export interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly name: EventName;
  readonly actorId: string | null;
  readonly scopes: readonly string[];
  readonly data: unknown;
}

export interface Store extends Queryable {
  /**
   * Runs `work` in a transaction and resolves once it is durable. `work` may wait for nothing but the store and may
   * run more than once (after a serialization failure), so it changes nothing outside of `tx`.
   * Throws what `work` throws; `AppError("unavailable")` when the store cannot be written.
   * @param o.first ahead of the works that wait for their turn, where there is one line of them
   */
  write<R>(work: (tx: Tx) => Promise<R>, o?: { readonly first?: boolean }): Promise<R>;
  /** Calls `listener` with every committed entry, once, in order of `seq`, from now on. Returns its undo. */
  follow(listener: (entries: readonly Entry[]) => void): () => void;
  /** Tells the gateways on this store, this one included, what is true only now; may be lost. An embedded store has one. */
  announce(text: string): void;
  onAnnounced(listener: (text: string) => void): void;
  /** The number of the newest visible entry, 0 before the first. */
  head(): Promise<number>;
  close(): Promise<void>;
}
