import type { Customer } from "@tongdai/shared";
import { Search, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useClient } from "../actions/react-client.ts";
import { searchCustomers } from "../actions/search-customers.ts";
import { useT } from "../i18n/index.ts";
import { attributeValue } from "../state/attribute-names.ts";
import { Avatar } from "../ui/avatar.tsx";
import { cn } from "../ui/cn.ts";
import { isComposing } from "../ui/composing.ts";
import { Field } from "../ui/field.tsx";
import { Highlight } from "../ui/highlight.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { formatPhone } from "../ui/phone.ts";
import { neutralise } from "../ui/safe-text.ts";

interface CustomerPickerProps {
  readonly chosen: Customer | null;
  readonly onChoose: (customerId: string | null) => void;
}

/** For whom: found by name or number while one types, the first of the found taken by Enter. */
export function CustomerPicker({ chosen, onChoose }: CustomerPickerProps) {
  const t = useT();
  if (!chosen) return <Finder onChoose={onChoose} />;
  return (
    <Field label={t("ticket.customer")}>
      <div className="flex h-8 items-center gap-2 rounded-ui border border-line-strong px-2">
        <Avatar id={chosen.id} name={chosen.name} size="small" />
        <span className="min-w-0 flex-1 truncate">{neutralise(chosen.name)}</span>
        <IconButton icon={X} size="small" label={t("record.otherCustomer")} onClick={() => onChoose(null)} />
      </div>
    </Field>
  );
}

const restMs = 150;
const shownCustomers = 6;

function Finder({ onChoose }: { readonly onChoose: (customerId: string) => void }) {
  const t = useT();
  const client = useClient();
  const id = useId();
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<{ query: string; customers: readonly Customer[] } | null>(null);
  const [lit, setLit] = useState(0);
  const wanted = query.trim();
  useEffect(() => {
    if (wanted === "") return;
    let gone = false;
    client.later.put("ticket.customer", restMs, () => {
      searchCustomers(client, { query: wanted, limit: shownCustomers }).then(
        ({ customers }) => !gone && setFound({ query: wanted, customers }),
        client.report,
      );
    });
    return () => {
      gone = true;
      client.later.cancel("ticket.customer");
    };
  }, [client, wanted]);
  const rows = wanted === "" ? [] : (found?.customers ?? []);
  const isEmpty = wanted !== "" && found?.query === wanted && rows.length === 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const row = rows[lit];
    if (event.key === "ArrowDown") setLit(Math.min(rows.length - 1, lit + 1));
    else if (event.key === "ArrowUp") setLit(Math.max(0, lit - 1));
    else if (event.key === "Enter" && row) onChoose(row.id);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <Field
        label={t("ticket.customer")}
        required
        {...(isEmpty ? { hint: t("common.noResultsFor", { query: wanted }) } : {})}
      >
        <Input
          icon={Search}
          role="combobox"
          aria-expanded={rows.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={rows[lit] ? `${id}-${lit}` : undefined}
          placeholder={t("record.searchCustomersHint")}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setLit(0);
          }}
          onKeyDown={onKeyDown}
        />
      </Field>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("customer.list")}
        className={cn(
          "absolute inset-x-0 top-full z-10 mt-1 rounded-ui bg-raised p-1 shadow-float",
          rows.length === 0 && "hidden",
        )}
      >
        {rows.map((customer, index) => (
          <div
            key={customer.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === lit}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(customer.id)}
            onKeyDown={undefined}
            className={cn(
              "flex h-9 items-center gap-2 rounded-tight px-2 hover:bg-hover",
              index === lit && "bg-selected",
            )}
          >
            <Avatar id={customer.id} name={customer.name} size="small" />
            <span className="min-w-0 flex-1 truncate">
              <Highlight text={neutralise(customer.name) || t("customer.unnamed")} query={wanted} />
            </span>
            <span className="tabular shrink-0 text-small text-ink-3">
              {formatPhone(attributeValue(customer, "phone") ?? "")}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
