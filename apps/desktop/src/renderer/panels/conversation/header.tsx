import { type Conversation, type Interaction, waitingSince } from "@tongdai/shared";
import { AlarmClock, ArrowRightLeft, Check, Ticket } from "lucide-react";
import { end } from "../../actions/end.ts";
import { openDialog } from "../../actions/navigate.ts";
import { unpark } from "../../actions/park.ts";
import { useClient, useMedia, useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectAccount, selectMayTransfer, selectMe, selectPark } from "../../state/selectors.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { formatDateTime, formatDuration, formatShort } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { shownName } from "../../ui/phone.ts";
import { useTicking } from "../../ui/ticker.ts";
import { Elapsed } from "../../ui/time.tsx";
import { takeUp } from "./take-up.ts";

interface HeaderProps {
  readonly conversation: Conversation;
}

/** Who, from where, in which state; what can be done with it. */
export function Header({ conversation }: HeaderProps) {
  const account = useSelect((s) => selectAccount(s, conversation));
  const picture = useMedia(conversation.avatarMediaId);
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-3 border-b border-line px-4 py-2">
      <Avatar
        id={conversation.customerId}
        name={conversation.customerName}
        src={picture && picture !== "failed" ? picture : undefined}
      />
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-read font-semibold" title={shownName(conversation.customerName)}>
          {shownName(conversation.customerName)}
        </h2>
        <p className="flex h-5 min-w-0 items-center gap-1.5 text-small text-ink-3">
          <ChannelIcon channel={conversation.channel} size={14} />
          <span className="truncate" title={account?.name}>
            {account?.name}
          </span>
          <StateWords conversation={conversation} />
        </p>
      </div>
      <Actions conversation={conversation} />
    </header>
  );
}

function StateWords({ conversation }: HeaderProps) {
  const t = useT();
  const me = useSelect(selectMe);
  const ownerName = useSelect((s) => s.people.users[conversation.interaction?.ownerId ?? ""]?.name);
  const { interaction } = conversation;
  const since = waitingSince(conversation);
  if (!interaction) return null;
  if (interaction.state === "wrap_up") return <WrapUpLeft interaction={interaction} />;
  return (
    <>
      {interaction.ownerId === null ? (
        <Badge tone="amber">{t("conversation.noOwner")}</Badge>
      ) : (
        interaction.ownerId !== me?.id && (
          <Badge>{t("conversation.ownedBy", { name: ownerName ?? t("common.unknown") })}</Badge>
        )
      )}
      {interaction.parked && <Parked until={interaction.parked.until} />}
      {since !== null && (
        <span className="shrink-0 whitespace-nowrap">
          · <Waiting since={since} />
        </span>
      )}
    </>
  );
}

function Parked({ until }: { readonly until: number }) {
  const t = useT();
  const text = useTicking((now) => formatShort(until, now));
  const long = t("park.untilShort", { time: formatDateTime(until) });
  // As in the list: a sign and a time fit beside all that can be done with it.
  return (
    <span title={long} className="shrink-0">
      <Badge tone="blue" icon={AlarmClock} className="tabular">
        <span className="sr-only">{long}</span>
        <time aria-hidden>{text}</time>
      </Badge>
    </span>
  );
}

function Waiting({ since }: { readonly since: number }) {
  const t = useT();
  const label = useTicking((now) => t("conversation.waiting", { time: formatDuration(now - since) }));
  return (
    <span title={label}>
      {t("conversation.waiting", { time: "" }).trim()}{" "}
      <Elapsed since={since} warnAfter={120_000} lateAfter={300_000} />
    </span>
  );
}

function WrapUpLeft({ interaction }: { readonly interaction: Interaction }) {
  const t = useT();
  const left = useTicking((now) =>
    interaction.wrapUpUntil === null ? null : formatDuration(interaction.wrapUpUntil - now),
  );
  return (
    <Badge tone="blue" className="tabular">
      {t("desk.list.wrapUp")} {left}
    </Badge>
  );
}

function Actions({ conversation }: HeaderProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const me = useSelect(selectMe);
  const { interaction, id: conversationId } = conversation;
  const isMine = interaction !== null && interaction.ownerId === me?.id;
  const mayTransfer = useSelect((s) => selectMayTransfer(s, conversation));
  const parking = useSelect((s) => selectPark(s, conversation));
  const wrapUp = () => {
    openDialog(client, { kind: "wrap_up", conversationId });
    if (interaction?.state === "active") run((c) => end(c, interaction));
  };
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      <IconButton
        icon={Ticket}
        label={t("ticket.createFrom")}
        shortcut="ticket"
        onClick={() => openDialog(client, { kind: "ticket", conversationId })}
      />
      {mayTransfer && (
        <IconButton
          icon={ArrowRightLeft}
          label={t("conversation.transfer.title")}
          shortcut="transfer"
          onClick={() => openDialog(client, { kind: "transfer", conversationId })}
        />
      )}
      {parking === "park" && (
        <IconButton
          icon={AlarmClock}
          label={t("park.parkWork")}
          shortcut="park"
          onClick={() => openDialog(client, { kind: "park", conversationId })}
        />
      )}
      {parking === "unpark" && interaction && (
        <>
          {isMine && (
            <IconButton
              icon={AlarmClock}
              label={t("park.again")}
              onClick={() => openDialog(client, { kind: "park", conversationId })}
            />
          )}
          <Button variant="primary" shortcut="park" onClick={() => run((c) => unpark(c, interaction))}>
            {t(isMine ? "park.unpark" : "park.wake")}
          </Button>
        </>
      )}
      {isMine && (
        <Button icon={Check} shortcut="wrapUp" onClick={wrapUp}>
          {t("conversation.close")}
        </Button>
      )}
      {interaction && interaction.ownerId === null && (
        <Button variant="primary" shortcut="accept" onClick={() => run((c) => takeUp(c, conversation))}>
          {t("inbox.take")}
        </Button>
      )}
      {!interaction && (
        <Button shortcut="accept" onClick={() => run((c) => takeUp(c, conversation))}>
          {t("desk.start")}
        </Button>
      )}
    </div>
  );
}
