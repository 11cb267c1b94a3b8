/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a box that scrolls is reached by keyboard, and its arrow keys walk over the messages */
import type { Conversation, Message } from "@tongdai/shared";
import { ArrowDown } from "lucide-react";
import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import { loadNewer, loadOlder } from "../../actions/load-pages.ts";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { showLatest, showMessage } from "../../actions/show-message.ts";
import { answerLetter } from "../../actions/write-letter.ts";
import { useT } from "../../i18n/index.ts";
import { selectOutgoing, selectThread } from "../../state/selectors.ts";
import { emptyThread, shownStretch } from "../../state/threads.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Lightbox } from "./lightbox.tsx";
import { type ThreadItem, threadItems } from "./thread-items.ts";
import { Row } from "./thread-row.tsx";
import { Typing } from "./typing.tsx";
import { useAnchoredScroll } from "./use-anchored-scroll.ts";

interface ThreadProps {
  readonly conversation: Conversation;
}

export function Thread({ conversation }: ThreadProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const { id } = conversation;
  const thread = useSelect((s) => selectThread(s, id)) ?? emptyThread;
  const outgoing = useSelect((s) => selectOutgoing(s, id));
  const items = useMemo(() => threadItems(thread, outgoing), [thread, outgoing]);
  const [active, setActive] = useState<string | null>(null);
  const [picture, setPicture] = useState<string | null>(null);
  const { past, target } = thread;
  const { ref, onScroll, toEnd, below, arrived } = useAnchoredScroll(items, {
    target: target?.status === "ready" ? target : null,
    hasNewer: past !== null,
    onTop: () => run((c) => loadOlder(c, id)),
    onBottom: () => run((c) => loadNewer(c, id)),
  });
  const toLatest = () => {
    showLatest(client, id);
    toEnd();
  };

  const fresh = past ? conversation.unread : arrived;

  const reply = useCallback(
    (message: Message) => {
      if (message.letter) return answerLetter(client, message, "reply");
      changeDraft(client, id, { replyToId: message.id, note: false });
      focusOn(client, "composer");
    },
    [client, id],
  );
  const jump = useCallback(
    (messageId: string) => run((c) => showMessage(c, { conversationId: id, messageId })),
    [id, run],
  );

  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={ref}
        onScroll={onScroll}
        aria-label={t("conversation.messages")}
        tabIndex={0}
        onKeyDown={(event) => walk(event, items, active, setActive)}
        onMouseLeave={() => setActive(null)}
        // We keep the place ourselves when older messages come in above; both at once would jump.
        className="focus-inset h-full overflow-y-auto px-4 pt-3 pb-1 [overflow-anchor:none]"
      >
        <Beginning conversation={conversation} />
        {items.length === 0 && (
          <EmptyState
            icon={ArrowDown}
            title={t("conversation.empty.noMessagesTitle")}
            body={t("conversation.empty.noMessagesBody")}
          />
        )}
        <ol className="mx-auto flex max-w-240 flex-col">
          {items.map((item) => (
            <Row
              key={item.key}
              item={item}
              conversation={conversation}
              isActive={active === item.key}
              sought={target?.messageId === item.key ? target.query : null}
              onActivate={setActive}
              onReply={reply}
              onJump={jump}
              onPicture={setPicture}
            />
          ))}
        </ol>
        {past ? <Newer conversation={conversation} /> : <Typing conversation={conversation} />}
      </section>
      {(below > 0 || past) && (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button size="small" icon={ArrowDown} onClick={toLatest} className="shadow-float">
            {fresh > 0 ? t("conversation.newMessages", { count: fresh }) : t("conversation.jumpToLatest")}
          </Button>
        </div>
      )}
      <Lightbox messages={shownStretch(thread).messages} mediaId={picture} onChange={setPicture} />
    </div>
  );
}

function Beginning({ conversation }: ThreadProps) {
  const t = useT();
  const run = useRun();
  const thread = useSelect((s) => selectThread(s, conversation.id));
  if (!thread) return null;
  const { messages, before, older } = shownStretch(thread);
  if (messages.length === 0) return null;
  if (before === null)
    return <p className="py-3 text-center text-small text-ink-3">{t("conversation.beginning")}</p>;
  return (
    <div className="flex justify-center py-2">
      <Button
        size="small"
        variant="ghost"
        loading={older === "loading"}
        onClick={() => run((c) => loadOlder(c, conversation.id))}
      >
        {older === "failed" ? t("common.retry") : t("conversation.loadOlder")}
      </Button>
    </div>
  );
}

function Newer({ conversation }: ThreadProps) {
  const t = useT();
  const run = useRun();
  const newer = useSelect((s) => selectThread(s, conversation.id)?.past?.newer);
  return (
    <div className="flex justify-center pt-2 pb-12">
      <Button
        size="small"
        variant="ghost"
        loading={newer === "loading"}
        onClick={() => run((c) => loadNewer(c, conversation.id))}
      >
        {newer === "failed" ? t("common.retry") : t("conversation.loadNewer")}
      </Button>
    </div>
  );
}

/** Arrow keys walk over the messages; the tools of the one that is reached follow it in the order of Tab. */
function walk(
  event: KeyboardEvent,
  items: readonly ThreadItem[],
  active: string | null,
  setActive: (key: string) => void,
): void {
  const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  const messages = items.filter((i) => i.kind === "message");
  const at = messages.findIndex((i) => i.key === active);
  const next = messages[at < 0 ? messages.length - 1 : at + by];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  setActive(next.key);
  const row = document.getElementById(`message-${next.key}`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}
