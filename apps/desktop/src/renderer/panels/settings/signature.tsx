import { mailHtml } from "@tongdai/shared";
import { Pencil, Signature, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { saveOwnSignature } from "../../actions/save-signature.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { LetterFrame } from "../letter-frame.tsx";
import { Page } from "./page.tsx";
import { SignatureDialog } from "./signature-dialog.tsx";

/** What stands below one's own letters. */
export function OwnSignature() {
  const t = useT();
  const run = useRun();
  const me = useSelect((s) => s.session.me?.id ?? "");
  const signature = useSelect((s) => s.people.signatures[me]);
  const [isEditing, setEditing] = useState(false);
  const remove = () =>
    run(async (client) => {
      if (!signature) return;
      await saveOwnSignature(client, { html: "", text: "", version: signature.version });
      const { html, text } = signature;
      toast(t("signature.removed"), {
        action: {
          label: t("common.undo"),
          onClick: () => run((c) => saveOwnSignature(c, { html, text })),
        },
      });
    });
  return (
    <Page title={t("signature.title")} lead={t("signature.lead")}>
      {signature ? (
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <LetterFrame html={mailHtml(signature.html)} quoted />
          </div>
          <IconButton icon={Pencil} label={t("signature.edit")} onClick={() => setEditing(true)} />
          <IconButton icon={Trash2} label={t("signature.remove")} onClick={remove} />
        </div>
      ) : (
        <EmptyState
          icon={Signature}
          title={t("signature.empty")}
          body={t("signature.emptyBody")}
          action={
            <Button variant="primary" onClick={() => setEditing(true)}>
              {t("signature.write")}
            </Button>
          }
        />
      )}
      {isEditing && (
        <SignatureDialog
          ownerId={me}
          title={t("signature.title")}
          lead={t("signature.lead")}
          save={saveOwnSignature}
          onClose={() => setEditing(false)}
        />
      )}
    </Page>
  );
}
