import type { Correspondent, Message } from "@tongdai/shared";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { resolveMessage } from "../../actions/resolve-message.ts";
import { useT } from "../../i18n/index.ts";
import { asRecipient, isAddress } from "../../state/letters.ts";
import { Button } from "../../ui/button.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useSubmit } from "../use-submit.ts";
import { RecipientLine } from "./recipient-line.tsx";

interface OtherAddressProps {
  readonly message: Message;
  readonly letter: NonNullable<Message["letter"]>;
}

/** A letter that failed goes again as it is, to an address that was mended or to somebody else. */
export function OtherAddress({ message, letter }: OtherAddressProps) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t("letter.failed.otherAddress")}
      </Button>
      {isOpen && <AddressDialog message={message} letter={letter} onClose={() => setOpen(false)} />}
    </>
  );
}

function AddressDialog({ message, letter, onClose }: OtherAddressProps & { readonly onClose: () => void }) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit } = useSubmit();
  const [to, setTo] = useState<readonly Correspondent[]>(letter.to.map(asRecipient));
  const [isNobody, setNobody] = useState(false);
  const wrong = errorOf("to")["error"];
  const nobody = isNobody && to.length === 0 ? t("letter.held.no_recipient") : null;
  const send = async () => {
    setNobody(to.length === 0);
    if (to.length === 0) return;
    if (await submit(() => resolveMessage(client, message.id, "resend", to))) onClose();
  };
  return (
    <FormDialog
      title={t("letter.failed.otherAddress")}
      lead={t("letter.failed.otherLead")}
      confirm={t("conversation.failed.resend")}
      busy={busy}
      problem={nobody ?? problem ?? wrong ?? null}
      // The field gives up what was typed when it is left, and a button that is disabled until then loses the click.
      isReady={to.every(isAddress)}
      onSubmit={() => void send()}
      onClose={onClose}
    >
      <RecipientLine label={t("desk.letter.to")} name="to" people={to} known={[]} onChange={setTo} />
    </FormDialog>
  );
}
