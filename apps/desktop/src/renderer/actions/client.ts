import type { Clock, FloorChange, WireError } from "@tongdai/shared";
import type { DesktopBridge } from "../../ipc-contract.ts";
import type { MediaCache } from "../net/media-cache.ts";
import type { Outbox } from "../net/outbox.ts";
import type { Request } from "../net/request.ts";
import type { Rest } from "../net/rest.ts";
import type { Storage } from "../net/storage.ts";
import type { EventsSeen } from "../net/sync.ts";
import type { State } from "../state/model.ts";
import type { Store } from "../state/store.ts";
import type { Later } from "./later.ts";
import type { PhoneLine } from "./phone.ts";

/** All that actions work with; made once, handed down by React context. */
export interface Client {
  readonly store: Store;
  readonly update: (change: (state: State) => State) => void;
  readonly request: Request;
  readonly outbox: Outbox;
  readonly rest: Rest;
  readonly media: MediaCache;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly later: Later;
  readonly desktop: DesktopBridge | null;
  /** Where the gateway is: scheme, host and port. */
  readonly gatewayUrl: string;
  readonly line: PhoneLine;
  readonly newId: () => string;
  /** Gateway time. */
  readonly now: () => number;
  readonly connection: { start(): void; stop(): void; hurry(): void };
  readonly onEvents: (listener: (seen: EventsSeen) => void) => () => void;
  readonly onFloor: (listener: (change: FloorChange) => void) => () => void;
  /** What went wrong behind the person's back; the shell shows it. */
  readonly onProblem: (listener: (problem: WireError) => void) => () => void;
  readonly report: (cause: unknown) => void;
  /** The files behind uploads that run or failed, so that they can be tried again. */
  readonly files: Map<string, { readonly file: File; readonly stop: AbortController }>;
}
