import type { Customer } from "@tongdai/shared";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectCustomer } from "../../state/selectors.ts";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { shownName } from "../../ui/phone.ts";
import { CustomerPicker } from "../customer-picker.tsx";
import { useSubmit } from "../use-submit.ts";
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
  const { busy, problem, submit } = useSubmit();
  const save = async () => {
    if (otherId !== null && (await submit(() => link(customer.id, otherId)))) onClose();
  };
  return (
    <FormDialog
      title={t("customer.merge.title")}
      lead={t("customer.merge.with", { name: shownName(customer.name) })}
      confirm={t("customer.merge.confirm")}
      busy={busy}
      problem={problem}
      isReady={otherId !== null}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <div className="flex min-h-72 flex-col gap-3">
        <CustomerPicker chosen={other} but={customer.id} onChoose={setOtherId} />
        <p className="text-body text-ink-2">{t("customer.merge.body")}</p>
      </div>
    </FormDialog>
  );
}
