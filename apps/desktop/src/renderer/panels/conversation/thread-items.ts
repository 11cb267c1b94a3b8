import type { Message } from "@tongdai/shared";
import type { Step, Thread } from "../../state/model.ts";
import type { MessageItem } from "../../state/outgoing.ts";
import { shownStretch } from "../../state/threads.ts";
import { formatDate } from "../../ui/format.ts";

export type ThreadItem =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "unread"; readonly key: string }
  | { readonly kind: "message"; readonly key: string; readonly message: Message; readonly starts: boolean }
  | { readonly kind: "step"; readonly key: string; readonly step: Step }
  | { readonly kind: "outgoing"; readonly key: string; readonly item: MessageItem };

/** Messages of one author within this time stand together under one name. */
const togetherMs = 3 * 60_000;

/** Told elsewhere or of no use to the reader: who was asked matters only when they answered. */
const quiet: ReadonlySet<string> = new Set(["interaction.offered", "interaction.opened"]);

/** The rows of a thread, oldest first: messages and steps by time, days between them, what waits to go at the end. */
export function threadItems(thread: Thread, outgoing: readonly MessageItem[]): ThreadItem[] {
  const items: ThreadItem[] = [];
  let day = "";
  let previous: Message | null = null;
  const comeTo = (at: number) => {
    const next = formatDate(at);
    if (next !== day) {
      items.push({ kind: "day", key: `day ${next}`, at });
      previous = null;
    }
    day = next;
  };
  const { messages, after } = shownStretch(thread);
  const steps = shownSteps(thread);
  let s = 0;
  for (const message of messages) {
    for (let step = steps[s]; step && step.at < message.at; step = steps[++s]) {
      comeTo(step.at);
      items.push({ kind: "step", key: `step ${step.seq}`, step });
      previous = null;
    }
    comeTo(message.at);
    if (message.id === thread.unreadFrom) {
      items.push({ kind: "unread", key: "unread" });
      previous = null;
    }
    items.push({ kind: "message", key: message.id, message, starts: !isTogether(previous, message) });
    previous = message;
  }
  for (const step of steps.slice(s)) {
    comeTo(step.at);
    items.push({ kind: "step", key: `step ${step.seq}`, step });
  }
  if (after === null) for (const item of outgoing) items.push({ kind: "outgoing", key: item.id, item });
  return items;
}

/** Steps before the first loaded message or after the last belong to a page that is not here. */
function shownSteps(thread: Thread): Step[] {
  const { messages, before, after } = shownStretch(thread);
  const from = before === null ? 0 : (messages[0]?.at ?? 0);
  const to = after === null ? Number.POSITIVE_INFINITY : (messages.at(-1)?.at ?? 0);
  const kept = thread.steps.filter((step) => step.at >= from && step.at <= to && !quiet.has(step.name));
  return kept.filter((step, i) => step.name !== kept[i + 1]?.name || step.note !== null);
}

function isTogether(a: Message | null, b: Message): boolean {
  if (!a || a.kind !== b.kind || b.kind === "event" || b.at - a.at > togetherMs) return false;
  return a.author.kind === b.author.kind && who(a) === who(b);
}

const who = ({ author, comment }: Message): string | null =>
  author.kind === "agent" ? author.userId : (comment?.author ?? null);
