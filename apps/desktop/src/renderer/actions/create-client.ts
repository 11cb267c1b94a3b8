import type { Clock, WireError } from "@tongdai/shared";
import type { DesktopBridge } from "../../ipc-contract.ts";
import { toAppError, toWire } from "../net/failure.ts";
import { createMediaCache } from "../net/media-cache.ts";
import { createOutbox } from "../net/outbox.ts";
import type { Rest, TokenKeeper } from "../net/rest.ts";
import type { OpenSocket } from "../net/socket.ts";
import type { Storage } from "../net/storage.ts";
import { createSync } from "../net/sync.ts";
import { settleDraft } from "../state/drafts.ts";
import { learn } from "../state/learn.ts";
import type { State } from "../state/model.ts";
import type { OutgoingItem } from "../state/outgoing.ts";
import { parseRoute } from "../state/route.ts";
import { loggedOut } from "../state/session.ts";
import { createAppStore } from "../state/store.ts";
import type { Client } from "./client.ts";
import { createLater } from "./later.ts";
import { closePhone, createPhoneLine, openPhone, type PhoneLine } from "./phone.ts";
import { saveChangedDrafts } from "./save-draft.ts";
import { readPreferences } from "./set-preferences.ts";

export interface ClientParts {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly rest: Rest;
  readonly tokens: TokenKeeper;
  readonly openSocket: OpenSocket;
  readonly desktop: DesktopBridge | null;
  readonly gatewayUrl: string;
  readonly loadPhone: PhoneLine["load"];
  readonly newId: () => string;
  readonly hash: string;
  readonly log: (message: string) => void;
}

export function createClient(parts: ClientParts): Client {
  const { clock, storage, rest, tokens, desktop, log } = parts;
  const store = createAppStore(readPreferences(storage), parseRoute(parts.hash));
  const problems = new Set<(problem: WireError) => void>();
  const later = createLater(clock);
  const media = createMediaCache(rest);
  const now = () => clock.now() + store.getState().connection.skew;

  const sync = createSync({
    store,
    clock,
    open: parts.openSocket,
    onLive() {
      saveChangedDrafts(client);
      outbox.pump();
      openPhone(client).catch(report);
    },
    onEnded: (reason) => leave(reason),
    log,
  });
  const outbox = createOutbox({
    store,
    storage,
    clock,
    requests: sync.requests,
    apply: (state, item, output) => heldAnswer(state, item, output, now()),
  });

  function leave(reason: WireError | null): void {
    // What is typed but not yet handed to the outbox would otherwise be lost with the session.
    later.flush("draft.");
    closePhone(client);
    sync.stop();
    outbox.stop();
    media.clear();
    tokens.clear().catch(report);
    store.setState((s) => loggedOut(s, reason));
  }

  function report(cause: unknown): void {
    const error = toAppError(cause);
    if (error.code === "internal") log(`${error.code}: ${error.message}`);
    for (const listener of problems) listener(toWire(error));
  }

  const client: Client = {
    store,
    update: (change) => store.setState(change),
    request: sync.requests.request,
    outbox,
    rest,
    media,
    storage,
    clock,
    later,
    desktop,
    gatewayUrl: parts.gatewayUrl,
    line: createPhoneLine(parts.loadPhone),
    newId: parts.newId,
    now,
    connection: { start: sync.start, stop: () => leave(null), hurry: sync.hurry },
    onEvents: sync.onEvents,
    onFloor: sync.onFloor,
    onProblem(listener) {
      problems.add(listener);
      return () => void problems.delete(listener);
    },
    report,
    files: new Map(),
  };
  return client;
}

function heldAnswer(state: State, item: OutgoingItem, output: HeldOutput, now: number): State {
  if ("draft" in output)
    return item.name === "draft.save"
      ? settleDraft(state, item.input.conversationId, item.input, output.draft)
      : state;
  return learn(state, output, now);
}

type HeldOutput = Parameters<Parameters<typeof createOutbox>[0]["apply"]>[2];
