import type { AccountField } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { Switch } from "../../ui/toggles.tsx";
import { useChannelWords } from "./channel-words.ts";

interface AccountFieldBoxProps {
  readonly field: AccountField;
  readonly value: string;
  readonly isNew: boolean;
  /** Names the account at the vendor: set once. */
  readonly isFixed: boolean;
  readonly trouble: { readonly error?: string };
  readonly onChange: (value: string) => void;
}

/** One declared field of an account's form. */
export function AccountFieldBox({ field, value, isNew, isFixed, trouble, onChange }: AccountFieldBoxProps) {
  const t = useT();
  const say = useChannelWords();
  const label = say(field.label);
  const hint = field.hint ? say(field.hint) : undefined;
  if (field.kind === "flag")
    return (
      <Switch
        checked={value === "true"}
        onChange={(on) => onChange(String(on))}
        label={label}
        {...(hint ? { hint } : {})}
      />
    );
  return (
    <Field
      label={label}
      hint={isFixed ? t("admin.account.idFixed") : hint}
      required={isNew && field.required}
      optional={isNew && !field.required}
      {...trouble}
    >
      {field.kind === "choice" ? (
        <Select
          value={value}
          onChange={onChange}
          options={field.options.map((option) => ({ value: option.value, label: say(option.label) }))}
        />
      ) : (
        <Input
          // The word that we made up is copied to the vendor, so it is shown; what the vendor gave out is not.
          type={field.kind === "secret" ? "password" : "text"}
          autoComplete="off"
          spellCheck={false}
          disabled={isFixed}
          value={value}
          placeholder={isNew ? undefined : t("admin.keepAsIs")}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
