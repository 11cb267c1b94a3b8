import { TicketPriority, type TicketQuery, TicketStatus } from "@tongdai/shared";
import { AlarmClock, ChevronDown, Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { answerFocus, focusOn } from "../../actions/navigate.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { isComposing } from "../../ui/composing.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { DropdownMenu, type MenuEntry } from "../../ui/menu.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";

interface ToolbarProps {
  readonly query: TicketQuery;
  readonly onQuery: (query: TicketQuery) => void;
}

/** What to keep of all tickets; each press takes effect at once. */
export function Toolbar({ query, onQuery }: ToolbarProps) {
  const t = useT();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2">
      <TextBox query={query} onQuery={onQuery} />
      <StatusMenu query={query} onQuery={onQuery} />
      <PriorityMenu query={query} onQuery={onQuery} />
      <OwnerMenu query={query} onQuery={onQuery} />
      <Button
        aria-pressed={query.overdue === true}
        icon={AlarmClock}
        onClick={() => onQuery({ ...query, overdue: !query.overdue })}
        className={cn(query.overdue && pressed)}
      >
        {t("ticket.views.overdue")}
      </Button>
    </div>
  );
}

const pressed = "bg-selected text-accent-ink hover:bg-selected";
const restMs = 200;

/** Asks when the typing rests. */
function TextBox({ query, onQuery }: ToolbarProps) {
  const t = useT();
  const client = useClient();
  const box = useRef<HTMLInputElement>(null);
  const asked = query.text ?? "";
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  // A view that was chosen meanwhile brings its own words.
  if (asked !== known) {
    setKnown(asked);
    if (asked !== typed.trim()) setTyped(asked);
  }
  useShortcuts({
    search: () => {
      box.current?.focus();
      box.current?.select();
    },
  });
  useEffect(() => () => client.later.cancel("tickets.text"), [client]);
  const type = (text: string) => {
    setTyped(text);
    client.later.put("tickets.text", restMs, () => onQuery({ ...query, text: text.trim() }));
  };
  return (
    <search className="w-56 min-w-0 @4xl:w-72">
      <Input
        ref={box}
        icon={Search}
        value={typed}
        maxLength={200}
        aria-label={t("record.searchTickets")}
        placeholder={t("record.searchTicketsHint")}
        // Rows that come late do not call away whoever has begun to type.
        onFocus={() => answerFocus(client)}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape") type("");
          else if (event.key !== "Enter") return;
          event.stopPropagation();
          focusOn(client, "list");
        }}
        trailing={
          typed ? (
            <IconButton icon={X} size="small" label={t("desk.search.end")} onClick={() => type("")} />
          ) : (
            <Kbd keys="/" />
          )
        }
      />
    </search>
  );
}

/** One more of a choice, or one less; none at all means that it does not matter. */
function toggled<V>(chosen: readonly V[] | undefined, value: V, all: readonly V[]): V[] {
  const now = new Set(chosen);
  if (!now.delete(value)) now.add(value);
  return now.size === all.length ? [] : all.filter((v) => now.has(v));
}

interface ChoiceProps {
  readonly label: string;
  readonly chosen: string;
  readonly entries: readonly MenuEntry[];
}

function Choice({ label, chosen, entries }: ChoiceProps) {
  return (
    <DropdownMenu
      entries={entries}
      trigger={
        <Button className={cn("max-w-56", chosen !== "" && pressed)}>
          <span className="truncate">{chosen === "" ? label : `${label}: ${chosen}`}</span>
          <ChevronDown size={16} aria-hidden className="-mr-1 shrink-0" />
        </Button>
      }
    />
  );
}

function StatusMenu({ query, onQuery }: ToolbarProps) {
  const t = useT();
  const chosen = query.statuses ?? [];
  const names = chosen.map((status) => t(`ticket.status.${status}`));
  return (
    <Choice
      label={t("ticket.statusLabel")}
      chosen={names.length > 2 ? String(names.length) : names.join(", ")}
      entries={TicketStatus.options.map((status) => ({
        id: status,
        label: t(`ticket.status.${status}`),
        checked: chosen.includes(status),
        onSelect: () =>
          onQuery({ ...query, statuses: toggled(query.statuses, status, TicketStatus.options) }),
      }))}
    />
  );
}

function PriorityMenu({ query, onQuery }: ToolbarProps) {
  const t = useT();
  const chosen = query.priorities ?? [];
  return (
    <Choice
      label={t("ticket.priorityLabel")}
      chosen={chosen.map((priority) => t(`ticket.priority.${priority}`)).join(", ")}
      entries={TicketPriority.options.toReversed().map((priority) => ({
        id: priority,
        label: t(`ticket.priority.${priority}`),
        checked: chosen.includes(priority),
        onSelect: () =>
          onQuery({ ...query, priorities: toggled(query.priorities, priority, TicketPriority.options) }),
      }))}
    />
  );
}

function OwnerMenu({ query, onQuery }: ToolbarProps) {
  const t = useT();
  const { owner, ...rest } = query;
  const choices = [
    { id: "anyone", label: t("record.owner.anyone"), next: rest },
    { id: "me", label: t("record.owner.me"), next: { ...rest, owner: "me" } },
    { id: "none", label: t("ticket.noOwner"), next: { ...rest, owner: "none" } },
  ];
  return (
    <Choice
      label={t("ticket.columns.owner")}
      chosen={owner === undefined ? "" : (choices.find((c) => c.id === owner)?.label ?? t("common.unknown"))}
      entries={choices.map(({ id, label, next }) => ({
        id,
        label,
        checked: (owner ?? "anyone") === id,
        onSelect: () => onQuery(next),
      }))}
    />
  );
}
