import { TicketPriority } from "@tongdai/shared";
import { type FormEvent, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { createTicket, type NewTicket } from "../../actions/create-ticket.ts";
import { closeDialog, navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { type T, useT } from "../../i18n/index.ts";
import { selectCustomer, selectMe } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DueField } from "../../ui/due-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Select } from "../../ui/select.tsx";
import { toast } from "../../ui/toast.tsx";
import { CustomerPicker } from "./customer-picker.tsx";

export default function NewTicketDialog() {
  const dialog = useSelect((s) => s.ui.dialog);
  return dialog?.kind === "customer_ticket" ? <NewTicketForm given={dialog.customerId} /> : null;
}

/** Enter in the subject creates; what was typed is kept until the gateway has it. */
function NewTicketForm({ given }: { readonly given: string | null }) {
  const t = useT();
  const client = useClient();
  const me = useSelect(selectMe);
  const [customerId, setCustomerId] = useState(given);
  const customer = useSelect((s) => selectCustomer(s, customerId));
  const [subject, setSubject] = useState("");
  const [comment, setComment] = useState("");
  const [priority, setPriority] = useState<TicketPriority>("normal");
  const [dueAt, setDueAt] = useState<number | null>(null);
  const onClose = () => closeDialog(client);
  const isReady = subject.trim() !== "" && customerId !== null;

  function submit(): void {
    if (!isReady) return;
    make(client, { subject, comment, priority, dueAt, customerId, ownerId: me?.id ?? null }, t);
    onClose();
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("ticket.create")}
      {...(given && customer
        ? { description: t("record.ticketFor", { name: neutralise(customer.name) || t("customer.unnamed") }) }
        : {})}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={!isReady} onClick={submit}>
            {t("ticket.create")}
          </Button>
        </>
      }
    >
      <form onSubmit={onSubmit} className="flex flex-col gap-3">
        {given === null && <CustomerPicker chosen={customer} onChoose={setCustomerId} />}
        <Field label={t("ticket.subject")} hint={t("ticket.subjectHint")} required>
          <Input value={subject} maxLength={200} onChange={(event) => setSubject(event.target.value)} />
        </Field>
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("ticket.priorityLabel")}>
            <Select
              value={priority}
              onChange={setPriority}
              options={TicketPriority.options.map((value) => ({
                value,
                label: t(`ticket.priority.${value}`),
              }))}
            />
          </Field>
          <Field label={t("ticket.due")}>
            <DueField value={dueAt} onChange={setDueAt} />
          </Field>
        </div>
        <Field label={t("ticket.description")} optional>
          <Textarea
            value={comment}
            maxLength={10_000}
            onChange={(event) => setComment(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
            }}
          />
        </Field>
        {/* Enter submits a form only where it has a button for it. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}

function make(client: Client, ticket: NewTicket, t: T): void {
  const made = createTicket(client, ticket).then(({ id, number }) =>
    toast(t("desk.ticket.made", { number }), {
      tone: "success",
      key: "ticket-made",
      action: {
        label: t("common.open"),
        onClick: () => navigate(client, { name: "tickets", ticketId: id }),
      },
    }),
  );
  run(client, made);
  if (client.store.getState().connection.status !== "live")
    toast(t("desk.ticket.held"), { tone: "info", key: "ticket-made" });
}
