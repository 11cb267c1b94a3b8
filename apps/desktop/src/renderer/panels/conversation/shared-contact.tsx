import type { Customer, Message } from "@tongdai/shared";
import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { editCustomer } from "../../actions/edit-customer.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { CustomerChange } from "../../state/customer-change.ts";
import { selectConversation, selectCustomer } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { readablePhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { toast } from "../../ui/toast.tsx";
import { causeText } from "../words.ts";

/** What a customer typed into the channel's form, offered to the customer's card: nothing is taken over unasked. */
export function SharedContact({ message }: { readonly message: Message }) {
  const t = useT();
  const client = useClient();
  const customerId = useSelect((s) => selectConversation(s, message.conversationId)?.customerId ?? null);
  const customer = useSelect((s) => (customerId === null ? null : selectCustomer(s, customerId)));
  const [busy, setBusy] = useState(false);
  const data = message.event?.data ?? {};
  const offered: readonly CustomerChange[] = [
    ...(data["name"] ? [{ kind: "name" as const, name: data["name"] }] : []),
    ...attribute(t("desk.contact.phone"), data["phone"]),
    ...attribute(t("desk.contact.address"), data["address"]),
  ];
  const missing = customer ? offered.filter((change) => !has(customer, change)) : [];
  const phone = data["phone"] && readablePhone(data["phone"]);
  const facts = [data["name"], phone, data["address"]].filter((fact) => fact !== undefined);

  const take = async () => {
    if (customerId === null) return;
    setBusy(true);
    try {
      for (const change of missing) await editCustomer(client, customerId, change);
    } catch (cause) {
      toast(t("desk.contact.failed"), { tone: "error", detail: causeText(cause, t) });
    }
    setBusy(false);
  };
  return (
    <span className="mt-1 flex flex-wrap items-center justify-center gap-2">
      <span className="select-text wrap-anywhere text-ink-2">{facts.map(neutralise).join(" · ")}</span>
      {missing.length > 0 && (
        <Button size="small" icon={UserRoundPlus} loading={busy} onClick={() => void take()}>
          {t("desk.contact.take")}
        </Button>
      )}
    </span>
  );
}

const attribute = (name: string, value: string | undefined): CustomerChange[] =>
  value ? [{ kind: "attribute", name, value }] : [];

function has(customer: Customer, change: CustomerChange): boolean {
  if (change.kind === "name") return customer.name === change.name;
  return change.kind === "attribute" && customer.attributes[change.name] === change.value;
}
