import type { Conversation } from "@tongdai/shared";
import type { Client } from "../../actions/client.ts";
import { createTicket, type NewTicket, suggestedSubject } from "../../actions/create-ticket.ts";
import { closeDialog, navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { type T, useT } from "../../i18n/index.ts";
import { selectConversation, selectCustomer, selectThread } from "../../state/selectors.ts";
import { emptyThread } from "../../state/threads.ts";
import { shownName } from "../../ui/phone.ts";
import { toast } from "../../ui/toast.tsx";
import { TicketForm } from "./ticket-form.tsx";

export default function NewTicketDialog() {
  const dialog = useSelect((s) => s.ui.dialog);
  const conversation = useSelect((s) =>
    dialog?.kind === "ticket" ? selectConversation(s, dialog.conversationId) : null,
  );
  if (conversation) return <FromConversation key={conversation.id} conversation={conversation} />;
  return dialog?.kind === "customer_ticket" ? <ForCustomer given={dialog.customerId} /> : null;
}

/** `t`, Enter: subject and customer are filled in. */
function FromConversation({ conversation }: { readonly conversation: Conversation }) {
  const t = useT();
  const thread = useSelect((s) => selectThread(s, conversation.id)) ?? emptyThread;
  const interactionId = conversation.interaction?.id;
  return (
    <TicketForm
      about={t("desk.ticket.from", { name: shownName(conversation.customerName) })}
      subject={suggestedSubject(conversation, thread.messages)}
      customerId={conversation.customerId}
      {...useMaking(interactionId ? { interactionId, customerId: null } : {})}
    />
  );
}

function ForCustomer({ given }: { readonly given: string | null }) {
  const t = useT();
  const customer = useSelect((s) => selectCustomer(s, given));
  const name = customer && (shownName(customer.name) || t("customer.unnamed"));
  return (
    <TicketForm
      {...(name === null ? {} : { about: t("record.ticketFor", { name }) })}
      subject=""
      customerId={given}
      {...useMaking({})}
    />
  );
}

/** Closes at once: what was typed is kept until the gateway has it. */
function useMaking(about: Partial<NewTicket>) {
  const t = useT();
  const client = useClient();
  const onClose = () => closeDialog(client);
  return {
    onClose,
    onMake(ticket: NewTicket) {
      make(client, { ...ticket, ...about }, t);
      onClose();
    },
  };
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
