import { isTicketDone } from "@tongdai/shared";
import { memo } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectTicket } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { shownName } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { DueText, TicketPriorityMark, TicketStatusBadge } from "../../ui/ticket-marks.tsx";
import { RelativeTime } from "../../ui/time.tsx";

/** What is least needed gives way first as the pane gets narrow. */
const columns = {
  number: "w-13 shrink-0",
  subject: "min-w-0 flex-1",
  customer: "hidden w-36 shrink-0 @2xl:block",
  status: "w-24 shrink-0",
  priority: "w-20 shrink-0",
  owner: "hidden w-36 shrink-0 @5xl:block",
  due: "w-38 shrink-0",
  updated: "hidden w-28 shrink-0 text-right @6xl:block",
} as const;

const names = Object.keys(columns) as (keyof typeof columns)[];
const line = "flex items-center gap-3 px-4";

/** Heads the columns for the eye; each row says by itself what it holds. */
export function ColumnNames() {
  const t = useT();
  return (
    <div aria-hidden className="border-b border-line bg-surface">
      <div className={cn(line, "h-7 text-small font-medium text-ink-3")}>
        {names.map((name) => (
          <span key={name} className={cn("truncate", columns[name])}>
            {t(`ticket.columns.${name}`)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** On the colour of the chosen row the tinted badges would be lost. */
const look = (selected: boolean) => (selected ? "bg-selected [&_[data-edge]]:bg-surface" : "hover:bg-hover");

interface TicketRowProps {
  readonly id: string;
  readonly selected: boolean;
}

export const TicketRow = memo(function TicketRow({ id, selected }: TicketRowProps) {
  const t = useT();
  const ticket = useSelect((s) => selectTicket(s, id));
  const ownerName = useSelect((s) => s.people.users[ticket?.ownerId ?? ""]?.name);
  if (!ticket) return null;
  const done = isTicketDone(ticket.status);
  return (
    <div className={cn(line, "h-8 border-b border-line/60", look(selected))}>
      <span className={cn("tabular text-ink-3", columns.number)}>{ticket.number}</span>
      <span
        title={neutralise(ticket.subject)}
        className={cn("truncate", done ? "text-ink-2" : "text-ink", columns.subject)}
      >
        {neutralise(ticket.subject)}
      </span>
      <span title={shownName(ticket.customerName)} className={cn("truncate text-ink-2", columns.customer)}>
        {shownName(ticket.customerName) || t("customer.unnamed")}
      </span>
      <span className={columns.status}>
        <TicketStatusBadge status={ticket.status} />
      </span>
      <span className={columns.priority}>
        <TicketPriorityMark priority={ticket.priority} />
      </span>
      <span
        title={ownerName}
        className={cn("truncate", ticket.ownerId ? "text-ink-2" : "text-ink-3", columns.owner)}
      >
        {ticket.ownerId ? (ownerName ?? t("common.unknown")) : t("ticket.noOwner")}
      </span>
      <span className={columns.due}>
        <DueText dueAt={ticket.dueAt} done={done} className="max-w-full" />
      </span>
      <span className={cn("truncate text-small text-ink-3", columns.updated)}>
        <RelativeTime at={ticket.updatedAt} />
      </span>
    </div>
  );
});

const widths = ["w-3/5", "w-2/5", "w-1/2", "w-4/5", "w-1/3", "w-2/3", "w-3/4", "w-1/4"];

export function SkeletonTable() {
  return (
    <div>
      <ColumnNames />
      {widths.map((width) => (
        <div key={width} className={cn(line, "h-8")}>
          <Skeleton className="h-3 w-8" />
          <span className="min-w-0 flex-1">
            <Skeleton className={cn("h-3", width)} />
          </span>
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-24" />
        </div>
      ))}
    </div>
  );
}
