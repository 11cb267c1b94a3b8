import type { Conversation } from "@tongdai/shared";
import { MessagesSquare } from "lucide-react";
import { useEffect, useRef } from "react";
import { markRead } from "../../actions/mark-read.ts";
import { forgetPlace, loadConversation } from "../../actions/open-conversation.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversation, selectIsMentioned, selectOpenId, selectThread } from "../../state/selectors.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { causeText } from "../words.ts";
import { Announcer } from "./announcer.tsx";
import { Company } from "./company.tsx";
import { Composer } from "./composer.tsx";
import { Dialogs } from "./dialogs.tsx";
import { Header } from "./header.tsx";
import { PostCard } from "./post-card.tsx";
import { Thread } from "./thread.tsx";
import { WhyWaiting } from "./why-waiting.tsx";

export default function ConversationPanel() {
  const t = useT();
  const id = useSelect(selectOpenId);
  return (
    <div className="flex h-full min-w-0 flex-col bg-surface">
      {id ? (
        <Opened key={id} id={id} />
      ) : (
        <EmptyState
          icon={MessagesSquare}
          title={t("conversation.empty.noneTitle")}
          body={t("conversation.empty.noneBody")}
          className="m-auto"
        />
      )}
    </div>
  );
}

function Opened({ id }: { readonly id: string }) {
  const t = useT();
  const conversation = useSelect((s) => selectConversation(s, id));
  const status = useSelect((s) => selectThread(s, id)?.status ?? "idle");
  const { failure, retry } = useLoaded(id, loadConversation, true);
  const wasHere = useRef(false);
  useEffect(() => {
    // Out of sight and back (a transfer, for example): what was here is gone and comes again.
    if (status === "idle" && wasHere.current) retry();
    wasHere.current = status !== "idle";
  }, [status, retry]);
  const failed = {
    title: t("conversation.loadFailed"),
    body: failure === null ? "" : causeText(failure, t),
    onRetry: retry,
  };
  useRead(id, conversation);
  if (!conversation) return status === "failed" ? <ErrorState {...failed} className="m-auto" /> : <Loading />;
  return (
    <>
      <Header conversation={conversation} />
      <WhyWaiting conversation={conversation} />
      {conversation.post && <PostCard post={conversation.post} />}
      {status === "failed" ? (
        <ErrorState {...failed} className="min-h-0 flex-1" />
      ) : status === "idle" || status === "loading" ? (
        <Loading />
      ) : (
        <Thread conversation={conversation} />
      )}
      <Company conversation={conversation} />
      <Composer conversation={conversation} />
      <Announcer conversation={conversation} />
      <Dialogs conversation={conversation} />
    </>
  );
}

const widths = ["w-2/5", "w-3/5", "w-1/3 self-end", "w-1/2 self-end", "w-1/4", "w-1/4 self-end"];

function Loading() {
  const t = useT();
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col justify-end gap-3 overflow-hidden p-4">
      <span className="sr-only">{t("common.loading")}</span>
      {widths.map((width) => (
        <Skeleton key={width} className={`h-9 shrink-0 rounded-ui ${width}`} />
      ))}
    </div>
  );
}

const lookMs = 700;

/** A conversation counts as read when it was looked at for a moment, not when j or k passed over it. */
function useRead(id: string, conversation: Conversation | null): void {
  const client = useClient();
  const unread = conversation?.unread ?? 0;
  const isMentioned = useSelect((s) => selectIsMentioned(s, id));
  // Whoever looks at a place further back has not seen what is new.
  const isReady = useSelect((s) => {
    const thread = selectThread(s, id);
    return thread?.status === "ready" && thread.past === null;
  });
  const isLive = useSelect((s) => s.connection.status === "live");
  useEffect(() => {
    if ((unread === 0 && !isMentioned) || !isReady || !isLive) return;
    const look = () => {
      if (document.visibilityState === "visible" && document.hasFocus())
        client.later.put(`read.${id}`, lookMs, () => markRead(client, id));
    };
    look();
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
      client.later.cancel(`read.${id}`);
    };
  }, [client, id, unread, isMentioned, isReady, isLive]);
  useEffect(() => () => forgetPlace(client, id), [client, id]);
}
