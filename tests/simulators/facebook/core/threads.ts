import { newPsid } from "./ids.ts";
import type { Page, ProfileAccess, StoredMessage, Thread } from "./world.ts";

export interface PersonOptions {
  readonly name: string;
  readonly psid?: string | undefined;
  readonly profile?: ProfileAccess | undefined;
}

/** One person per name and page: asking again gives the same thread. */
export function personThread(page: Page, { name, psid, profile = "full" }: PersonOptions): Thread {
  const id = psid ?? newPsid(page.id, name);
  const known = page.threads.get(id);
  if (known) return known;
  const thread: Thread = {
    pageId: page.id,
    psid: id,
    name,
    profile,
    messages: [],
    lastOpenAt: undefined,
    lastMessageAt: undefined,
    ownerAppId: page.grants[0]?.app.appId,
    blocked: false,
    offline: false,
    typingUntil: 0,
    deliveredTo: 0,
    readTo: 0,
    seenByPageTo: 0,
    heldReceipts: [],
  };
  page.threads.set(id, thread);
  return thread;
}

/** Those of the page's people who are not here yet come in as they are configured; true when somebody did. */
export function meetPeople(page: Page): boolean {
  const strangers = page.people.filter(({ psid }) => !page.threads.has(psid));
  for (const { psid, name, lastWroteAt } of strangers) {
    const thread = personThread(page, { psid, name });
    thread.lastOpenAt = lastWroteAt;
    thread.lastMessageAt = lastWroteAt;
  }
  return strangers.length > 0;
}

export function storedMessage(
  part: Pick<StoredMessage, "mid" | "from" | "at"> & Partial<StoredMessage>,
): StoredMessage {
  return {
    text: undefined,
    attachments: [],
    quickReplies: [],
    replyTo: undefined,
    appId: undefined,
    edits: 0,
    reactions: {},
    taken: false,
    ...part,
  };
}

const HOUR = 3_600_000;
const STANDARD_WINDOW_MS = 24 * HOUR;
export const HUMAN_AGENT_WINDOW_MS = 7 * 24 * HOUR;

export interface WindowState {
  readonly standardLeftMs: number;
  readonly humanAgentLeftMs: number;
}

export function windowOf(thread: Thread, windowNow: number): WindowState {
  const left = (since: number | undefined, span: number) =>
    since === undefined ? 0 : Math.max(0, since + span - windowNow);
  return {
    standardLeftMs: left(thread.lastOpenAt, STANDARD_WINDOW_MS),
    humanAgentLeftMs: left(thread.lastMessageAt, HUMAN_AGENT_WINDOW_MS),
  };
}
