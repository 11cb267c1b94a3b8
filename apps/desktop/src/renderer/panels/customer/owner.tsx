import type { Customer } from "@tongdai/shared";
import { useState } from "react";
import { editCustomer } from "../../actions/edit-customer.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Section } from "../../ui/section.tsx";
import { useExplain } from "../explain.ts";
import { OwnerSelect } from "../owner-select.tsx";

/** The agent who looks after this customer: asked first when the customer comes. */
export function Owner({ customer }: { readonly customer: Customer }) {
  const t = useT();
  const client = useClient();
  const name = useSelect((s) => s.people.users[customer.ownerId ?? ""]?.name ?? "");
  const explain = useExplain(name);
  const [cause, setCause] = useState<unknown>(null);
  const change = (ownerId: string | null) => {
    setCause(null);
    editCustomer(client, customer.id, { kind: "owner", ownerId }).catch(setCause);
  };
  return (
    <Section title={t("rules.owner.title")}>
      <OwnerSelect label={t("rules.owner.label")} value={customer.ownerId} onChange={change} />
      {cause !== null && (
        <p role="alert" className="mt-1 text-small text-red-ink">
          {explain(cause)}
        </p>
      )}
    </Section>
  );
}
