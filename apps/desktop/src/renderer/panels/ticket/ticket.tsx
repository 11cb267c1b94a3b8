import type { Ticket } from "@tongdai/shared";
import { Ticket as TicketIcon, TicketX } from "lucide-react";
import { useRef } from "react";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectTicket } from "../../state/selectors.ts";
import { LoadState } from "../../ui/load-state.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { useFocusWish } from "../use-focus-wish.ts";
import { causeText } from "../words.ts";
import { Fields } from "./fields.tsx";
import { Head } from "./head.tsx";
import { LinkedTalks } from "./linked.tsx";
import { Talk } from "./talk.tsx";
import { useTicketDetail } from "./use-ticket-detail.ts";

export default function TicketPanel() {
  const t = useT();
  const id = useSelect((s) => (s.ui.route.name === "tickets" ? s.ui.route.ticketId : null));
  const client = useClient();
  const pane = useRef<HTMLElement>(null);
  useFocusWish("ticket", () => pane.current?.focus());
  useShortcuts({ "ticket.leave": () => focusOn(client, "list") }, id !== null);
  return (
    <section
      ref={pane}
      aria-label={t("record.ticketPanel")}
      tabIndex={-1}
      className="focus-inset flex h-full min-w-0 flex-col bg-surface"
    >
      {id ? (
        <Opened key={id} id={id} />
      ) : (
        <EmptyState
          icon={TicketIcon}
          title={t("record.noTicketTitle")}
          body={t("record.noTicketBody")}
          className="m-auto"
        />
      )}
    </section>
  );
}

function Opened({ id }: { readonly id: string }) {
  const t = useT();
  const ticket = useSelect((s) => selectTicket(s, id));
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const { failure, retry } = useTicketDetail(id);
  if (ticket) return <Shown ticket={ticket} failure={failure} onRetry={retry} />;
  return (
    <LoadState
      failure={failure}
      title={t("record.ticketFailed")}
      reason={(cause) => causeText(cause, t)}
      onRetry={retry}
      offline={isOffline}
      gone={{ icon: TicketX, title: t("record.ticketGone") }}
      skeleton={
        <div className="flex flex-col gap-4 p-4">
          <SkeletonLines widths={["w-1/3", "w-4/5", "w-1/2", "w-3/5", "w-2/5", "w-2/3"]} />
        </div>
      }
    />
  );
}

interface ShownProps {
  readonly ticket: Ticket;
  readonly failure: unknown;
  readonly onRetry: () => void;
}

function Shown({ ticket, failure, onRetry }: ShownProps) {
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <Head ticket={ticket} />
      <Fields ticket={ticket} />
      <LinkedTalks ticket={ticket} />
      <Talk ticket={ticket} failure={failure} onRetry={onRetry} />
    </div>
  );
}
