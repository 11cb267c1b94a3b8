import type { Ticket, TicketTalk } from "@tongdai/shared";
import { Link2, Unlink } from "lucide-react";
import { useMemo, useState } from "react";
import { linkTicket } from "../../actions/link-ticket.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { PeopleSlice } from "../../state/model.ts";
import { tableValues } from "../../state/table.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { DropdownMenu } from "../../ui/menu.tsx";
import { Section } from "../../ui/section.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import { useFocusWish } from "../use-focus-wish.ts";
import { useKeptFocus } from "./use-kept-focus.ts";

/** The talks that this promise came from, each a press away. */
export function LinkedTalks({ ticket }: { readonly ticket: Ticket }) {
  const t = useT();
  const run = useRun();
  const { linked, linkable } = useTalks(ticket);
  const accounts = useSelect((s) => s.people.accounts);
  const [choosing, setChoosing] = useState(false);
  const { list, keep } = useKeptFocus(linked.map((talk) => talk.interactionId));
  useFocusWish("ticket_link", () => {
    if (linkable.length > 0) setChoosing(true);
    else toast(t("record.nothingToLink"), { tone: "info", key: "nothing-to-link" });
  });
  const link = (interactionId: string, isLinked: boolean) => {
    keep(interactionId);
    run((client) => linkTicket(client, { ticketId: ticket.id, interactionId, linked: isLinked }));
  };
  return (
    <Section
      className="shrink-0"
      title={t("ticket.linked")}
      count={linked.length}
      action={
        linkable.length > 0 && (
          <DropdownMenu
            align="end"
            open={choosing}
            onOpenChange={setChoosing}
            trigger={<IconButton icon={Link2} size="small" label={t("ticket.link")} className="-mr-1" />}
            entries={linkable.map((place) => ({
              id: place.interactionId,
              label: nameOf(place, accounts, t),
              icon: <ChannelIcon channel={place.channel} decorative />,
              onSelect: () => link(place.interactionId, true),
            }))}
          />
        )
      }
    >
      {linked.length === 0 ? (
        <p className="text-body text-ink-3">{t("record.noLinked")}</p>
      ) : (
        <ul ref={list} className="-mx-2">
          {linked.map((talk) => (
            <TalkLine
              key={talk.interactionId}
              place={talk.place}
              onUnlink={() => link(talk.interactionId, false)}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

const nameOf = ({ accountId, channel }: TicketTalk, accounts: PeopleSlice["accounts"], t: T): string =>
  t("record.talkOn", { channel: accounts[accountId]?.name ?? t(`common.channel.${channel}`) });

interface TalkLineProps {
  /** `null`: in a conversation that is not for this person. */
  readonly place: TicketTalk | null;
  readonly onUnlink: () => void;
}

function TalkLine({ place, onUnlink }: TalkLineProps) {
  const t = useT();
  const client = useClient();
  const accounts = useSelect((s) => s.people.accounts);
  return (
    <li className="group flex items-center">
      {place ? (
        <button
          type="button"
          onClick={() => openConversation(client, place.conversationId)}
          className="focus-inset flex h-8 min-w-0 flex-1 items-center gap-2 rounded-tight px-2 text-left hover:bg-hover"
        >
          <ChannelIcon channel={place.channel} decorative />
          <span className="min-w-0 flex-1 truncate" title={nameOf(place, accounts, t)}>
            {nameOf(place, accounts, t)}
          </span>
          <span className="shrink-0 text-small text-ink-3">
            <RelativeTime at={place.at} />
          </span>
        </button>
      ) : (
        <span className="flex h-8 min-w-0 flex-1 items-center px-2 text-ink-3">{t("record.hiddenTalk")}</span>
      )}
      <IconButton
        icon={Unlink}
        size="small"
        label={t("ticket.unlink")}
        onClick={onUnlink}
        className="mr-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
      />
    </li>
  );
}

const noTalks: readonly TicketTalk[] = [];

/** A ticket knows interactions; where they took place comes with its details. What opened since is in the conversations. */
function useTalks(ticket: Ticket) {
  const conversations = useSelect((s) => s.conversations);
  const told = useSelect((s) => s.tickets.details[ticket.id]?.talks) ?? noTalks;
  return useMemo(() => {
    const places = new Map(told.map((talk) => [talk.interactionId, talk]));
    for (const { id, channel, accountId, interaction, lastMessageAt: at, customerId } of tableValues(
      conversations,
    ))
      if (interaction && customerId === ticket.customerId)
        places.set(interaction.id, {
          interactionId: interaction.id,
          conversationId: id,
          accountId,
          channel,
          at,
        });
    return {
      linked: ticket.interactionIds
        .map((interactionId) => ({ interactionId, place: places.get(interactionId) ?? null }))
        .sort((a, b) => (b.place?.at ?? 0) - (a.place?.at ?? 0)),
      linkable: [...places.values()]
        .filter((talk) => !ticket.interactionIds.includes(talk.interactionId))
        .sort((a, b) => b.at - a.at),
    };
  }, [conversations, told, ticket]);
}
