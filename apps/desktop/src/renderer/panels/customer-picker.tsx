import type { Customer } from "@tongdai/shared";
import { type LucideIcon, Search, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import { useClient, useSelect } from "../actions/react-client.ts";
import { searchCustomers } from "../actions/search-customers.ts";
import { useT } from "../i18n/index.ts";
import { attributeValue } from "../state/attribute-names.ts";
import { Avatar } from "../ui/avatar.tsx";
import { ChannelIcon } from "../ui/channel-icon.tsx";
import { cn } from "../ui/cn.ts";
import { isComposing } from "../ui/composing.ts";
import { Field } from "../ui/field.tsx";
import { Highlight } from "../ui/highlight.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { formatPhone, shownName } from "../ui/phone.ts";
import { neutralise } from "../ui/safe-text.ts";

interface CustomerPickerProps {
  readonly chosen: Customer | null;
  /** Who is not offered. */
  readonly but?: string;
  readonly onChoose: (customerId: string | null) => void;
}

/** For whom: found by name or number while one types, the first of the found taken by Enter. */
export function CustomerPicker({ chosen, but, onChoose }: CustomerPickerProps) {
  const t = useT();
  const label = t("ticket.customer");
  if (!chosen) return <CustomerFinder label={label} but={but} onChoose={({ id }) => onChoose(id)} />;
  const other = { otherLabel: t("record.otherCustomer"), onOther: () => onChoose(null) };
  return (
    <Chosen label={label} id={chosen.id} name={chosen.name} {...other}>
      <ToldApart customer={chosen} />
    </Chosen>
  );
}

interface ChosenProps {
  readonly label: string;
  readonly id: string;
  readonly name: string;
  readonly otherLabel: string;
  readonly onOther: () => void;
  /** Stands beside the name. */
  readonly children?: ReactNode;
}

/** Whom it is about, and the way back to the choice. */
export function Chosen({ label, id, name, otherLabel, onOther, children }: ChosenProps) {
  const t = useT();
  return (
    <Field label={label}>
      <div className="flex h-8 items-center gap-2 rounded-ui border border-line-strong px-2">
        <Avatar id={id} name={name} size="small" />
        <span className="min-w-0 flex-1 truncate">{shownName(name) || t("customer.unnamed")}</span>
        {children}
        <IconButton icon={X} size="small" label={otherLabel} onClick={onOther} />
      </div>
    </Field>
  );
}

/** Something else that is offered for what was typed. */
interface Other {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly choose: () => void;
}

interface CustomerFinderProps {
  readonly label: string;
  readonly hint?: string;
  readonly but?: string | undefined;
  readonly onChoose: (customer: Customer) => void;
  /** Stand before the customers that are found. */
  readonly others?: (query: string) => readonly Other[];
}

const restMs = 150;
const shownCustomers = 6;

/** A box for a name or a number, and under it who is found. */
export function CustomerFinder({ label, hint, but, onChoose, others }: CustomerFinderProps) {
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
    client.later.put("customer.finder", restMs, () => {
      searchCustomers(client, { query: wanted, limit: shownCustomers }).then(
        ({ customers }) => !gone && setFound({ query: wanted, customers }),
        client.report,
      );
    });
    return () => {
      gone = true;
      client.later.cancel("customer.finder");
    };
  }, [client, wanted]);
  const rows =
    wanted === ""
      ? []
      : [
          ...(others?.(wanted) ?? []),
          ...(found?.customers ?? [])
            .filter((customer) => customer.id !== but)
            .map((customer) => ({ id: customer.id, customer, choose: () => onChoose(customer) })),
        ];
  const isEmpty = wanted !== "" && found?.query === wanted && rows.length === 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const row = rows[lit];
    if (event.key === "ArrowDown") setLit(Math.min(rows.length - 1, lit + 1));
    else if (event.key === "ArrowUp") setLit(Math.max(0, lit - 1));
    else if (event.key === "Enter" && row) row.choose();
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <Field label={label} required hint={isEmpty ? t("common.noResultsFor", { query: wanted }) : hint}>
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
        {rows.map((row, index) => (
          <div
            key={row.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === lit}
            onMouseDown={(event) => event.preventDefault()}
            onClick={row.choose}
            onKeyDown={undefined}
            className={cn(
              "flex h-9 items-center gap-2 rounded-tight px-2 hover:bg-hover",
              index === lit && "bg-selected",
            )}
          >
            {"customer" in row ? <Found customer={row.customer} query={wanted} /> : <Another other={row} />}
          </div>
        ))}
      </div>
    </div>
  );
}

function Found({ customer, query }: { readonly customer: Customer; readonly query: string }) {
  const t = useT();
  return (
    <>
      <Avatar id={customer.id} name={customer.name} size="small" />
      <span className="min-w-0 flex-1 truncate">
        <Highlight text={shownName(customer.name) || t("customer.unnamed")} query={query} />
      </span>
      <ToldApart customer={customer} />
    </>
  );
}

/** What tells people of one name apart: a number or an address, else where they reached us; and by which channels. */
function ToldApart({ customer }: { readonly customer: Customer }) {
  const { channels, accounts } = useSelect((s) => s.people);
  const { identities } = customer;
  const address = identities.find(({ channel }) => channels[channel]?.capabilities.address != null);
  const [first] = identities;
  const words =
    attributeValue(customer, "phone") ??
    address?.externalId ??
    attributeValue(customer, "email") ??
    (first && accounts[first.accountId]?.name) ??
    "";
  const shown = formatPhone(neutralise(words));
  return (
    <span className="flex max-w-3/5 min-w-0 items-center gap-2 text-small text-ink-3">
      <span className="tabular truncate" title={shown}>
        {shown}
      </span>
      {[...new Set(identities.map(({ channel }) => channel))].map((channel) => (
        <ChannelIcon key={channel} channel={channel} size={14} />
      ))}
    </span>
  );
}

function Another({ other: { icon: Icon, label } }: { readonly other: Other }) {
  return (
    <>
      <Icon size={16} aria-hidden className="mx-1 shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
    </>
  );
}
