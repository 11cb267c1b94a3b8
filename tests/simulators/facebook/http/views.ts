import { type Json, plain } from "../../kit/json.ts";
import { FAULTS } from "../core/faults.ts";
import { findThread, type Page } from "../core/world.ts";
import { DEMO_PEOPLE } from "../customer/people.ts";
import { transcriptOf } from "../customer/transcript.ts";
import { STICKERS, stickerMedia } from "../media/stickers.ts";
import type { Simulator } from "../simulator.ts";
import type { DeliveryRecord } from "../webhook/sender.ts";

const LOG_SHOWN = 8;

/** Everything that does not belong to one customer. */
export function overview({ context }: Simulator): Json {
  return {
    pages: [...context.world.pages.values()].map(({ id, name, people }) => ({
      id,
      name,
      people: people.map((person) => ({ psid: person.psid, name: person.name })),
    })),
    people: DEMO_PEOPLE.map(({ name, profile }) => ({ name, profile })),
    stickers: STICKERS.map(({ id, label }) => ({
      id,
      label,
      mediaId: stickerMedia(context.media, id) ?? "",
    })),
    faults: Object.entries(FAULTS).map(([name, value]) => ({ name, value })),
  };
}

/** What the page shows for one customer; sent again after every change. */
export function snapshotFor(simulator: Simulator, psid: string): Json {
  const { context } = simulator;
  const thread = findThread(context.world, psid);
  const page = thread ? context.world.pages.get(thread.pageId) : undefined;
  return {
    now: context.clock.now(),
    travelledMs: context.time.offset(),
    faults: context.faults.list().map((fault) => ({ ...fault })),
    transcript: thread ? plain(transcriptOf(context, thread)) : null,
    comments: page ? commentsOf(page) : [],
    subscriptions: page ? subscriptionsOf(page) : [],
    log: simulator.deliveries.slice(-LOG_SHOWN).toReversed().map(logLine),
  };
}

function commentsOf(page: Page): Json {
  return [...page.comments.values()]
    .filter(({ hidden }) => !hidden)
    .map(({ id, parentId, author, message, at, psid }) => ({
      id,
      parentId,
      author,
      message,
      at,
      byPage: psid === undefined,
    }));
}

function subscriptionsOf(page: Page): Json {
  return page.grants.map(({ app, fields, disabled, failingSince }) => ({
    appId: app.appId,
    state: !fields ? "none" : disabled ? "disabled" : failingSince === undefined ? "ok" : "failing",
  }));
}

function logLine(record: DeliveryRecord): Json {
  const last = record.attempts.at(-1);
  return {
    id: record.id,
    what: describe(record.body),
    state: record.state,
    attempts: record.attempts.length,
    status: last?.status ?? 0,
    error: last?.error ?? "",
  };
}

/** The keys that say what an event is, read from the body as it went out. */
function describe(body: string): string {
  const kinds = [
    ["is_echo", "echo"],
    ["message_edit", "edit"],
    ["reaction", "reaction"],
    ["delivery", "delivery"],
    ["read", "read"],
    ["postback", "postback"],
    ["referral", "referral"],
    ["standby", "standby"],
    ["changes", "comment"],
    ["message", "message"],
  ] as const;
  return kinds.find(([key]) => body.includes(`"${key}":`))?.[1] ?? "event";
}
