import {
  type Conversation,
  type MessageTemplate,
  type TemplateAddress,
  type TemplateParam,
  templateText,
  type Way,
} from "@tongdai/shared";
import { ExternalLink } from "lucide-react";
import { useClient } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { formatPhone, shownName } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { SafeText } from "../../ui/safe-text-view.tsx";
import { RadioGroup } from "../../ui/toggles.tsx";
import { openLink } from "../open-link.ts";
import type { Filled } from "./use-template.ts";

interface TemplateFormProps {
  readonly conversation: Conversation;
  readonly template: MessageTemplate;
  readonly by: readonly TemplateAddress[];
  readonly phones: readonly Way[];
  readonly filled: Filled;
}

/** What is put into a template, to whom it goes, and what the customer will read of it. */
export function TemplateForm({ conversation, template, by, phones, filled }: TemplateFormProps) {
  const t = useT();
  const { values, problems, setValue } = filled;
  return (
    <>
      <Receiver conversation={conversation} by={by} phones={phones} filled={filled} />
      {template.params.length === 0 && <p className="text-ink-3">{t("template.noParams")}</p>}
      {template.params.map((param) => (
        <Field
          key={param.name}
          label={neutralise(param.name)}
          required={param.required}
          optional={!param.required}
          hint={param.kind === "date" ? t("template.dateHint") : undefined}
          error={problemText(param, problems, t)}
        >
          <Input
            value={values[param.name] ?? ""}
            inputMode={param.kind === "number" ? "decimal" : "text"}
            onChange={(event) => setValue(param.name, event.target.value)}
          />
        </Field>
      ))}
      <Preview template={template} values={values} />
    </>
  );
}

function problemText(
  { name, minLength: min, maxLength: max }: TemplateParam,
  problems: Filled["problems"],
  t: T,
) {
  const problem = problems[name];
  return problem && t(`template.problem.${problem}`, { min, max });
}

function Receiver({ conversation, by, phones, filled }: Omit<TemplateFormProps, "template">) {
  const t = useT();
  const { to, setTo, phone, setPhone, badPhone } = filled;
  const options = [
    ...(by.includes("id")
      ? [{ value: "id", label: t("template.toCustomer", { name: shownName(conversation.customerName) }) }]
      : []),
    ...(by.includes("phone")
      ? [
          ...phones.map(({ identityId, address }) => ({
            value: identityId,
            label: t("template.toPhone", { phone: formatPhone(neutralise(address)) }),
          })),
          { value: "phone", label: t("template.toOther") },
        ]
      : []),
  ];
  return (
    <>
      {(options.length > 1 || to !== "phone") && (
        <Field label={t("template.to")}>
          <RadioGroup value={to} onChange={setTo} options={options} />
        </Field>
      )}
      {to === "phone" && (
        <Field
          label={t("template.phone")}
          required
          hint={t("template.phoneHint")}
          error={badPhone ? t("template.badPhone") : undefined}
        >
          <Input value={phone} inputMode="tel" onChange={(event) => setPhone(event.target.value)} />
        </Field>
      )}
    </>
  );
}

interface PreviewProps {
  readonly template: MessageTemplate;
  readonly values: Readonly<Record<string, string>>;
}

function Preview({ template, values }: PreviewProps) {
  const t = useT();
  const client = useClient();
  const { previewUrl } = template;
  return (
    <section aria-live="polite" className="flex flex-col items-start gap-1">
      <h3 className="text-small font-medium text-ink-2">
        {t(template.text === null ? "template.filled" : "template.reads")}
      </h3>
      <div className="w-full rounded-ui bg-accent-soft px-3 py-1.5 text-read">
        <SafeText text={templateText(template, values)} />
      </div>
      {previewUrl !== null && (
        <Button size="small" variant="ghost" icon={ExternalLink} onClick={() => openLink(client, previewUrl)}>
          {t("template.look")}
        </Button>
      )}
    </section>
  );
}
