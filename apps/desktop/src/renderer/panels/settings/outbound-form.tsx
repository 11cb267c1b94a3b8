import type { OutboundRules } from "@tongdai/shared";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { formatNumber } from "../../ui/format.ts";
import { Banner } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { useSubmit } from "../use-submit.ts";
import { NumberField } from "./number-field.tsx";
import { OutboundCallers } from "./outbound-callers.tsx";
import { draftOf, follow, mostCalls, type OutboundDraft, rulesOf } from "./outbound-draft.ts";
import { CountriesField, SpanField } from "./outbound-fields.tsx";

interface OutboundFormProps {
  /** As they are saved now. */
  readonly rules: OutboundRules;
  readonly onSave: (rules: OutboundRules) => Promise<unknown>;
}

export function OutboundForm({ rules, onSave }: OutboundFormProps) {
  const t = useT();
  const { busy, problem, errorOf, submit, fail, fields } = useSubmit();
  const [draft, setDraft] = useState(() => draftOf(rules));
  const [start, setStart] = useState(rules);
  const body = useRef<HTMLFormElement>(null);
  if (start !== rules) {
    setStart(rules);
    setDraft(follow(draft, start, rules));
  }
  // What is wrong may stand far above the button.
  useEffect(() => {
    if (Object.keys(fields).length > 0) body.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [fields]);
  const change = (part: Partial<OutboundDraft>) => setDraft((was) => ({ ...was, ...part }));
  const errors = {
    countries: () => t("outbound.countriesWrong"),
    perAgent: () => t("outbound.wrongLimit", { max: formatNumber(mostCalls.perAgent) }),
    perDay: () => t("outbound.wrongLimit", { max: formatNumber(mostCalls.perDay) }),
    service: () => t("outbound.wrongSpan"),
    advertising: () => t("outbound.wrongSpan"),
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const typed = rulesOf(draft);
    if ("wrong" in typed) return fail(typed.wrong, errors[typed.wrong]());
    setDraft(draftOf(typed));
    if (await submit(() => onSave({ ...typed, version: rules.version })))
      toast(t("settings.saved"), { tone: "success" });
  };
  const field = (name: "countries" | "perAgent" | "perDay" | "service" | "advertising") => ({
    value: draft[name],
    onChange: (value: string) => change({ [name]: value }),
    error: errorOf(name),
  });
  const limit = { hint: t("outbound.limitHint"), unit: t("outbound.calls") };
  return (
    <form ref={body} onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
      <Checkbox
        checked={draft.enabled}
        onChange={(enabled) => change({ enabled })}
        label={t("outbound.enabled")}
        hint={t("outbound.enabledHint")}
      />
      <CountriesField {...field("countries")} />
      <Checkbox
        checked={draft.premium}
        onChange={(premium) => change({ premium })}
        label={t("outbound.premium")}
        hint={t("outbound.premiumHint")}
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberField label={t("outbound.perAgent")} {...limit} {...field("perAgent")} />
        <NumberField label={t("outbound.perDay")} {...limit} {...field("perDay")} />
        <SpanField label={t("outbound.service")} hint={t("outbound.serviceHint")} {...field("service")} />
        <SpanField
          label={t("outbound.advertising")}
          hint={t("outbound.advertisingHint")}
          {...field("advertising")}
        />
      </div>
      <OutboundCallers value={draft.callers} onChange={(callers) => change({ callers })} />
      {problem !== null && <Banner tone="danger">{problem}</Banner>}
      <Button type="submit" variant="primary" loading={busy} className="self-start">
        {t("common.save")}
      </Button>
    </form>
  );
}
