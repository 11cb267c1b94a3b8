import type { Customer } from "@tongdai/shared";
import { Maximize2 } from "lucide-react";
import { editCustomer } from "../../actions/edit-customer.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { formatDate } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { InlineEdit } from "../../ui/inline-edit.tsx";
import { shownName } from "../../ui/phone.ts";
import { useExplain } from "../explain.ts";
import { usePicture } from "../use-picture.ts";
import { isMasked } from "./masked.ts";

interface HeadProps {
  readonly customer: Customer;
  readonly isWide?: boolean;
}

export function Head({ customer, isWide = false }: HeadProps) {
  const t = useT();
  const client = useClient();
  const explain = useExplain(customer.name);
  const picture = usePicture(customer);
  return (
    <header className="flex items-center gap-3 px-4 py-3">
      <Avatar id={customer.id} name={customer.name} size="large" src={picture} />
      <div className="min-w-0 flex-1">
        <h2>
          <InlineEdit
            value={shownName(customer.name)}
            label={t("customer.name")}
            placeholder={t("customer.unnamed")}
            masked={isMasked(customer.name)}
            onSave={(name) => editCustomer(client, customer.id, { kind: "name", name })}
            explain={explain}
            className="text-read font-semibold"
          />
        </h2>
        <p className="truncate text-small text-ink-3">
          {t("customer.since", { date: formatDate(customer.createdAt) })}
        </p>
      </div>
      {!isWide && (
        <IconButton
          icon={Maximize2}
          label={t("record.openCustomer")}
          onClick={() => navigate(client, { name: "customers", customerId: customer.id })}
          className="-mr-1.5"
        />
      )}
    </header>
  );
}
