import type { ChannelId, Conversation, Ticket } from "@tongdai/shared";
import { Link2, Unlink } from "lucide-react";
import { useMemo, useState } from "react";
import { linkTicket } from "../../actions/link-ticket.ts";
import { loadTimeline } from "../../actions/load-timeline.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient, useLoad, useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { State } from "../../state/model.ts";
import { tableGet, tableValues } from "../../state/table.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { DropdownMenu } from "../../ui/menu.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Section } from "../../ui/section.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useFocusWish } from "../use-focus-wish.ts";

/** The talks that this promise came from, each a press away. */
export function LinkedTalks({ ticket }: { readonly ticket: Ticket }) {
  const t = useT();
  const run = useRun();
  const talks = useTalks(ticket);
  const linkable = useLinkable(ticket);
  const [choosing, setChoosing] = useState(false);
  useFocusWish("ticket_link", () => setChoosing(linkable.length > 0));
  const link = (interactionId: string, linked: boolean) =>
    run((client) => linkTicket(client, { ticketId: ticket.id, interactionId, linked }));
  return (
    <Section
      className="shrink-0"
      title={t("ticket.linked")}
      count={talks.length}
      action={
        linkable.length > 0 && (
          <DropdownMenu
            align="end"
            open={choosing}
            onOpenChange={setChoosing}
            trigger={<IconButton icon={Link2} size="small" label={t("ticket.link")} className="-mr-1" />}
            entries={linkable.map(({ id, channel, customerName, interaction }) => ({
              id,
              label: neutralise(customerName),
              icon: <ChannelIcon channel={channel} decorative />,
              onSelect: () => interaction && link(interaction.id, true),
            }))}
          />
        )
      }
    >
      {talks.length === 0 ? (
        <p className="text-body text-ink-3">{t("record.noLinked")}</p>
      ) : (
        <ul className="-mx-2">
          {talks.map((talk) => (
            <TalkLine key={talk.interactionId} talk={talk} onUnlink={() => link(talk.interactionId, false)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

interface TalkOf {
  readonly interactionId: string;
  /** `null`: too long ago to be among what is loaded. */
  readonly place: {
    readonly conversationId: string;
    readonly channel: ChannelId;
    readonly at: number;
  } | null;
}

interface TalkLineProps {
  readonly talk: TalkOf;
  readonly onUnlink: () => void;
}

function TalkLine({ talk: { place }, onUnlink }: TalkLineProps) {
  const t = useT();
  const client = useClient();
  const account = useSelect(
    (s) => s.people.accounts[accountOf(s.conversations, place?.conversationId)]?.name,
  );
  return (
    <li className="group flex items-center">
      {place ? (
        <button
          type="button"
          onClick={() => openConversation(client, place.conversationId)}
          className="focus-inset flex h-8 min-w-0 flex-1 items-center gap-2 rounded-tight px-2 text-left hover:bg-hover"
        >
          <ChannelIcon channel={place.channel} decorative />
          <span className="min-w-0 flex-1 truncate">
            {t("record.talkOn", { channel: account ?? t(`common.channel.${place.channel}`) })}
          </span>
          <span className="shrink-0 text-small text-ink-3">
            <RelativeTime at={place.at} />
          </span>
        </button>
      ) : (
        <span className="flex h-8 min-w-0 flex-1 items-center px-2 text-ink-3">{t("record.oldTalk")}</span>
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

const accountOf = (conversations: State["conversations"], id: string | undefined): string =>
  (id === undefined ? undefined : tableGet(conversations, id)?.accountId) ?? "";

/** A ticket knows interactions; where they took place is told by open work and by the customer's timeline. */
function useTalks(ticket: Ticket): readonly TalkOf[] {
  useLoad(ticket.customerId, loadTimeline);
  const conversations = useSelect((s) => s.conversations);
  const timeline = useSelect((s) => s.customers.timelines[ticket.customerId]);
  return useMemo(() => {
    const places = new Map<string, NonNullable<TalkOf["place"]>>();
    for (const { interactionId, conversationId, channel, at } of timeline?.entries ?? [])
      if (interactionId && conversationId && channel && !places.has(interactionId))
        places.set(interactionId, { conversationId, channel, at });
    for (const { id, channel, interaction, lastMessageAt, customerId } of tableValues(conversations))
      if (interaction && customerId === ticket.customerId)
        places.set(interaction.id, { conversationId: id, channel, at: lastMessageAt });
    return ticket.interactionIds
      .map((interactionId) => ({ interactionId, place: places.get(interactionId) ?? null }))
      .sort((a, b) => (b.place?.at ?? 0) - (a.place?.at ?? 0));
  }, [conversations, timeline, ticket]);
}

const most = 8;

/** This customer's work that is open now; the gateway refuses another customer's. */
function useLinkable(ticket: Ticket): readonly Conversation[] {
  const conversations = useSelect((s) => s.conversations);
  return useMemo(() => {
    const found: Conversation[] = [];
    for (const conversation of tableValues(conversations)) {
      const { interaction, customerId } = conversation;
      if (!interaction || customerId !== ticket.customerId) continue;
      if (!ticket.interactionIds.includes(interaction.id)) found.push(conversation);
    }
    return found.sort((a, b) => b.lastMessageAt - a.lastMessageAt).slice(0, most);
  }, [conversations, ticket]);
}
