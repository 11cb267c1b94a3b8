import { Plus, X } from "lucide-react";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { addsRow, Rows, removesRow } from "../../ui/rows.tsx";
import { Select } from "../../ui/select.tsx";
import { Checkbox, Switch } from "../../ui/toggles.tsx";
import { NumberField } from "./number-field.tsx";
import { QueueDispositions } from "./queue-dispositions.tsx";
import { newKey } from "./queue-draft.ts";
import { type QueuePartProps, withLine, withoutLine } from "./queue-part.ts";
import { type FieldDraft, formKinds, type WrapUpDraft } from "./queue-wrap-up-draft.ts";

const mostFields = 10;

/** How work is wrapped up: how it can end, what is asked, how much longer it may take. */
export function QueueWrapUp(props: QueuePartProps) {
  const { draft, onChange, errorOf } = props;
  const t = useT();
  const client = useClient();
  const { wrapUp } = draft;
  const change = (next: Partial<WrapUpDraft>) => onChange({ wrapUp: { ...wrapUp, ...next } });
  const { form } = wrapUp;
  const add = () => {
    const field = { id: client.newId(), label: "", kind: "text", required: false, options: "" } as const;
    change({ form: [...form, { ...field, key: newKey() }] });
  };
  return (
    <>
      <Switch
        checked={wrapUp.needsDisposition}
        onChange={(needsDisposition) => change({ needsDisposition })}
        label={t("wrapUp.edit.needs")}
        hint={t("wrapUp.edit.needsHint")}
      />
      <QueueDispositions {...props} />
      <div className="grid grid-cols-2 gap-4">
        <NumberField
          label={t("wrapUp.edit.extensions")}
          hint={t("wrapUp.edit.extensionsHint")}
          value={wrapUp.extensions}
          onChange={(extensions) => change({ extensions })}
          error={errorOf("wrapUp.extensions")}
        />
        <NumberField
          label={t("wrapUp.edit.extendSeconds")}
          unit={t("admin.seconds")}
          value={wrapUp.extendSeconds}
          onChange={(extendSeconds) => change({ extendSeconds })}
          error={errorOf("wrapUp.extendSeconds")}
        />
      </div>
      <fieldset className="flex min-w-0 flex-col items-start gap-3">
        <legend className="mb-1 text-small font-medium text-ink-2">{t("wrapUp.edit.form")}</legend>
        <p className="text-pretty text-small text-ink-3">{t("wrapUp.edit.formHint")}</p>
        <Rows>
          {form.map((field, at) => (
            <FieldRow
              key={field.key}
              field={field}
              at={at}
              errorOf={errorOf}
              onChange={(next) => change({ form: withLine(form, field.key, next) })}
              onRemove={() => change({ form: withoutLine(form, field.key) })}
            />
          ))}
          {form.length < mostFields && (
            <Button size="small" icon={Plus} onClick={add} {...addsRow}>
              {t("wrapUp.edit.addField")}
            </Button>
          )}
        </Rows>
      </fieldset>
    </>
  );
}

interface FieldRowProps {
  readonly field: FieldDraft;
  readonly at: number;
  readonly errorOf: QueuePartProps["errorOf"];
  readonly onChange: (change: Partial<FieldDraft>) => void;
  readonly onRemove: () => void;
}

function FieldRow({ field, at, errorOf, onChange, onRemove }: FieldRowProps) {
  const t = useT();
  const number = { number: at + 1 };
  return (
    <div className="flex w-full flex-col gap-2 border-b border-line pb-3">
      <div className="flex items-start gap-3">
        <Field
          label={t("wrapUp.edit.label", number)}
          hideLabel
          className="flex-1"
          {...errorOf(`wrapUp.form.${at}.label`)}
        >
          <Input
            value={field.label}
            maxLength={100}
            placeholder={t("wrapUp.edit.labelExample")}
            onChange={(event) => onChange({ label: event.target.value })}
          />
        </Field>
        <Select
          label={t("wrapUp.edit.kind", number)}
          value={field.kind}
          onChange={(kind) => onChange({ kind })}
          options={formKinds.map((kind) => ({ value: kind, label: t(`wrapUp.edit.kinds.${kind}`) }))}
          className="w-40"
        />
        <div className="flex h-8 shrink-0 items-center">
          <Checkbox
            checked={field.required}
            onChange={(required) => onChange({ required })}
            label={t("wrapUp.edit.required")}
          />
        </div>
        <IconButton
          icon={X}
          label={t("wrapUp.edit.removeField", number)}
          onClick={onRemove}
          {...removesRow}
        />
      </div>
      {field.kind === "choice" && (
        <Field
          label={t("wrapUp.edit.options", number)}
          hint={t("wrapUp.edit.optionsHint")}
          {...errorOf(`wrapUp.form.${at}.options`)}
        >
          <Input value={field.options} onChange={(event) => onChange({ options: event.target.value })} />
        </Field>
      )}
    </div>
  );
}
