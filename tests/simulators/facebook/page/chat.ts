import { stickToEnd } from "../../kit/page/client.ts";
import { byId, h } from "../../kit/page/dom.ts";
import { currentLanguage } from "../../kit/page/words.ts";
import { type BubbleActions, bubble } from "./bubbles.ts";
import { duration, t } from "./i18n.ts";
import type { Message, Snapshot, Transcript } from "./types.ts";

export interface ChatActions extends BubbleActions {
  quickReply(choice: { readonly title: string; readonly payload: string }): void;
}

export interface ChatView {
  show(snapshot: Snapshot, connected: boolean): void;
  /** After a change of person, page or language nothing drawn before may stay. */
  reset(): void;
}

interface Drawn {
  readonly key: string;
  readonly node: HTMLLIElement;
}

export function createChat(actions: ChatActions): ChatView {
  const list = byId<HTMLOListElement>("messages");
  let drawn = new Map<string, Drawn>();

  const draw = (transcript: Transcript, now: number) => {
    const lastOf = (from: Message["from"]) => transcript.messages.findLast((one) => one.from === from)?.mid;
    const lasts = new Set([lastOf("customer"), lastOf("page")]);
    const next = new Map<string, Drawn>();
    for (const message of transcript.messages) {
      const last = lasts.has(message.mid);
      const quoted = transcript.messages.find(({ mid }) => mid === message.replyTo);
      const key = JSON.stringify([message, last, quoted?.text]);
      const before = drawn.get(message.mid);
      next.set(
        message.mid,
        before?.key === key ? before : { key, node: bubble(message, { quoted, now, last, actions }) },
      );
    }
    drawn = next;
    place(
      list,
      [...next.values()].map(({ node }) => node),
    );
  };

  const end = stickToEnd();

  return {
    reset() {
      end.reset();
      drawn = new Map();
      list.replaceChildren();
    },
    show(snapshot, connected) {
      const { transcript } = snapshot;
      if (!transcript) return;
      draw(transcript, snapshot.now);
      if (transcript.messages.length === 0) list.replaceChildren(h("li", { class: "empty" }, t("empty")));
      byId("typing").hidden = !transcript.typing;
      quickReplies(transcript, actions);
      status(transcript, connected);
      byId("window").textContent = windowLine(snapshot);
      byId("window").dataset["state"] = windowState(transcript);
      end.show();
    },
  };
}

/** Touches only what moved, so that focus and open menus survive an update. */
function place(list: HTMLElement, nodes: readonly HTMLElement[]): void {
  nodes.forEach((node, index) => {
    const present = list.children[index];
    if (present !== node) list.insertBefore(node, present ?? null);
  });
  while (list.children.length > nodes.length) list.lastElementChild?.remove();
}

function quickReplies(transcript: Transcript, actions: ChatActions): void {
  const last = transcript.messages.at(-1);
  const choices = last?.from === "page" ? last.quickReplies : [];
  byId("quick").replaceChildren(
    ...choices.map((choice) =>
      h("button", { type: "button", onclick: () => actions.quickReply(choice) }, choice.title),
    ),
  );
}

function status(transcript: Transcript, connected: boolean): void {
  const line = byId("phone-status");
  if (!connected) line.textContent = t("disconnected");
  else if (transcript.blocked) line.textContent = t("blockedNow");
  else if (transcript.offline) line.textContent = t("offlineNow");
  else line.textContent = t("connected");
  line.dataset["good"] = String(connected && !transcript.blocked && !transcript.offline);
}

type WindowState = "never" | "open" | "human" | "closed";

function windowState({ messages, window }: Transcript): WindowState {
  if (window.standardLeftMs > 0) return "open";
  if (window.humanAgentLeftMs > 0) return "human";
  return messages.some(({ from }) => from === "customer") ? "closed" : "never";
}

function windowLine({ transcript, travelledMs }: Snapshot): string {
  if (!transcript) return "";
  const { standardLeftMs, humanAgentLeftMs } = transcript.window;
  const texts: Record<WindowState, () => string> = {
    never: () => t("windowNever"),
    open: () => t("windowOpen", duration(standardLeftMs)),
    human: () => t("windowHuman", duration(humanAgentLeftMs)),
    closed: () => t("windowClosed"),
  };
  const travelled =
    travelledMs > 0
      ? ` ${t("travelled", `+${new Intl.NumberFormat(currentLanguage()).format(Math.round(travelledMs / 3_600_000))} h`)}`
      : "";
  return texts[windowState(transcript)]() + travelled;
}
