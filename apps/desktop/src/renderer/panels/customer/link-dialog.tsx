import type { Customer } from "@tongdai/shared";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectCustomer } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { shownName } from "../../ui/phone.ts";
import { CustomerPicker } from "../customer-picker.tsx";
import { causeText } from "../words.ts";
import { useLinking } from "./linking.ts";

interface LinkDialogProps {
  readonly customer: Customer;
  readonly onClose: () => void;
}

/** Who else is this? Found by name or number. */
export function LinkDialog({ customer, onClose }: LinkDialogProps) {
  const t = useT();
  const { link } = useLinking();
  const [otherId, setOtherId] = useState<string | null>(null);
  const other = useSelect((s) => selectCustomer(s, otherId));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isSame = otherId === customer.id;

  async function submit(): Promise<void> {
    if (otherId === null || isSame || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await link(customer.id, otherId);
      onClose();
    } catch (cause) {
      setProblem(causeText(cause, t));
      setBusy(false);
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("customer.merge.title")}
      description={t("customer.merge.with", { name: shownName(customer.name) })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant="primary"
            loading={busy}
            disabled={otherId === null || isSame}
            onClick={() => void submit()}
          >
            {t("customer.merge.confirm")}
          </Button>
        </>
      }
    >
      <form
        className="flex min-h-70 flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <CustomerPicker chosen={other} onChoose={setOtherId} />
        {problem !== null || isSame ? (
          <p role="alert" className="text-body text-red-ink">
            {isSame ? t("customer.merge.same") : problem}
          </p>
        ) : (
          <p className="text-body text-ink-2">{t("customer.merge.body")}</p>
        )}
      </form>
    </Dialog>
  );
}
