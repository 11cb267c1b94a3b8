import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Pasted } from "./pasted.tsx";

export interface NewSecret {
  readonly name: string;
  readonly secret: string;
}

/** The only time that a secret is seen. */
export function WebhookSecret({ name, secret, onClose }: NewSecret & { readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("webhook.secret.title", { name })}
      description={t("webhook.secret.lead")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("webhook.secret.done")}
        </Button>
      }
    >
      <dl className="rounded-ui bg-sunken p-3">
        <Pasted label={t("webhook.secret.label")} shown={secret} value={secret} />
      </dl>
    </Dialog>
  );
}
