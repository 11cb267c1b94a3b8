import type { Conversation } from "@tongdai/shared";
import {
  type ClipboardEvent,
  type DragEvent,
  type FocusEvent,
  lazy,
  Suspense,
  useRef,
  useState,
} from "react";
import { attachFiles, mostFiles, type Refusal } from "../../actions/attach-files.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { emptyDraft } from "../../state/drafts.ts";
import { selectWritesLetters } from "../../state/letters.ts";
import type { DraftState } from "../../state/model.ts";
import { selectAccount, selectCapabilities, selectDraft } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { isTyping } from "../../ui/shortcuts.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useTicking } from "../../ui/ticker.ts";
import { toast } from "../../ui/toast.tsx";
import { useFocusWish } from "../use-focus-wish.ts";
import { Audience } from "./audience.tsx";
import { BlockedNotice } from "./blocked-notice.tsx";
import { CannotCarry } from "./cannot-carry.tsx";
import { ComposerText, focusEnd } from "./composer-text.tsx";
import { ComposerTools } from "./composer-tools.tsx";
import { DraftAttachments } from "./draft-attachments.tsx";
import { type Blocked, type Standing, standing } from "./hold-reason.ts";
import type { RichBox } from "./letter-composer.tsx";
import { ModeSwitch } from "./mode-switch.tsx";
import { ReplyingTo } from "./replying-to.tsx";
import { TextCounter } from "./text-counter.tsx";
import { useKeysKept } from "./use-keys-kept.ts";
import { usePrivateAnswer } from "./use-private-answer.ts";
import { Notices, WindowLine } from "./window-line.tsx";

/** The rich text box is large, and most conversations have no letters. */
const LetterComposer = lazy(() => import("./letter-composer.tsx"));

interface ComposerProps {
  readonly conversation: Conversation;
}

export function Composer({ conversation }: ComposerProps) {
  const t = useT();
  const { id } = conversation;
  const draft = useSelect((s) => selectDraft(s, id)) ?? emptyDraft;
  const now = useStanding(conversation);
  const shut = usePrivatelyShut(conversation, draft);
  const blocked = draft.note ? null : (now.blocked ?? shut);
  const isBlocked = blocked !== null;
  const box = useRef<HTMLTextAreaElement>(null);
  const rich = useRef<RichBox | null>(null);
  // Where there is no box now the wish is dropped: one that comes later must not find it.
  const focusBox = () => (rich.current ? rich.current.focus() : focusEnd(box.current));
  useFocusWish("composer", focusBox);
  const place = useRef<HTMLElement>(null);
  useKeysKept(place, focusBox);
  const typing = useTyping();
  const files = useFiles(conversation, { note: draft.note, isBlocked });
  const isLetter = useSelect((s) => selectWritesLetters(s, conversation)) && !draft.note;
  const plain = <ComposerText conversation={conversation} draft={draft} box={box} onPaste={files.onPaste} />;
  return (
    <section
      ref={place}
      aria-label={t("conversation.composer.label")}
      {...files.handlers}
      {...typing.handlers}
      className={cn(
        "relative mx-auto mb-3 w-[calc(100%-1.5rem)] max-w-246 shrink-0 rounded-ui border border-line-strong focus-within:border-focus",
        draft.note ? "bg-amber-soft" : "bg-surface",
      )}
    >
      <div className="flex items-center gap-2 px-1.5 pt-1">
        <ModeSwitch conversation={conversation} draft={draft} />
        <span className="min-w-0 flex-1" />
        {!draft.note && !shut && <Audience conversation={conversation} draft={draft} />}
        {!draft.note && <WindowLine window={now.window} chargedFrom={now.chargedFrom} />}
      </div>
      {blocked ? (
        <BlockedNotice conversation={conversation} blocked={blocked} wasTyping={typing.now} />
      ) : (
        <>
          {!draft.note && <Notices conversation={conversation} notice={now.notice} />}
          {draft.replyToId && !draft.note && !isLetter && (
            <ReplyingTo conversation={conversation} id={draft.replyToId} />
          )}
          {isLetter ? (
            <Suspense fallback={draft.letter?.html ? <Skeleton className="m-3 h-18" /> : plain}>
              <LetterComposer
                conversation={conversation}
                draft={draft}
                rich={rich}
                takesFocus={typing.now.current}
                onPaste={files.onPaste}
              />
            </Suspense>
          ) : (
            plain
          )}
          {!draft.note && <TextCounter conversation={conversation} text={draft.text} />}
          {!draft.note && <DraftAttachments conversation={conversation} mediaIds={draft.mediaIds} />}
          {!draft.note && <CannotCarry conversation={conversation} draft={draft} />}
          <ComposerTools conversation={conversation} draft={draft} rich={rich} onFiles={files.add} />
        </>
      )}
      {files.isOver && (
        <div className="pointer-events-none absolute inset-0 flex items-center justify-center rounded-ui bg-accent-soft text-read font-medium text-accent-ink outline-2 -outline-offset-2 outline-accent outline-dashed">
          {t("conversation.composer.dropHere")}
        </div>
      )}
    </section>
  );
}

/** A box for an answer in private that cannot leave would be a trap. */
function usePrivatelyShut(conversation: Conversation, draft: DraftState): Blocked | null {
  const { obstacle } = usePrivateAnswer(conversation, draft);
  if (!draft.privately || obstacle === null || obstacle === "none") return null;
  return { kind: obstacle === "used" ? "private_used" : "private_late" };
}

/** Looked at every second, so that the box is gone in the moment that the window ends; renders only when the answer changes. */
function useStanding(conversation: Conversation): Standing {
  const capabilities = useSelect((s) => selectCapabilities(s, conversation));
  const account = useSelect((s) => selectAccount(s, conversation));
  const myId = useSelect((s) => s.session.me?.id ?? null);
  const at = (now: number) => standing({ conversation, capabilities, account, myId, now });
  // Until its window ends everything stays as it is; what is closed, never opened or free stays so for ever.
  const moment = useTicking((now) => {
    const { window } = at(now);
    return "until" in window ? window.until - 1 : Number.MAX_SAFE_INTEGER;
  });
  return at(moment);
}

/** Whether the box has the focus; still true in the moment in which it is taken away from under the hands. */
function useTyping() {
  const now = useRef(false);
  return {
    now,
    handlers: {
      onFocus(event: FocusEvent) {
        now.current = isTyping(event.target);
      },
      onBlur() {
        now.current = false;
      },
    },
  };
}

function useFiles(conversation: Conversation, { note, isBlocked }: { note: boolean; isBlocked: boolean }) {
  const t = useT();
  const client = useClient();
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.attachments ?? null);
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const canTake = rules !== null && !note && !isBlocked;

  function add(files: readonly File[]): void {
    if (files.length === 0) return;
    if (note) toast(t("conversation.composer.noteTakesNoFiles"), { tone: "warning" });
    if (!canTake) return;
    for (const { file, why } of attachFiles(client, conversation.id, files, rules))
      toast(refusalText(why, file.name, t), { tone: "warning" });
  }

  const over = (by: number) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(canTake && rules.kinds.length > 0 && depth.current > 0);
  };
  return {
    isOver,
    add,
    onPaste(event: ClipboardEvent) {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    },
    handlers: {
      onDragEnter: (event: DragEvent) => event.dataTransfer.types.includes("Files") && over(1),
      onDragLeave: () => over(-1),
      onDragOver: (event: DragEvent) => event.preventDefault(),
      onDrop(event: DragEvent) {
        event.preventDefault();
        over(-depth.current);
        add([...event.dataTransfer.files]);
      },
    },
  };
}

const refusalText = (why: Refusal, name: string, t: T): string =>
  why === "too_many"
    ? t("desk.composer.tooMany", { count: mostFiles })
    : t("conversation.composer.emptyFile", { name });
