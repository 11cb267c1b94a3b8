import type { Conversation } from "@tongdai/shared";
import { LayoutTemplate } from "lucide-react";
import { openDialog } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { templateAccounts } from "../../state/accounts.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";

interface TemplateButtonProps {
  readonly conversation: Conversation;
}

/** The way to the customer that no window shuts. */
export function TemplateButton({
  conversation,
  variant,
}: TemplateButtonProps & { readonly variant: "primary" | "secondary" }) {
  const t = useT();
  const open = useOpen(conversation);
  if (!open) return null;
  return (
    <Button variant={variant} icon={LayoutTemplate} onClick={open}>
      {t("template.open")}
    </Button>
  );
}

/** The same among the composer's tools. */
export function TemplateTool({ conversation }: TemplateButtonProps) {
  const t = useT();
  const open = useOpen(conversation);
  if (!open) return null;
  return <IconButton icon={LayoutTemplate} label={t("template.open")} side="top" onClick={open} />;
}

/** `null`: no account has any for this customer, it is off, or somebody else is to spend the money. */
function useOpen(conversation: Conversation): (() => void) | null {
  const client = useClient();
  const isOffered = useSelect((s) => templateAccounts(s, conversation).length > 0);
  return isOffered ? () => openDialog(client, { kind: "template", conversationId: conversation.id }) : null;
}
