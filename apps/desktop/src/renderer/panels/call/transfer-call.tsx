import { PhoneForwarded } from "lucide-react";
import { useState } from "react";
import { callTo } from "../../actions/call.ts";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversationIdOf } from "../../state/calls.ts";
import { selectConversation, selectMayTransfer } from "../../state/selectors.ts";
import type { Talk } from "../../state/talk.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { TransferDialog } from "../transfer-dialog.tsx";

/** To whom the customer goes: at once, or after a word with them. What is no customer's call goes nowhere. */
export function TransferCall({ talk }: { readonly talk: Talk }) {
  const t = useT();
  const run = useRun();
  const [isOpen, setOpen] = useState(false);
  const conversation = useSelect((s) => selectConversation(s, selectConversationIdOf(s, talk)));
  const mayTransfer = useSelect((s) => conversation !== null && selectMayTransfer(s, conversation));
  useShortcuts({ "call.transfer": () => setOpen(true) }, mayTransfer);
  if (!conversation || !mayTransfer) return null;
  return (
    <>
      <IconButton
        icon={PhoneForwarded}
        label={t("call.transfer")}
        shortcut="call.transfer"
        disabled={talk.isMoving}
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <TransferDialog
          conversation={conversation}
          onAsk={(userId) => {
            setOpen(false);
            run((client) => callTo(client, userId));
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
