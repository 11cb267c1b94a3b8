import type { Conversation } from "@tongdai/shared";
import { Lock } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { focusOn, openDialog } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { selectDraft } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import type { Blocked } from "./hold-reason.ts";
import { OptIn } from "./opt-in.tsx";
import { WaysOut } from "./other-ways.tsx";
import { takeUp } from "./take-up.ts";

interface BlockedNoticeProps {
  readonly conversation: Conversation;
  readonly blocked: Blocked;
  /** Whether somebody was typing into the box that this takes the place of. */
  readonly wasTyping: { readonly current: boolean };
}

/** In the place of the text box: why one cannot write to the customer, and what would change that. */
export function BlockedNotice({ conversation, blocked, wasTyping }: BlockedNoticeProps) {
  const t = useT();
  const run = useRun();
  const client = useClient();
  const isWriting = useSelect((s) => (selectDraft(s, conversation.id)?.text ?? "") !== "");
  const users = useSelect((s) => s.people.users);
  const owner = blocked.kind === "not_owner" ? users[blocked.ownerId]?.name : undefined;
  const { interaction } = conversation;
  const words = useRef<HTMLParagraphElement>(null);
  const leaving = {
    onKeyDown: (event: KeyboardEvent) => event.key === "Escape" && focusOn(client, "list"),
  };
  useEffect(() => {
    if (wasTyping.current) words.current?.focus();
  }, [wasTyping]);
  return (
    // Beside many ways out the words have a line to themselves.
    <div className="flex min-h-20 flex-wrap items-center justify-end gap-x-3 gap-y-2 px-3 pb-2">
      <div className="flex min-w-72 flex-1 items-center gap-3">
        <Lock size={16} aria-hidden className="shrink-0 text-ink-3" />
        <p
          ref={words}
          role="status"
          tabIndex={-1}
          // The rest of a word that was being typed must not end the work or make a ticket.
          data-own-keys
          {...leaving}
          className="focus-inset min-w-0 flex-1 text-body text-ink-2"
        >
          {blockedText(blocked, owner ?? t("common.unknown"), t)}
          {isWriting && ` ${t("conversation.failed.kept")}`}
        </p>
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2 empty:hidden">
        {blocked.kind === "unclaimed" && interaction && (
          <Button variant="primary" shortcut="accept" onClick={() => run((c) => takeUp(c, conversation))}>
            {t("inbox.take")}
          </Button>
        )}
        {elsewhere.has(blocked.kind) && (
          <WaysOut
            conversation={conversation}
            template={blocked.kind === "window_closed" || blocked.kind === "window_unopened"}
          />
        )}
        {blocked.kind === "opted_out" && <OptIn conversationId={conversation.id} />}
        {(blocked.kind === "window_closed" || blocked.kind === "opted_out") && (
          <Button
            shortcut="ticket"
            onClick={() => openDialog(client, { kind: "ticket", conversationId: conversation.id })}
          >
            {t("conversation.createTicket")}
          </Button>
        )}
        {blocked.kind === "no_work" && (
          <Button shortcut="accept" onClick={() => run((c) => takeUp(c, conversation))}>
            {t("desk.start")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The customer may be reached by another address. */
const elsewhere: ReadonlySet<Blocked["kind"]> = new Set([
  "window_closed",
  "window_unopened",
  "channel_off",
  "opted_out",
  "calls",
  "private_used",
  "private_late",
]);

function blockedText(blocked: Blocked, owner: string, t: T): string {
  switch (blocked.kind) {
    case "window_closed":
      return `${t("errors.code.window_closed")}. ${t("conversation.window.closedBody")}`;
    case "window_unopened":
      return t("desk.window.unopened");
    case "no_work":
      return t("desk.hold.noWork", { action: t("desk.start") });
    case "unclaimed":
      return t("desk.hold.claimFirst", { action: t("inbox.take") });
    case "channel_off":
      return t("desk.hold.off");
    case "opted_out":
      return `${t("errors.code.opted_out")}. ${t("desk.hold.optedOut")}`;
    case "calls":
      return t("call.noWords");
    case "private_used":
      return t("comments.shut.used");
    case "private_late":
      return t("comments.shut.late");
    case "not_owner":
      return t("conversation.hold.notOwner", { name: owner });
  }
}
