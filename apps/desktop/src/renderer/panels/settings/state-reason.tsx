import type { AwayReason } from "@tongdai/shared";
import { useState } from "react";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { minutesOf } from "../numbers.ts";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { NumberField } from "./number-field.tsx";
import type { ReasonDraft } from "./states.tsx";

interface ReasonDialogProps {
  readonly reason: AwayReason | null;
  readonly onSave: (draft: ReasonDraft) => Promise<void>;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function ReasonDialog({ reason, onSave, onSaved, onClose }: ReasonDialogProps) {
  const t = useT();
  const { busy, problem, errorOf, submit, fail } = useSubmit();
  const [vi, setVi] = useState(reason?.name.vi ?? "");
  const [en, setEn] = useState(reason?.name.en ?? "");
  const [max, setMax] = useState(reason?.maxMinutes ? String(reason.maxMinutes) : "");
  const save = async () => {
    const maxMinutes = minutesOf(max);
    if (maxMinutes === undefined) {
      fail("maxMinutes", t("states.rules.notNumber", { min: 1, max: 600 }));
      return;
    }
    // One name is enough where everybody speaks one language.
    const name = { vi: vi.trim() || en.trim(), en: en.trim() || vi.trim() };
    const draft = { id: reason?.id ?? null, name, maxMinutes, retired: reason?.retired ?? false };
    if (await submit(() => onSave(draft))) {
      onSaved();
      onClose();
    }
  };
  const wrong = errorOf("reasons");
  return (
    <FormDialog
      title={t(reason ? "states.rules.edit" : "states.rules.add")}
      width="small"
      busy={busy}
      problem={problem ?? ("error" in wrong ? t("states.rules.refused") : null)}
      isReady={vi.trim() !== "" || en.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("states.rules.nameVi")}>
        <Input value={vi} maxLength={60} onChange={(event) => setVi(event.target.value)} />
      </Field>
      <Field label={t("states.rules.nameEn")}>
        <Input value={en} maxLength={60} onChange={(event) => setEn(event.target.value)} />
      </Field>
      <NumberField
        label={t("states.rules.max")}
        hint={t("states.rules.maxHint")}
        unit={t("states.rules.minutes")}
        value={max}
        onChange={setMax}
        error={errorOf("maxMinutes")}
      />
    </FormDialog>
  );
}
