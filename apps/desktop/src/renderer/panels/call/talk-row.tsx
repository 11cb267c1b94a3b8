import { Merge, Mic, MicOff, Pause, Phone, PhoneOff, Play, StickyNote } from "lucide-react";
import { hangUp, holdCall, joinCalls, muteCall, noteOfCall } from "../../actions/call.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { Talk } from "../../state/talk.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { Elapsed } from "../../ui/time.tsx";
import { Keypad } from "./keypad.tsx";
import { Quality } from "./quality.tsx";
import { TransferCall } from "./transfer-call.tsx";
import { useName } from "./use-name.ts";

interface TalkRowProps {
  readonly talk: Talk;
  /** The one that one speaks in, or would. */
  readonly isCurrent: boolean;
}

export function TalkRow({ talk, isCurrent }: TalkRowProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const { name, conversationId } = useName(talk);
  const skew = useSelect((s) => s.connection.skew);
  const isTalking = talk.phase === "talking";
  return (
    <div
      data-talk={talk.phase}
      className={cn("flex h-12 items-center gap-2 px-4", !isCurrent && "bg-sunken")}
    >
      <Phone
        size={16}
        aria-hidden
        className={cn("shrink-0", talk.onHold || !isTalking ? "text-amber" : "text-green")}
      />
      {conversationId === null ? (
        <span className="truncate text-body font-semibold">{name}</span>
      ) : (
        <button
          type="button"
          title={t("call.open", { name })}
          onClick={() => openConversation(client, conversationId)}
          className="truncate rounded-tight text-body font-semibold hover:underline"
        >
          {name}
        </button>
      )}
      {talk.talkingSince !== null && (
        <Elapsed since={talk.talkingSince + skew} className="text-body text-ink-2" />
      )}
      <span role="status" className="flex min-w-0 items-center gap-1.5 truncate text-small text-ink-3">
        {(!isTalking || talk.isMoving) && <Spinner size={12} />}
        {stateText(talk, t)}
      </span>
      {isTalking && <Quality talkId={talk.id} />}
      {/* What one does most stands at the end; the rest beside its name, where no offer's card lies over it. */}
      {isCurrent && <span className="flex-1" />}
      {isTalking && isCurrent && <Tools talk={talk} conversationId={conversationId} />}
      {isTalking && !isCurrent && (
        <>
          <Button size="small" icon={Play} onClick={() => run((c) => holdCall(c, talk))}>
            {t("call.talkTo", { name })}
          </Button>
          <Join talk={talk} name={name} />
        </>
      )}
      <IconButton
        icon={PhoneOff}
        label={t("conversation.call.hangUp")}
        variant="danger"
        {...(isCurrent ? { shortcut: "call.hangUp" } : {})}
        onClick={() => run((c) => hangUp(c, talk.id))}
      />
    </div>
  );
}

function stateText(talk: Talk, t: T): string {
  if (talk.phase === "dialling") return t("conversation.call.dialing");
  if (talk.phase !== "talking") return t("conversation.call.connecting");
  if (talk.isMoving) return t("call.moving");
  if (talk.media === "lost") return t("call.noSound");
  if (talk.onHold) return t("conversation.call.onHold");
  if (talk.heldByPeer) return t("conversation.call.heldByCustomer");
  return talk.muted ? t("conversation.call.muted") : "";
}

interface ToolsProps {
  readonly talk: Talk;
  readonly conversationId: string | null;
}

function Tools({ talk, conversationId }: ToolsProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const { muted, onHold } = talk;
  return (
    <>
      <IconButton
        icon={muted ? MicOff : Mic}
        label={t(muted ? "conversation.call.unmute" : "conversation.call.mute")}
        pressed={muted}
        shortcut="call.mute"
        onClick={() => run((c) => muteCall(c, talk))}
      />
      <IconButton
        icon={onHold ? Play : Pause}
        label={t(onHold ? "conversation.call.resume" : "conversation.call.hold")}
        pressed={onHold}
        shortcut="call.hold"
        onClick={() => run((c) => holdCall(c, talk))}
      />
      <Keypad talk={talk} />
      <TransferCall talk={talk} />
      {conversationId !== null && (
        <IconButton
          icon={StickyNote}
          label={t("call.note")}
          onClick={() => noteOfCall(client, conversationId)}
        />
      )}
    </>
  );
}

/** Of two talks: the one who waits and the one who was asked. */
function Join({ talk, name }: { readonly talk: Talk; readonly name: string }) {
  const t = useT();
  const run = useRun();
  const other = useSelect((s) =>
    s.calls.talks.find((each) => each.id !== talk.id && each.phase === "talking" && !each.onHold),
  );
  const { name: otherName } = useName(other ?? talk);
  if (!other || talk.isMoving) return null;
  return (
    <Button
      size="small"
      icon={Merge}
      aria-label={t("call.joinWith", { name, other: otherName })}
      onClick={() => run((c) => joinCalls(c, talk.id, other.id))}
    >
      {t("call.join")}
    </Button>
  );
}
