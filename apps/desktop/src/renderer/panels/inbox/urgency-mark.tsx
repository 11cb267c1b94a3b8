import { type Conversation, chargedFrom, dueAt, replyWindow } from "@tongdai/shared";
import { Hourglass, type LucideIcon, Target } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectCapabilities } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { useTicking } from "../../ui/ticker.ts";
import { lengthText } from "../../ui/time.tsx";

const soon = 3 * 60 * 60_000;

/** Why open work stands where it stands, beside how long it waits: an answer that was promised, or a window that closes. */
export function UrgencyMark({ conversation }: { readonly conversation: Conversation }) {
  const due = dueAt(conversation);
  const ends = useWindowEnd(conversation);
  const isNear = useTicking((now) => ends !== null && ends > now && ends - now < soon);
  if (!conversation.interaction) return null;
  if (ends !== null && (isNear || due?.reason === "window"))
    return <WindowMark conversation={conversation} ends={ends} />;
  return due?.reason === "promise" ? <PromiseMark at={due.at} /> : null;
}

/** The end that counts now: of a free answer, of any answer, or of a person's own words. */
function useWindowEnd(conversation: Conversation): number | null {
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.replyWindow ?? null);
  return useTicking((now) => {
    const { answerUntil } = conversation;
    if (answerUntil !== null && answerUntil > now) return answerUntil;
    const window = replyWindow(rules, conversation, now);
    return "until" in window ? window.until : answerUntil;
  });
}

function WindowMark({ conversation, ends }: { readonly conversation: Conversation; readonly ends: number }) {
  const t = useT();
  const capabilities = useSelect((s) => selectCapabilities(s, conversation));
  const isFree = capabilities !== null && chargedFrom(capabilities, conversation) === ends;
  const left = useTicking((now) => (now < ends ? lengthText(ends - now, t) : null));
  const words = t(
    left === null ? "desk.list.windowOver" : isFree ? "desk.list.windowFree" : "desk.list.windowLeft",
    { time: left ?? "" },
  );
  const isLate = useTicking((now) => ends - now < soon);
  return <Mark icon={Hourglass} isLate={isLate} text={left ?? t("desk.list.over")} words={words} />;
}

function PromiseMark({ at }: { readonly at: number }) {
  const t = useT();
  const isLate = useTicking((now) => now >= at);
  const time = useTicking((now) => lengthText(Math.abs(at - now), t));
  return (
    <Mark
      icon={Target}
      isLate={isLate}
      text={isLate ? t("desk.list.late", { time }) : time}
      words={t(isLate ? "desk.list.promiseLate" : "desk.list.promise", { time })}
    />
  );
}

interface MarkProps {
  readonly icon: LucideIcon;
  readonly isLate: boolean;
  readonly text: string;
  /** The same in a sentence: for the pointer, and for whoever does not see the icon. */
  readonly words: string;
}

function Mark({ icon: Icon, isLate, text, words }: MarkProps) {
  return (
    <span
      title={words}
      className={cn(
        "tabular inline-flex shrink-0 items-center gap-0.5 text-small",
        isLate ? "text-red-ink" : "text-ink-3",
      )}
    >
      <Icon size={12} aria-hidden />
      <span aria-hidden>{text}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
