import type { TicketQuery } from "@tongdai/shared";
import { Ticket as TicketIcon, TicketX } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { listMoreTickets, listTickets } from "../../actions/list-tickets.ts";
import { focusOn, navigate, openDialog } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { keepTicketQuery, readTicketQuery } from "../../actions/ticket-query.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { selectTicketList } from "../../state/selectors.ts";
import { ticketListKey } from "../../state/tickets.ts";
import { Button } from "../../ui/button.tsx";
import { LoadState } from "../../ui/load-state.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList, type VirtualListHandle } from "../../ui/virtual-list.tsx";
import { unfoldSide } from "../unfold-side.ts";
import { useFocusWish } from "../use-focus-wish.ts";
import { causeText } from "../words.ts";
import { ColumnNames, SkeletonTable, TicketRow } from "./ticket-row.tsx";
import { Toolbar } from "./toolbar.tsx";
import { ViewTabs } from "./view-tabs.tsx";
import { cleanQuery, firstQuery, isNarrow } from "./views.ts";

export default function Tickets() {
  const t = useT();
  const client = useClient();
  const [query, setQuery] = useState(() => readTicketQuery(client) ?? firstQuery);
  const change = (next: TicketQuery) => {
    setQuery(next);
    keepTicketQuery(client, cleanQuery(next));
  };
  return (
    <section aria-label={t("ticket.title")} className="@container flex h-full min-w-0 flex-col bg-surface">
      <h1 className="sr-only">{t("ticket.title")}</h1>
      <ViewTabs query={query} onQuery={change} />
      <Toolbar query={query} onQuery={change} />
      <Table query={query} onQuery={change} />
    </section>
  );
}

const rowHeight = 32;
const head = { content: <ColumnNames />, height: 29 };
const keyOf = (id: string) => id;

const load = (client: Client, key: string) => listTickets(client, queryOf(key));
const queryOf = (key: string): TicketQuery => cleanQuery(JSON.parse(key));

interface TableProps {
  readonly query: TicketQuery;
  readonly onQuery: (query: TicketQuery) => void;
}

function Table({ query: wanted, onQuery }: TableProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const key = ticketListKey(cleanQuery(wanted));
  const query = useMemo(() => queryOf(key), [key]);
  const list = useSelect((s) => selectTicketList(s, query));
  const openId = useSelect((s) => (s.ui.route.name === "tickets" ? s.ui.route.ticketId : null));
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const { failure, retry } = useLoaded(key, load);
  const handle = useRef<VirtualListHandle>(null);
  const ids = list?.ids ?? [];
  useTableKeys(handle, ids.length > 0);
  const open = useCallback((ticketId: string) => openTicket(client, ticketId), [client]);
  const isLoaded = list?.status === "ready" || list?.status === "stale";
  if (ids.length > 0)
    return (
      <VirtualList
        key={key}
        ref={handle}
        head={head}
        items={ids}
        getKey={keyOf}
        rowHeight={rowHeight}
        label={t("ticket.list")}
        selectedKey={openId}
        onSelect={open}
        onOpen={() => focusOn(client, "ticket")}
        onNearEnd={() => run((c) => listMoreTickets(c, query))}
        renderRow={(id, { selected }) => <TicketRow id={id} selected={selected} />}
        className="min-h-0 flex-1"
      />
    );
  if (failure !== null || !isLoaded)
    return (
      <LoadState
        failure={failure}
        title={t("ticket.loadFailed")}
        reason={(cause) => causeText(cause, t)}
        onRetry={retry}
        offline={isOffline}
        skeleton={<SkeletonTable />}
      />
    );
  return <Nothing query={query} onQuery={onQuery} />;
}

function Nothing({ query, onQuery }: TableProps) {
  const t = useT();
  const client = useClient();
  if (isNarrow(query))
    return (
      <EmptyState
        icon={TicketX}
        title={t("ticket.empty.filteredTitle")}
        className="m-auto"
        action={<Button onClick={() => onQuery({})}>{t("common.clear")}</Button>}
      />
    );
  return (
    <EmptyState
      icon={TicketIcon}
      title={t("ticket.empty.title")}
      body={t("ticket.empty.body")}
      className="m-auto"
      action={
        <Button
          variant="primary"
          shortcut="ticket"
          onClick={() => openDialog(client, { kind: "customer_ticket", customerId: null })}
        >
          {t("ticket.empty.action")}
        </Button>
      }
    />
  );
}

function openTicket(client: Client, ticketId: string): void {
  unfoldSide(client);
  navigate(client, { name: "tickets", ticketId });
}

function useTableKeys(handle: React.RefObject<VirtualListHandle | null>, isThere: boolean): void {
  const client = useClient();
  useShortcuts({
    "list.next": () => handle.current?.move(1),
    "list.previous": () => handle.current?.move(-1),
    "list.open": () => handle.current?.open(),
  });
  useFocusWish("list", () => handle.current?.focus(), isThere);
  useEffect(() => focusOn(client, "list"), [client]);
}
