import type { TicketQuery } from "@tongdai/shared";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { listMoreTickets, listTickets } from "../../actions/list-tickets.ts";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { selectTicketList } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { TicketLines } from "./ticket-lines.tsx";

const closedOf = (customerId: string): TicketQuery => ({ customerId, statuses: ["solved", "closed"] });

const loadClosed = (client: Client, customerId: string) => listTickets(client, closedOf(customerId));

/** What we have kept: out of the way until it is asked for. */
export function ClosedTickets({ customerId }: { readonly customerId: string }) {
  const t = useT();
  const run = useRun();
  const query = useMemo(() => closedOf(customerId), [customerId]);
  const list = useSelect((s) => selectTicketList(s, query));
  useLoaded(customerId, loadClosed, true);
  const [isOpen, setIsOpen] = useState(false);
  if (list === null || list.ids.length === 0) return null;
  const count = list.ids.length;
  return (
    <>
      <Button
        size="small"
        variant="ghost"
        icon={isOpen ? ChevronDown : ChevronRight}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="-ml-2 text-ink-3"
      >
        {list.next === null
          ? t("customer.tickets.closed", { count })
          : t("customer.tickets.closedMany", { count })}
      </Button>
      {isOpen && <TicketLines label={t("customer.tickets.closedList")} ids={list.ids} />}
      {isOpen && list.next !== null && (
        <Button size="small" onClick={() => run((client) => listMoreTickets(client, query))}>
          {t("common.moreItems")}
        </Button>
      )}
    </>
  );
}
