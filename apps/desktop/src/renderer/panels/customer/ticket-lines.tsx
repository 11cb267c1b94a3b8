import type { Ticket } from "@tongdai/shared";
import { Link2 } from "lucide-react";
import { linkTicket } from "../../actions/link-ticket.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversation, selectOpenId, selectTicket } from "../../state/selectors.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { rovingKeys } from "../../ui/roving.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { DueText, TicketStatusBadge } from "../../ui/ticket-marks.tsx";
import { toast } from "../../ui/toast.tsx";

interface TicketLinesProps {
  readonly label: string;
  readonly ids: readonly string[];
}

export function TicketLines({ label, ids }: TicketLinesProps) {
  return (
    <ul aria-label={label} data-roving-list className="-mx-2">
      {ids.map((id, index) => (
        <TicketLine key={id} id={id} isFirst={index === 0} />
      ))}
    </ul>
  );
}

const isDone = ({ status }: Ticket) => status === "solved" || status === "closed";

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
          <span className="min-w-0 flex-1 truncate text-body text-ink" title={neutralise(ticket.subject)}>
            {neutralise(ticket.subject)}
          </span>
        </span>
        <span className="flex w-full items-center gap-2">
          <TicketStatusBadge status={ticket.status} />
          {ticket.dueAt !== null && (
            <DueText dueAt={ticket.dueAt} done={isDone(ticket)} className="text-small" />
          )}
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
