import { type TicketHistoryEntry, TicketPriority, TicketStatus } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { State } from "../../state/model.ts";
import { formatDateTime } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { RelativeTime } from "../../ui/time.tsx";

/** Who changed what and when, the newest first. */
export function Changes({ entries }: { readonly entries: readonly TicketHistoryEntry[] }) {
  const t = useT();
  const people = useSelect((s) => s.people);
  return (
    <ol aria-label={t("ticket.history")} className="px-4 py-2">
      {entries.toReversed().flatMap((entry) =>
        linesOf(entry, people, t).map((line) => (
          <li key={`${entry.seq} ${line}`} className="flex items-baseline gap-2 py-1">
            <span className="min-w-0 flex-1 text-body text-ink-2">{line}</span>
            <span className="shrink-0 text-small text-ink-3">
              <RelativeTime at={entry.at} />
            </span>
          </li>
        )),
      )}
    </ol>
  );
}

type People = State["people"];

/** One sentence for each field that changed. */
export function linesOf(entry: TicketHistoryEntry, people: People, t: T): readonly string[] {
  const nameOf = (id: string) => people.users[id]?.name ?? t("common.unknown");
  const name = entry.actorId === null ? t("common.system") : nameOf(entry.actorId);
  if (entry.name === "ticket.created") return [t("ticket.changed.created", { name })];
  if (entry.name === "ticket.commented") return [t("ticket.changed.comment", { name })];
  return Object.entries(entry.changes).map(([field, [from, to]]) => {
    switch (field) {
      case "status":
        return t("ticket.changed.status", { name, from: statusText(from, t), to: statusText(to, t) });
      case "priority":
        return t("ticket.changed.priority", { name, from: priorityText(from, t), to: priorityText(to, t) });
      case "ownerId":
        return to === ""
          ? t("ticket.changed.ownerNone", { name })
          : t("ticket.changed.owner", { name, to: nameOf(to) });
      case "dueAt":
        return to === ""
          ? t("record.changed.dueNone", { name })
          : t("ticket.changed.due", { name, to: formatDateTime(Number(to)) });
      case "subject":
        return t("record.changed.subject", { name, to: neutralise(to) });
      case "queueId":
        return t("record.changed.queue", { name, to: people.queues[to]?.name ?? t("common.unknown") });
      case "interactionIds":
        return t(to.length > from.length ? "record.changed.linked" : "record.changed.unlinked", { name });
      default:
        return t("record.changed.other", { name });
    }
  });
}

function statusText(value: string, t: T): string {
  const status = TicketStatus.safeParse(value);
  return status.success ? t(`ticket.status.${status.data}`) : value;
}

function priorityText(value: string, t: T): string {
  const priority = TicketPriority.safeParse(value);
  return priority.success ? t(`ticket.priority.${priority.data}`) : value;
}
