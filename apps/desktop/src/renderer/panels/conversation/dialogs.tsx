import type { Conversation } from "@tongdai/shared";
import { closeDialog } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { TransferDialog } from "../transfer-dialog.tsx";
import { ParkDialog } from "./park-dialog.tsx";
import { TemplateDialog } from "./template-dialog.tsx";
import { WrapUpDialog } from "./wrap-up-dialog.tsx";

/** Mounted only while open, so that each begins afresh. */
export function Dialogs({ conversation }: { readonly conversation: Conversation }) {
  const client = useClient();
  const dialog = useSelect((s) => s.ui.dialog);
  const onClose = () => closeDialog(client);
  if (!dialog || !("conversationId" in dialog) || dialog.conversationId !== conversation.id) return null;
  switch (dialog.kind) {
    case "transfer":
      return <TransferDialog conversation={conversation} onClose={onClose} />;
    case "park":
      return <ParkDialog conversation={conversation} onClose={onClose} />;
    case "wrap_up":
      return <WrapUpDialog conversation={conversation} onClose={onClose} />;
    case "template":
      return <TemplateDialog conversation={conversation} onClose={onClose} />;
    // Tickets are made in the panel new-ticket.
    case "ticket":
      return null;
  }
}
