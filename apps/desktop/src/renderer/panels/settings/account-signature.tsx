import type { ChannelAccount } from "@tongdai/shared";
import { Signature } from "lucide-react";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { saveAccountSignature } from "../../actions/save-signature.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { SignatureDialog } from "./signature-dialog.tsx";

/** On accounts with letters: what stands below those of whoever has no signature of their own. */
export function AccountSignature({ account }: { readonly account: ChannelAccount }) {
  const t = useT();
  const writesLetters = useSelect(
    (s) => s.people.channels[account.channel]?.capabilities.letters !== undefined,
  );
  const [isEditing, setEditing] = useState(false);
  if (!writesLetters) return null;
  return (
    <>
      <Button size="small" icon={Signature} onClick={() => setEditing(true)}>
        {t("signature.account")}
      </Button>
      {isEditing && (
        <SignatureDialog
          ownerId={account.id}
          title={t("signature.accountTitle", { name: neutralise(account.name) })}
          lead={t("signature.accountLead")}
          save={(client, words) => saveAccountSignature(client, { ...words, accountId: account.id })}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  );
}
