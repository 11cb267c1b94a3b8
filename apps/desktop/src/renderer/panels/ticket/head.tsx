import type { Ticket } from "@tongdai/shared";
import { Check, RotateCcw, X } from "lucide-react";
import { editTicket } from "../../actions/edit-ticket.ts";
import { goTo } from "../../actions/navigate.ts";
import { useClient, useRun } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { InlineEdit } from "../../ui/inline-edit.tsx";
import { TicketStatusBadge } from "../../ui/ticket-marks.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useExplain } from "../explain.ts";
import { turned } from "./turned.ts";

export function Head({ ticket }: { readonly ticket: Ticket }) {
  const t = useT();
  const client = useClient();
  const explain = useExplain(ticket.subject);
  const isClosed = ticket.status === "closed";
  return (
    <header className="shrink-0 px-4 py-3">
      <div className="flex min-h-8 items-center gap-2">
        <span className="text-body font-medium text-ink-2">{t("ticket.one", { number: ticket.number })}</span>
        <TicketStatusBadge status={ticket.status} />
        <span className="flex-1" />
        <Solve ticket={ticket} />
        <IconButton
          icon={X}
          label={t("common.close")}
          onClick={() => goTo(client, "tickets")}
          className="-mr-1.5"
        />
      </div>
      <h2 className="mt-1">
        <InlineEdit
          value={ticket.subject}
          label={t("ticket.subject")}
          disabled={isClosed}
          wrap
          onSave={(subject) => editTicket(client, ticket.id, { subject })}
          explain={explain}
          className="text-read font-semibold"
        />
      </h2>
      <p className="mt-0.5 text-small text-ink-3">
        <Updated at={ticket.updatedAt} />
      </p>
    </header>
  );
}

function Updated({ at }: { readonly at: number }) {
  const t = useT();
  const [before, after] = t("ticket.updated", { time: "\u0000" }).split("\u0000");
  return (
    <>
      {before}
      <RelativeTime at={at} />
      {after}
    </>
  );
}

/** The way out of each state, by one press. */
function Solve({ ticket }: { readonly ticket: Ticket }) {
  const t = useT();
  const run = useRun();
  if (ticket.status === "closed") return null;
  const status = turned(ticket);
  return (
    <Button
      size="small"
      variant={status === "solved" ? "primary" : "secondary"}
      shortcut="ticket.solve"
      icon={status === "solved" ? Check : RotateCcw}
      onClick={() => run((client) => editTicket(client, ticket.id, { status }))}
    >
      {t(status === "solved" ? "ticket.solve" : "ticket.reopen")}
    </Button>
  );
}
