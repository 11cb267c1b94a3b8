import type { Clock, EphemeralData, Permission } from "@tongdai/shared";
import type { OutgoingAction } from "./channels/channel.ts";
import type { ChannelRegistry } from "./channels/registry.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { FetchMedia, MediaStore } from "./media/media-store.ts";
import type { Secrets } from "./secrets.ts";
import type { Store } from "./store/index.ts";
import type { TelephonyProvider } from "./telephony/provider.ts";

/** Everything a feature may use, built once in gateway.ts. */
export interface Ctx {
  readonly config: Config;
  /** This process among those that share the store; another one after every start. */
  readonly instanceId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly channels: ChannelRegistry;
  readonly media: MediaStore;
  readonly secrets: Secrets;
  /** How channels reach their vendors. */
  readonly fetch: typeof fetch;
  /** The guarded fetcher: see media-store.ts. */
  readonly fetchMedia: FetchMedia;
  /** Null: this gateway has no telephony. */
  readonly telephony: TelephonyProvider | null;
  /** The guarded way by which webhooks leave. */
  readonly post: Post;
  /** Facts of this moment to those in the rooms; never stored, lost without harm. */
  readonly ephemeral: {
    typing(scopes: readonly string[], data: EphemeralData<"typing.changed">): void;
  };
  /** Typing and seen, to the customer: best effort, never repeated. */
  act(on: { readonly account_id: string }, action: OutgoingAction): void;
  /**
   * How long somebody in this queue's line still waits, from memory; see `expectedWait` of the domain. Milliseconds.
   * @param position 1: the next; by default that of somebody who comes now
   */
  expectedWait(queueId: string, position?: number): number | null;
  /** Say that something may be due; called after commit. Cheap, coalesced, never throws. */
  readonly wake: {
    router(): void;
    outbox(): void;
    /** Of one that was set, or because some may have changed. */
    timers(timer?: { readonly key: string; readonly due_at: number }): void;
    webhooks(): void;
    /** Whose connection was lost or is back. */
    presence(): void;
  };
}

/**
 * One POST without cookies and credentials to an address that was looked at first, whose connection goes to what was looked at.
 * Redirects are not followed. Throws AppError whose details name the `failure`.
 */
export type Post = (
  url: string,
  o: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly signal: AbortSignal;
    /** So much of the answer is read. */
    readonly answerBytes: number;
  },
) => Promise<{ readonly status: number; readonly retryAfter: string | null; readonly answer: string }>;

/** Who asks, as the store says now. */
export interface Caller {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  readonly queueIds: readonly string[];
}
