import type { Message } from "@tongdai/shared";
import {
  AlarmClock,
  ArrowRightLeft,
  Check,
  Forward,
  MessageSquareReply,
  ReplyAll,
  StickyNote,
  Ticket,
} from "lucide-react";
import { lazy } from "react";
import type { Client } from "../../actions/client.ts";
import { end } from "../../actions/end.ts";
import { focusOn, openDialog } from "../../actions/navigate.ts";
import { unpark } from "../../actions/park.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { answerLetter, type HowToAnswer } from "../../actions/write-letter.ts";
import { selectAnswered, selectWritesLetters } from "../../state/letters.ts";
import type { State } from "../../state/model.ts";
import {
  selectConversation,
  selectIsTaken,
  selectMayTransfer,
  selectOpenId,
  selectPark,
} from "../../state/selectors.ts";
import type { Command, Panel } from "../panel.ts";
import { takeUp } from "./take-up.ts";

const opened = (state: State) => selectConversation(state, selectOpenId(state));
const isOpen = (state: State) => opened(state) !== null;
const isMine = (state: State) => {
  const interaction = opened(state)?.interaction;
  return interaction !== undefined && interaction !== null && interaction.ownerId === state.session.me?.id;
};
const mayTransfer = (state: State) => {
  const conversation = opened(state);
  return conversation !== null && selectMayTransfer(state, conversation);
};

/** What `r` and its neighbours answer; `null`: the open conversation has no letters. */
function letterOf(state: State): Message | null {
  const conversation = opened(state);
  return conversation && selectWritesLetters(state, conversation) && !selectIsTaken(state, conversation)
    ? selectAnswered(state, conversation.id)
    : null;
}
const hasLetter = (state: State) => letterOf(state) !== null;

function answer(client: Client, how: HowToAnswer): void {
  const letter = letterOf(client.store.getState());
  if (letter) answerLetter(client, letter, how);
}

const commands: readonly Command[] = [
  {
    id: "accept",
    label: "shortcuts.accept",
    icon: Check,
    shortcut: "accept",
    isPossible: (state) => isOpen(state) && opened(state)?.interaction?.ownerId == null,
    run: async (client) => {
      const conversation = opened(client.store.getState());
      if (conversation) await takeUp(client, conversation);
    },
  },
  {
    id: "reply",
    label: "shortcuts.reply",
    icon: MessageSquareReply,
    shortcut: "reply",
    isPossible: isOpen,
    run: (client) => {
      const state = client.store.getState();
      const id = selectOpenId(state);
      if (id && state.drafts[id]?.letter?.forward) return answer(client, "reply");
      if (id && state.drafts[id]?.note) changeDraft(client, id, { note: false });
      focusOn(client, "composer");
    },
  },
  {
    id: "replyAll",
    label: "shortcuts.replyAll",
    icon: ReplyAll,
    shortcut: "replyAll",
    isPossible: hasLetter,
    run: (client) => answer(client, "reply_all"),
  },
  {
    id: "forward",
    label: "shortcuts.forward",
    icon: Forward,
    shortcut: "forward",
    isPossible: hasLetter,
    run: (client) => answer(client, "forward"),
  },
  {
    id: "note",
    label: "shortcuts.note",
    icon: StickyNote,
    shortcut: "note",
    isPossible: isOpen,
    run: (client) => {
      const id = selectOpenId(client.store.getState());
      if (id) changeDraft(client, id, { note: true });
      focusOn(client, "composer");
    },
  },
  {
    id: "ticket",
    label: "shortcuts.ticket",
    icon: Ticket,
    shortcut: "ticket",
    isPossible: isOpen,
    run: (client) => {
      const conversationId = selectOpenId(client.store.getState());
      if (conversationId) openDialog(client, { kind: "ticket", conversationId });
    },
  },
  {
    id: "transfer",
    label: "shortcuts.transfer",
    icon: ArrowRightLeft,
    shortcut: "transfer",
    isPossible: mayTransfer,
    run: (client) => {
      const conversationId = selectOpenId(client.store.getState());
      if (conversationId) openDialog(client, { kind: "transfer", conversationId });
    },
  },
  {
    id: "park",
    label: "shortcuts.park",
    icon: AlarmClock,
    shortcut: "park",
    isPossible: (state) => {
      const conversation = opened(state);
      return conversation !== null && selectPark(state, conversation) !== null;
    },
    run: async (client) => {
      const state = client.store.getState();
      const conversation = opened(state);
      if (!conversation?.interaction) return;
      if (selectPark(state, conversation) === "unpark") await unpark(client, conversation.interaction);
      else openDialog(client, { kind: "park", conversationId: conversation.id });
    },
  },
  {
    id: "wrapUp",
    label: "shortcuts.wrapUp",
    icon: Check,
    shortcut: "wrapUp",
    isPossible: isMine,
    run: async (client) => {
      const conversation = opened(client.store.getState());
      if (!conversation?.interaction) return;
      openDialog(client, { kind: "wrap_up", conversationId: conversation.id });
      if (conversation.interaction.state === "active") await end(client, conversation.interaction);
    },
  },
];

export const panel: Panel = {
  id: "conversation",
  slots: { inbox: "main" },
  component: lazy(() => import("./conversation.tsx")),
  commands,
};
