import { type Customer, fold } from "@tongdai/shared";
import { Plus, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { editCustomer } from "../../actions/edit-customer.ts";
import { useClient } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { knownAttribute, knownAttributes } from "../../state/attribute-names.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { InlineEdit } from "../../ui/inline-edit.tsx";
import { Input } from "../../ui/input.tsx";
import { formatPhone, readablePhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Section } from "../../ui/section.tsx";
import { toast } from "../../ui/toast.tsx";
import { useExplain } from "../explain.ts";
import { causeText } from "../words.ts";
import { isMasked } from "./masked.ts";

/** The usual ones have a name in both languages; the rest are called as somebody called them. */
function nameOf(key: string, t: T): string {
  const known = knownAttribute(key);
  return known ? t(`customer.${known}`) : neutralise(key);
}

export function Attributes({ customer }: { readonly customer: Customer }) {
  const t = useT();
  const [isAdding, setAdding] = useState(false);
  const entries = Object.entries(customer.attributes);
  return (
    <Section
      title={t("customer.attributes.title")}
      action={
        !isAdding && (
          <IconButton
            icon={Plus}
            size="small"
            label={t("customer.attributes.add")}
            onClick={() => setAdding(true)}
            className="-mr-1"
          />
        )
      }
    >
      {entries.length > 0 && (
        <dl>
          {entries.map(([name, value]) => (
            <Attribute key={name} customerId={customer.id} name={name} value={value} />
          ))}
        </dl>
      )}
      {isAdding ? (
        <NewAttribute customer={customer} onEnd={() => setAdding(false)} />
      ) : (
        entries.length === 0 && <p className="text-body text-ink-3">{t("customer.attributes.empty")}</p>
      )}
    </Section>
  );
}

interface AttributeProps {
  readonly customerId: string;
  readonly name: string;
  readonly value: string;
}

function Attribute({ customerId, name, value }: AttributeProps) {
  const t = useT();
  const client = useClient();
  const explain = useExplain(value);
  const label = nameOf(name, t);
  const save = (next: string) => editCustomer(client, customerId, { kind: "attribute", name, value: next });
  const remove = () => {
    const undo = () => void save(value).catch((cause: unknown) => client.report(cause));
    editCustomer(client, customerId, { kind: "attribute", name, value: null }).then(
      // A masked value is not known here and cannot be put back.
      () =>
        toast(
          t("record.removed", { name: label }),
          isMasked(value) ? {} : { action: { label: t("common.undo"), onClick: undo } },
        ),
      (cause: unknown) => client.report(cause),
    );
  };
  return (
    <div className="group flex min-h-7 items-start gap-2">
      <dt className="w-28 shrink-0 truncate py-1 text-small text-ink-3" title={label}>
        {label}
      </dt>
      <dd className="flex min-w-0 flex-1 items-start gap-2">
        <span className="min-w-0 flex-1">
          <InlineEdit
            value={knownAttribute(name) === "phone" ? readablePhone(value) : formatPhone(value)}
            label={label}
            masked={isMasked(value)}
            maxLength={2_000}
            onSave={save}
            explain={explain}
          />
        </span>
        <IconButton
          icon={X}
          size="small"
          label={t("common.removeNamed", { name: label })}
          onClick={remove}
          className="-mr-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
        />
      </dd>
    </div>
  );
}

interface NewAttributeProps {
  readonly customer: Customer;
  readonly onEnd: () => void;
}

function NewAttribute({ customer, onEnd }: NewAttributeProps) {
  const t = useT();
  const client = useClient();
  const listId = useId();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const taken = Object.keys(customer.attributes);
  const usual = knownAttributes.filter((key) => !taken.some((name) => knownAttribute(name) === key));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const key = name.trim();
    if (key === "" || value.trim() === "" || busy) return;
    if (taken.some((other) => isSame(other, key))) {
      setProblem(t("errors.field.taken"));
      return;
    }
    setBusy(true);
    editCustomer(client, customer.id, { kind: "attribute", name: key, value: value.trim() }).then(
      onEnd,
      (cause: unknown) => {
        setProblem(causeText(cause, t));
        setBusy(false);
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onEnd();
  };
  return (
    <form onSubmit={submit} className="mt-1 flex flex-col gap-2">
      <div className="flex gap-2">
        <Input
          autoFocus
          aria-label={t("record.attributeName")}
          placeholder={t("record.attributeName")}
          list={listId}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={onKeyDown}
          className="w-28 shrink-0 [&_input::-webkit-calendar-picker-indicator]:hidden!"
        />
        <datalist id={listId}>
          {usual.map((key) => (
            <option key={key}>{nameOf(key, t)}</option>
          ))}
        </datalist>
        <Input
          aria-label={t("record.attributeValue")}
          placeholder={t("record.attributeValue")}
          maxLength={2_000}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={onKeyDown}
          className="flex-1"
        />
      </div>
      {problem !== null && (
        <p role="alert" className="text-small text-red-ink">
          {problem}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button size="small" variant="ghost" onClick={onEnd}>
          {t("common.cancel")}
        </Button>
        <Button size="small" variant="primary" type="submit" loading={busy}>
          {t("common.add")}
        </Button>
      </div>
    </form>
  );
}

/** "SĐT" and "Phone" are one attribute: a second one would only hide which of them holds. */
function isSame(a: string, b: string): boolean {
  const known = knownAttribute(a);
  return known === null ? fold(a) === fold(b) : known === knownAttribute(b);
}
