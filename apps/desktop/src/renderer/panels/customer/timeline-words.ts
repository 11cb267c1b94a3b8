import type { TimelineEntry } from "@tongdai/shared";
import {
  ArrowDownLeft,
  ArrowRightLeft,
  ArrowUpRight,
  CheckCheck,
  Hand,
  History,
  Inbox,
  type LucideIcon,
  Merge,
  MessageSquareText,
  Pencil,
  Split,
  StickyNote,
  Ticket,
  TicketCheck,
  Undo2,
  Zap,
} from "lucide-react";
import type { T } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { channelEventText, goneText, isOurEvent } from "../words.ts";

export interface Line {
  readonly icon: LucideIcon;
  readonly text: string;
  /** What it was, for those who do not see the icon. */
  readonly kind: string;
}

interface Told {
  /** Of who did it. */
  readonly name: string;
  /** Everybody could read it. */
  readonly isPublic: boolean;
  readonly t: T;
}

/** One line of what happened. */
export function lineOf(entry: TimelineEntry, told: Told): Line {
  const { name, t } = told;
  const summary = neutralise(entry.summary).replaceAll(/\s+/g, " ").trim();
  const say = (icon: LucideIcon, kind: string, text: string = kind): Line => ({ icon, kind, text });
  switch (entry.name) {
    case "message.created":
      return messageLine(entry, { ...told, summary });
    case "interaction.opened":
      return say(Inbox, withNote(t("record.line.opened"), summary));
    case "interaction.accepted":
      return say(Hand, withNote(t("desk.step.accepted", { name }), summary));
    case "interaction.transferred":
      return say(ArrowRightLeft, withNote(t("desk.step.transferred", { name }), summary));
    case "interaction.requeued":
      return say(Undo2, withNote(t("record.line.requeued"), summary));
    case "interaction.closed":
      return say(CheckCheck, withNote(t("record.line.closed", { name }), summary));
    case "ticket.created":
      return say(Ticket, t("record.line.ticketCreated", { subject: summary }));
    case "ticket.updated":
      return say(TicketCheck, t("record.line.ticketUpdated", { subject: summary }));
    case "ticket.commented":
      return say(MessageSquareText, withNote(t("record.line.commented", { name }), summary));
    case "customer.updated":
      return say(
        Pencil,
        entry.actorId === null
          ? t("customer.timeline.toldByChannel")
          : t("customer.timeline.customerUpdated", { name }),
      );
    case "customer.linked":
      return say(Merge, t("customer.timeline.linked", { names: summary }));
    case "customer.unlinked":
      return say(Split, t("customer.timeline.unlinked", { names: summary }));
    default:
      return say(History, t("record.line.other"), summary || t("record.line.other"));
  }
}

interface Words extends Told {
  readonly summary: string;
}

function messageLine(
  { direction, actorId, attachment }: TimelineEntry,
  { summary, name, isPublic, t }: Words,
): Line {
  const gone = t(goneText({ isPublic, isTheirs: direction === "in" }));
  const text = summary || (attachment ? t(`desk.attachment.${attachment}`) : gone);
  if (direction === "in") return { icon: ArrowDownLeft, kind: t("record.line.in"), text };
  if (direction === "out") return { icon: ArrowUpRight, kind: t("record.line.out"), text };
  if (actorId === null || isOurEvent(summary)) {
    const happened = channelEventText(summary, t);
    return { icon: Zap, kind: happened, text: happened };
  }
  const note = t("customer.timeline.note", { name });
  return { icon: StickyNote, kind: note, text: withNote(note, summary) };
}

const withNote = (what: string, note: string): string => (note === "" ? what : `${what}: ${note}`);
