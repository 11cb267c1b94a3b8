import type { Clock, Permission, Role } from "@tongdai/shared";
import type { ChannelRegistry } from "./channels/registry.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { MediaStore } from "./media/media-store.ts";
import type { Secrets } from "./secrets.ts";
import type { Store } from "./store/index.ts";

/** Everything a feature may use, built once in gateway.ts. */
export interface Ctx {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly channels: ChannelRegistry;
  readonly media: MediaStore;
  readonly secrets: Secrets;
  /** How channels reach their vendors. */
  readonly fetch: typeof fetch;
  /** Say that something may be due; called after commit. Cheap, coalesced, never throws. */
  readonly wake: {
    router(): void;
    outbox(): void;
    timers(): void;
    /** These sessions are over: their sockets close. */
    sessionsEnded(sessionIds: readonly string[]): void;
  };
}

/** Who asks, as the store says now. */
export interface Caller {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  readonly queueIds: readonly string[];
}
