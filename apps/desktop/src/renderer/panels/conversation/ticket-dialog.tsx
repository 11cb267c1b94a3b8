import { type Conversation, TicketPriority } from "@tongdai/shared";
import { useRef, useState } from "react";
import { createTicket, suggestedSubject } from "../../actions/create-ticket.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { useT } from "../../i18n/index.ts";
import { selectThread } from "../../state/selectors.ts";
import { emptyThread } from "../../state/threads.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Select } from "../../ui/select.tsx";
import { toast } from "../../ui/toast.tsx";

interface TicketDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** `t`, Enter: subject and customer are filled in. What is typed survives a lost connection. */
export function TicketDialog({ conversation, onClose }: TicketDialogProps) {
  const t = useT();
  const client = useClient();
  const thread = useSelect((s) => selectThread(s, conversation.id)) ?? emptyThread;
  const [subject, setSubject] = useState(() => suggestedSubject(conversation, thread.messages));
  const [comment, setComment] = useState("");
  const [priority, setPriority] = useState<TicketPriority>("normal");
  const box = useRef<HTMLInputElement>(null);

  function submit(): void {
    if (subject.trim() === "") return;
    const interactionId = conversation.interaction?.id ?? null;
    const made = createTicket(client, {
      subject,
      comment,
      priority,
      ...(interactionId ? { interactionId } : { customerId: conversation.customerId }),
    }).then((ticket) =>
      toast(t("desk.ticket.made", { number: ticket.number }), {
        tone: "success",
        key: "ticket-made",
        action: {
          label: t("common.open"),
          onClick: () => navigate(client, { name: "tickets", ticketId: ticket.id }),
        },
      }),
    );
    run(client, made);
    if (client.store.getState().connection.status !== "live")
      toast(t("desk.ticket.held"), { tone: "info", key: "ticket-made" });
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("ticket.create")}
      description={t("desk.ticket.from", { name: neutralise(conversation.customerName) })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={subject.trim() === ""} onClick={submit}>
            {t("ticket.create")}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label={t("ticket.subject")} required>
          <Input
            ref={box}
            value={subject}
            maxLength={200}
            onFocus={(e) => e.target.select()}
            onChange={(e) => setSubject(e.target.value)}
          />
        </Field>
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
        <Field label={t("ticket.description")}>
          <Textarea
            value={comment}
            maxLength={10_000}
            onChange={(e) => setComment(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) submit();
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
