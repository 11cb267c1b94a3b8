import type { Customer, Ticket, TicketQuery } from "@tongdai/shared";
import { Link2, Plus } from "lucide-react";
import { useMemo } from "react";
import type { Client } from "../../actions/client.ts";
import { linkTicket } from "../../actions/link-ticket.ts";
import { listTickets } from "../../actions/list-tickets.ts";
import { navigate, openDialog } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversation, selectOpenId, selectTicket, selectTicketList } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { rovingKeys } from "../../ui/roving.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Section } from "../../ui/section.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { DueText, TicketStatusBadge } from "../../ui/ticket-marks.tsx";
import { toast } from "../../ui/toast.tsx";

const openOf = (customerId: string): TicketQuery => ({
  customerId,
  statuses: ["new", "open", "pending", "on_hold"],
});

const loadOpen = (client: Client, customerId: string) => listTickets(client, openOf(customerId));

/** What we have promised this customer and not yet kept. */
export function OpenTickets({ customer }: { readonly customer: Customer }) {
  const t = useT();
  const client = useClient();
  const conversationId = useSelect(selectOpenId);
  const query = useMemo(() => openOf(customer.id), [customer.id]);
  const list = useSelect((s) => selectTicketList(s, query));
  const { failure, retry } = useLoaded(customer.id, loadOpen, true);
  const ids = list?.ids ?? [];
  const isFirstLoad = list === null || (list.status === "loading" && ids.length === 0);
  const create = () =>
    openDialog(
      client,
      conversationId
        ? { kind: "ticket", conversationId }
        : { kind: "customer_ticket", customerId: customer.id },
    );
  return (
    <Section
      title={t("customer.tickets.title")}
      count={ids.length}
      action={
        <Button size="small" variant="ghost" icon={Plus} shortcut="ticket" onClick={create}>
          {t("ticket.create")}
        </Button>
      }
    >
      {failure !== null && ids.length === 0 ? (
        <p role="alert" className="flex items-center gap-2 text-body text-ink-2">
          {t("ticket.loadFailed")}
          <Button size="small" onClick={retry}>
            {t("common.retry")}
          </Button>
        </p>
      ) : isFirstLoad ? (
        <Skeleton className="my-1 h-3 w-3/5" />
      ) : ids.length === 0 ? (
        <p className="text-body text-ink-3">{t("customer.tickets.empty")}</p>
      ) : (
        <ul aria-label={t("customer.tickets.title")} data-roving-list className="-mx-2">
          {ids.map((id, index) => (
            <TicketLine key={id} id={id} isFirst={index === 0} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function TicketLine({ id, isFirst }: { readonly id: string; readonly isFirst: boolean }) {
  const client = useClient();
  const ticket = useSelect((s) => selectTicket(s, id));
  if (!ticket) return null;
  return (
    <li className="group relative flex items-center">
      <button
        type="button"
        data-roving
        tabIndex={isFirst ? 0 : -1}
        onKeyDown={rovingKeys}
        onClick={() => navigate(client, { name: "tickets", ticketId: id })}
        className="focus-inset flex min-w-0 flex-1 flex-col rounded-tight px-2 py-1 text-left hover:bg-hover"
      >
        <span className="flex w-full items-baseline gap-2">
          <span className="tabular shrink-0 text-small text-ink-3">#{ticket.number}</span>
          <span className="min-w-0 flex-1 truncate text-body text-ink">{neutralise(ticket.subject)}</span>
        </span>
        <span className="flex w-full items-center gap-2">
          <TicketStatusBadge status={ticket.status} />
          {ticket.dueAt !== null && <DueText dueAt={ticket.dueAt} done={false} className="text-small" />}
        </span>
      </button>
      <LinkHere ticket={ticket} />
    </li>
  );
}

/** The talk that is open beside it belongs to this ticket: one press ties them together. */
function LinkHere({ ticket }: { readonly ticket: Ticket }) {
  const t = useT();
  const run = useRun();
  const interactionId = useSelect((s) => selectConversation(s, selectOpenId(s))?.interaction?.id ?? null);
  if (interactionId === null || ticket.interactionIds.includes(interactionId)) return null;
  const link = () =>
    run(async (client) => {
      await linkTicket(client, { ticketId: ticket.id, interactionId, linked: true });
      toast(t("record.linked", { number: ticket.number }), { tone: "success" });
    });
  return (
    <IconButton
      icon={Link2}
      size="small"
      label={t("record.linkHere", { number: ticket.number })}
      onClick={link}
      className="mr-2"
    />
  );
}
