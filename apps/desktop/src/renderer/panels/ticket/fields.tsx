import { isTicketDone, type Ticket, TicketPriority, ticketStatusesAfter } from "@tongdai/shared";
import { type ReactNode, useRef, useState } from "react";
import { editTicket, type TicketChange } from "../../actions/edit-ticket.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectMe } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { DueField } from "../../ui/due-field.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { shownName } from "../../ui/phone.ts";
import { Select } from "../../ui/select.tsx";
import { useExplain } from "../explain.ts";
import { OwnerSelect, useMayOwn } from "../owner-select.tsx";
import { useFocusWish } from "../use-focus-wish.ts";

interface FieldsProps {
  readonly ticket: Ticket;
}

/** Every field where it stands: a choice takes effect at once. */
export function Fields({ ticket }: FieldsProps) {
  const t = useT();
  const client = useClient();
  const queue = useSelect((s) => s.people.queues[ticket.queueId]?.name);
  const { change, problem } = useChange(ticket);
  const isClosed = ticket.status === "closed";
  const { box, openness } = useOpenedField();
  return (
    <div ref={box} className="shrink-0 px-4 pb-3">
      <dl className="grid grid-cols-[5.25rem_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5">
        <Line label={t("ticket.statusLabel")}>
          <Select
            label={t("ticket.statusLabel")}
            value={ticket.status}
            disabled={isClosed}
            {...openness("ticket_status")}
            onChange={(status) => change({ status })}
            options={[ticket.status, ...ticketStatusesAfter(ticket.status)].map((value) => ({
              value,
              label: t(`ticket.status.${value}`),
            }))}
          />
        </Line>
        <Line label={t("ticket.priorityLabel")}>
          <Select
            label={t("ticket.priorityLabel")}
            value={ticket.priority}
            disabled={isClosed}
            onChange={(priority) => change({ priority })}
            options={TicketPriority.options.toReversed().map((value) => ({
              value,
              label: t(`ticket.priority.${value}`),
            }))}
          />
        </Line>
        <Line label={t("ticket.columns.owner")}>
          <Owner
            ticket={ticket}
            disabled={isClosed}
            openness={openness("ticket_owner")}
            onChange={(ownerId) => change({ ownerId })}
          />
        </Line>
        <Line label={t("ticket.due")}>
          <DueField
            value={ticket.dueAt}
            done={isTicketDone(ticket.status)}
            disabled={isClosed}
            {...openness("ticket_due")}
            onChange={(dueAt) => change({ dueAt })}
          />
        </Line>
        <Line label={t("ticket.customer")}>
          <button
            type="button"
            onClick={() => navigate(client, { name: "customers", customerId: ticket.customerId })}
            className="max-w-full truncate rounded-tight py-0.5 text-left text-accent-ink underline-offset-2 hover:underline"
          >
            {shownName(ticket.customerName) || t("customer.unnamed")}
          </button>
        </Line>
        <Line label={t("record.queue")}>
          <span className="block truncate py-0.5 text-ink-2">{queue ?? t("common.unknown")}</span>
        </Line>
        <Line label={t("record.createdAt")}>
          <span className="tabular block truncate py-0.5 text-ink-2">{formatDateTime(ticket.createdAt)}</span>
        </Line>
      </dl>
      {problem !== null && (
        <p role="alert" className="mt-2 text-small text-red-ink">
          {problem}
        </p>
      )}
    </div>
  );
}

type KeyedField = "ticket_status" | "ticket_owner" | "ticket_due";

interface Openness {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Each of these has a key that opens it, wherever the pane is scrolled to. */
function useOpenedField() {
  const box = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<KeyedField | null>(null);
  const show = (field: KeyedField) => {
    box.current?.scrollIntoView({ block: "nearest" });
    setOpened(field);
  };
  useFocusWish("ticket_status", () => show("ticket_status"));
  useFocusWish("ticket_owner", () => show("ticket_owner"));
  useFocusWish("ticket_due", () => show("ticket_due"));
  const openness = (field: KeyedField): Openness => ({
    open: opened === field,
    onOpenChange: (isOpen) => setOpened(isOpen ? field : null),
  });
  return { box, openness };
}

interface LineProps {
  readonly label: string;
  readonly children: ReactNode;
}

function Line({ label, children }: LineProps) {
  return (
    <>
      <dt className="truncate text-small text-ink-3">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** A refused choice goes back to what holds, and the reason stands below the fields. */
function useChange(ticket: Ticket) {
  const client = useClient();
  const t = useT();
  const explain = useExplain(t("record.asShown"));
  const [problem, setProblem] = useState<string | null>(null);
  const change = (wanted: TicketChange): void => {
    setProblem(null);
    editTicket(client, ticket.id, wanted).catch((cause: unknown) => setProblem(explain(cause)));
  };
  return { change, problem };
}

interface OwnerProps {
  readonly ticket: Ticket;
  readonly disabled: boolean;
  readonly openness: Openness;
  readonly onChange: (ownerId: string | null) => void;
}

function Owner({ ticket, disabled, openness, onChange }: OwnerProps) {
  const t = useT();
  const mayOwn = useMayOwn();
  const me = useSelect(selectMe);
  return (
    <div className="flex items-center gap-1.5">
      <OwnerSelect
        label={t("ticket.owner")}
        value={ticket.ownerId}
        disabled={disabled}
        {...openness}
        onChange={onChange}
        className="flex-1"
      />
      {ticket.ownerId === null && me && mayOwn(me) && !disabled && (
        <Button onClick={() => onChange(me.id)}>{t("record.take")}</Button>
      )}
    </div>
  );
}
