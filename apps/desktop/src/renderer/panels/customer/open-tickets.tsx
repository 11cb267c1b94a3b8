import type { Customer, TicketQuery } from "@tongdai/shared";
import { Plus } from "lucide-react";
import { useMemo } from "react";
import type { Client } from "../../actions/client.ts";
import { listTickets } from "../../actions/list-tickets.ts";
import { openDialog } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { selectOpenId, selectTicketList } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/section.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ClosedTickets } from "./closed-tickets.tsx";
import { TicketLines } from "./ticket-lines.tsx";

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
        <TicketLines label={t("customer.tickets.title")} ids={ids} />
      )}
      <ClosedTickets key={customer.id} customerId={customer.id} />
    </Section>
  );
}
