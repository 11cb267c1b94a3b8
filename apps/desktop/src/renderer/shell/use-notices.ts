import type { JournalEvent } from "@tongdai/shared";
import { useEffect, useMemo } from "react";
import type { Client } from "../actions/client.ts";
import { openConversation } from "../actions/open-conversation.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { run } from "../actions/run.ts";
import { type T, useT } from "../i18n/index.ts";
import { stateWithReason } from "../panels/state-words.ts";
import { previewText } from "../panels/words.ts";
import { selectRings } from "../state/calls.ts";
import type { State } from "../state/model.ts";
import { selectConversation, selectMyOffers, selectUnread } from "../state/selectors.ts";
import { shownName } from "../ui/phone.ts";
import { neutralise } from "../ui/safe-text.ts";
import { toast } from "../ui/toast.tsx";
import { repeat } from "./repeat.ts";
import { createSounds } from "./sounds.ts";

/** What calls for the agent: a sound, and outside the window a notification and a number. */
export function useNotices(): void {
  const t = useT();
  const client = useClient();
  const sounds = useMemo(
    () =>
      createSounds(
        (seconds, again) => repeat(client, seconds, again),
        () => client.store.getState().ui.preferences.audio.ring,
      ),
    [client],
  );
  const isRinging = useSelect(
    (s) => s.ui.preferences.offerSound && (selectMyOffers(s).length > 0 || selectRings(s)),
  );
  useEffect(() => (isRinging ? sounds.ring() : undefined), [isRinging, sounds]);
  useBadge();
  useEffect(
    () =>
      client.onEvents(({ events, live }) => {
        if (!live) return;
        const notices = events.map((event) => noticeOf(client, event, t)).filter((n) => n !== null);
        for (const event of events) {
          tellAct(client, event, t);
          tellOfAgents(client, event, t);
        }
        for (const notice of notices) show(client, notice, t);
        const { messageSound } = client.store.getState().ui.preferences;
        if (messageSound && notices.some((n) => n.kind !== "offer")) sounds.message();
      }),
    [client, t, sounds],
  );
}

interface Notice {
  readonly kind: "message" | "offer" | "mention" | "whisper" | "unsent";
  readonly title: string;
  readonly body: string;
  readonly conversationId: string;
}

const isBefore = ({ route }: State["ui"], conversationId: string): boolean =>
  isInFront() && route.name === "inbox" && route.conversationId === conversationId;

const isInFront = () => document.visibilityState === "visible" && document.hasFocus();

function noticeOf(client: Client, event: JournalEvent, t: T): Notice | null {
  const state = client.store.getState();
  const { session, people, ui } = state;
  const myId = session.me?.id;
  if (event.name === "message.created") {
    const { message, conversation } = event.data;
    const isMine = conversation.interaction?.ownerId === myId;
    if (message.direction !== "in" || !isMine) return null;
    if (isBefore(ui, conversation.id)) return null;
    return {
      kind: "message",
      title: neutralise(conversation.customerName),
      body: previewText({ text: message.text, attachment: message.attachments[0]?.kind ?? null }, t),
      conversationId: conversation.id,
    };
  }
  if (event.name === "offer.made" && event.data.offer.userId === myId) {
    const { customerName, preview, conversationId } = event.data.offer;
    return {
      kind: "offer",
      title: t("desk.shell.newOffer", { name: neutralise(customerName) }),
      body: previewText(preview, t),
      conversationId,
    };
  }
  if (event.name === "mention.made" && event.data.byId !== myId) {
    const name = people.users[event.data.byId]?.name ?? t("common.unknown");
    const { conversationId } = event.data;
    return { kind: "mention", title: t("desk.shell.mentioned", { name }), body: "", conversationId };
  }
  if (event.name === "message.updated") return unsentNotice(state, event, t);
  if (event.name === "whisper.spoken") {
    const { fromId, agentId, conversationId, text } = event.data.whisper;
    if (agentId !== myId || fromId === agentId) return null;
    const name = people.users[fromId]?.name ?? t("common.unknown");
    return { kind: "whisper", title: t("company.told", { name }), body: neutralise(text), conversationId };
  }
  return null;
}

/** What I wrote did not arrive, perhaps hours later. Further changes of what has failed are no news. */
function unsentNotice(
  state: State,
  { at, data: { message } }: Extract<JournalEvent, { name: "message.updated" }>,
  t: T,
): Notice | null {
  const { author, conversationId, attachments } = message;
  const isMine = author.kind === "agent" && author.userId === state.session.me?.id;
  const hasFailed = message.state === "failed" && message.stateAt === at;
  if (!isMine || !hasFailed || isBefore(state.ui, conversationId)) return null;
  const name = selectConversation(state, conversationId)?.customerName;
  return {
    kind: "unsent",
    title: t("desk.shell.notArrived", { name: name ? shownName(name) : t("common.unknown") }),
    body: previewText({ text: message.text, attachment: attachments[0]?.kind ?? null }, t),
    conversationId,
  };
}

/** A supervisor did something to this person's work or state: they must read it, whatever they look at. */
function tellAct(client: Client, event: JournalEvent, t: T): void {
  const { people, session } = client.store.getState();
  if (event.name !== "supervisor.acted" || event.data.agentId !== session.me?.id) return;
  const { act, note } = event.data;
  const name = people.users[event.actorId ?? ""]?.name ?? t("common.unknown");
  const what = t(`floor.told.${act}`, { name });
  toast(note ? t("floor.told.because", { what, note: neutralise(note) }) : what, { tone: "info" });
}

/** Somebody is over a longest time, or gone with work in hand. */
function tellOfAgents(client: Client, event: JournalEvent, t: T): void {
  if (event.name !== "agent.overstayed" && event.name !== "agent.departed") return;
  const { people, session } = client.store.getState();
  const { agentId } = event.data;
  const name = people.users[agentId]?.name ?? t("common.unknown");
  const key = `agent ${agentId}`;
  if (event.name === "agent.overstayed") {
    const state = stateWithReason(event.data, people.stateRules, t);
    const title =
      agentId === session.me?.id
        ? t("states.told.overMine", { state })
        : t("states.told.over", { name, state });
    toast(title, { tone: "warning", key });
  } else if (event.data.work.length > 0) {
    const { why, work } = event.data;
    toast(t(why === "lost" ? "states.told.lost" : "states.told.signedOff", { name }), {
      tone: "warning",
      detail: t("states.told.returned", { count: work.length }),
      key,
    });
  }
}

function show(client: Client, notice: Notice, t: T): void {
  const { kind, title, body, conversationId } = notice;
  const inFront = isInFront();
  // A whisper must reach the agent whatever they look at, also once they are back.
  if (kind === "whisper" || ((kind === "mention" || kind === "unsent") && inFront))
    toast(title, {
      tone: kind === "unsent" ? "error" : "info",
      ...(body ? { detail: body } : {}),
      action: { label: t("common.open"), onClick: () => openConversation(client, conversationId) },
    });
  if (inFront) return;
  if (client.desktop) {
    run(
      client,
      client.desktop.notify({ title: title.slice(0, 200), body: body.slice(0, 1_000), conversationId }),
    );
    run(client, client.desktop.flashFrame(true));
    return;
  }
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
  const shown = new Notification(title, { body, tag: conversationId });
  shown.onclick = () => {
    window.focus();
    openConversation(client, conversationId);
  };
}

function useBadge(): void {
  const t = useT();
  const client = useClient();
  const count = useSelect(selectUnread);
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${t("common.appName")}` : t("common.appName");
    if (client.desktop) run(client, client.desktop.setBadge(count));
  }, [count, t, client]);
}
