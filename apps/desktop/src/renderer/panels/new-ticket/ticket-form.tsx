import { TicketPriority } from "@tongdai/shared";
import { type FormEvent, useState } from "react";
import type { NewTicket } from "../../actions/create-ticket.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectCustomer, selectMe } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { isComposing } from "../../ui/composing.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { DueField } from "../../ui/due-field.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { CustomerPicker } from "../customer-picker.tsx";
import { OwnerSelect, useMayOwn } from "../owner-select.tsx";

interface TicketFormProps {
  /** Whom or what it is about, under the title. */
  readonly about?: string;
  readonly subject: string;
  /** `null`: to be found in the form. */
  readonly customerId: string | null;
  readonly onMake: (ticket: NewTicket) => void;
  readonly onClose: () => void;
}

/** Enter in the subject makes the ticket. */
export function TicketForm({
  about,
  subject: suggested,
  customerId: given,
  onMake,
  onClose,
}: TicketFormProps) {
  const t = useT();
  const me = useSelect(selectMe);
  const [customerId, setCustomerId] = useState(given);
  const customer = useSelect((s) => selectCustomer(s, customerId));
  const [subject, setSubject] = useState(suggested);
  const [comment, setComment] = useState("");
  const [priority, setPriority] = useState<TicketPriority>("normal");
  const mayOwn = useMayOwn();
  const [ownerId, setOwnerId] = useState(me && mayOwn(me) ? me.id : null);
  const [dueAt, setDueAt] = useState<number | null>(null);
  const isReady = subject.trim() !== "" && customerId !== null;

  function submit(): void {
    if (isReady) onMake({ subject, comment, priority, dueAt, customerId, ownerId });
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
      {...(about === undefined ? {} : { description: about })}
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
          <Input
            value={subject}
            maxLength={200}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setSubject(event.target.value)}
          />
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
        <Field label={t("ticket.owner")}>
          <OwnerSelect value={ownerId} onChange={setOwnerId} />
        </Field>
        <Field label={t("ticket.description")} optional>
          <Textarea
            value={comment}
            maxLength={10_000}
            onChange={(event) => setComment(event.target.value)}
            onKeyDown={(event) => {
              if (
                event.key === "Enter" &&
                (event.ctrlKey || event.metaKey) &&
                !isComposing(event.nativeEvent)
              )
                submit();
            }}
          />
        </Field>
        {/* Enter submits a form only where it has a button for it. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}
