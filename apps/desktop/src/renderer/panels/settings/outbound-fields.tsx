import { useLanguage, useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import type { Submit } from "../use-submit.ts";
import { countryText } from "./country-names.ts";
import { parseCodes } from "./outbound-draft.ts";

interface TypedProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: ReturnType<Submit["errorOf"]>;
}

/** Calling codes as they are typed, and beneath them the countries that they are. */
export function CountriesField({ value, onChange, error }: TypedProps) {
  const t = useT();
  const language = useLanguage();
  const codes = parseCodes(value);
  const names = codes?.map((code) => countryText(code, language)).join(", ");
  return (
    <div className="flex flex-col gap-1">
      <Field label={t("outbound.countries")} hint={t("outbound.countriesHint")} {...error}>
        <Input value={value} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      </Field>
      <p aria-live="polite" className="text-small text-ink-2">
        {names === "" ? t("outbound.noCountry") : names && t("outbound.allowed", { countries: names })}
      </p>
    </div>
  );
}

interface SpanFieldProps extends TypedProps {
  readonly label: string;
  readonly hint: string;
}

/** From when until when, in one text. */
export function SpanField({ label, hint, value, onChange, error }: SpanFieldProps) {
  return (
    <Field label={label} hint={hint} {...error}>
      <Input value={value} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}
