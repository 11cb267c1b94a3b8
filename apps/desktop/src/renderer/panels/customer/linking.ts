import { linkCustomers, unlinkIdentities } from "../../actions/link-customers.ts";
import { useClient, useRun } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { toast } from "../../ui/toast.tsx";

/** Link and take out, each with the way back in a toast. */
export function useLinking() {
  const t = useT();
  const client = useClient();
  const run = useRun();

  const takeOut = async (customerId: string, identityIds: readonly string[]): Promise<void> => {
    const { customer, taken } = await unlinkIdentities(client, customerId, identityIds);
    toast(t("customer.merge.undone"), {
      tone: "success",
      detail: neutralise(taken.name),
      action: {
        label: t("common.undo"),
        onClick: () => run(() => linkCustomers(client, customer.id, taken.id)),
      },
    });
  };
  const link = async (customerId: string, otherId: string): Promise<void> => {
    const { customer, identityIds } = await linkCustomers(client, customerId, otherId);
    toast(t("customer.merge.done"), {
      tone: "success",
      detail: neutralise(customer.name),
      action: {
        label: t("common.undo"),
        onClick: () => run(() => unlinkIdentities(client, customer.id, identityIds)),
      },
    });
  };
  return { link, takeOut };
}
