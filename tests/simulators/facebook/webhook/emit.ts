import type { SimTime } from "../../kit/clock.ts";
import { isObject, type Json, type JsonObject } from "../../kit/json.ts";
import type { Faults } from "../core/faults.ts";
import type { AppOptions } from "../core/options.ts";
import { findPage, type Grant, type World } from "../core/world.ts";
import type { PageEntry, Sender } from "./sender.ts";

export interface Emission {
  readonly pageId: string;
  /** The subscribed field this event belongs to. */
  readonly field: string;
  readonly item: JsonObject;
  /** Present for events of a thread: apps that do not own it get the item in `standby`. */
  readonly owner?: string | undefined;
  readonly container?: "messaging" | "standby" | "changes";
  readonly onAck?: () => void;
}

export interface Webhooks {
  /** Resolves when each subscribed app was tried once, or at once while events are held. */
  emit(emission: Emission): Promise<void>;
  /** From here on events wait, to leave as one delivery per app. */
  hold(): void;
  release(options?: { readonly reverse?: boolean }): Promise<void>;
}

interface Held {
  readonly app: AppOptions;
  readonly entry: PageEntry;
  readonly onAck: (() => void) | undefined;
}

export interface EmitDeps {
  readonly world: World;
  readonly time: SimTime;
  readonly faults: Faults;
  readonly sender: Sender;
}

export function createWebhooks({ world, time, faults, sender }: EmitDeps): Webhooks {
  let held: Held[] | undefined;
  return {
    async emit(emission) {
      const grants = findPage(world, emission.pageId).grants.filter((grant) => wants(grant, emission));
      await Promise.all(
        grants.map(async (grant) => {
          const entry = { pageId: emission.pageId, entry: entryFor(grant, emission, time.now()) };
          if (held) held.push({ app: grant.app, entry, onAck: emission.onAck });
          else await sender.deliver(grant.app, [entry], emission.onAck);
        }),
      );
    },
    hold() {
      held ??= [];
    },
    async release({ reverse = false } = {}) {
      const batch = held ?? [];
      held = undefined;
      const turned = faults.strike("webhook.reverseBatch") ? !reverse : reverse;
      const byApp = Map.groupBy(turned ? batch.toReversed() : batch, ({ app }) => app);
      await Promise.all(
        [...byApp].map(([app, items]) =>
          sender.deliver(
            app,
            items.map(({ entry }) => entry),
            () => {
              for (const item of items) item.onAck?.();
            },
          ),
        ),
      );
    },
  };
}

function wants(grant: Grant, emission: Emission): boolean {
  if (!grant.fields || grant.disabled) return false;
  const field = containerFor(grant, emission) === "standby" ? "standby" : emission.field;
  return grant.fields.has(field);
}

function containerFor(grant: Grant, emission: Emission): "messaging" | "standby" | "changes" {
  if (emission.container) return emission.container;
  const foreign = emission.owner !== undefined && emission.owner !== grant.app.appId;
  return foreign ? "standby" : "messaging";
}

function entryFor(grant: Grant, emission: Emission, now: number): Json {
  const container = containerFor(grant, emission);
  return {
    id: emission.pageId,
    time: now,
    [container]: [container === "standby" ? withoutPayload(emission.item) : emission.item],
  };
}

/** A button's payload reaches only the app that sent the button. */
function withoutPayload(item: JsonObject): JsonObject {
  const postback = item["postback"];
  return isObject(postback) ? { ...item, postback: { ...postback, payload: undefined } } : item;
}
