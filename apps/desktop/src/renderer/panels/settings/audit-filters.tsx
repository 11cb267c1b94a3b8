import { type AuditFilter, auditActions } from "@tongdai/shared";
import { Search, X } from "lucide-react";
import { useMemo } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { actionText } from "./audit-words.ts";

/** As typed and chosen: days are whole ones, by the clock of the one who looks. */
export interface AuditChoice {
  readonly text: string;
  readonly actor: string;
  readonly action: string;
  readonly from: string;
  readonly upto: string;
  readonly target: { readonly id: string; readonly name: string } | null;
}

export const noChoice: AuditChoice = { text: "", actor: "", action: "", from: "", upto: "", target: null };

/** What the gateway is asked for. */
export function filterOf({ text, actor, action, from, upto, target }: AuditChoice): AuditFilter {
  return {
    ...(text.trim() ? { text: text.trim() } : {}),
    ...(actor ? { actor } : {}),
    ...(action ? { action } : {}),
    ...(from ? { from: startOf(from, 0) } : {}),
    ...(upto ? { until: startOf(upto, 1) } : {}),
    ...(target ? { target: target.id } : {}),
  };
}

function startOf(date: string, daysLater: number): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day + daysLater).getTime();
}

interface AuditFiltersProps {
  readonly choice: AuditChoice;
  readonly onChoice: (choice: AuditChoice) => void;
}

const EVERY = "every";

/** Each choice takes effect at once. */
export function AuditFilters({ choice, onChoice }: AuditFiltersProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const actors = useMemo(() => Object.values(users).sort((a, b) => a.name.localeCompare(b.name)), [users]);
  const actions = auditActions
    .map((action) => ({ value: action as string, label: actionText(action, t) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const change = (some: Partial<AuditChoice>) => onChoice({ ...choice, ...some });
  const isNarrow = choice !== noChoice;
  return (
    <div className="mb-3 flex flex-wrap items-end gap-3">
      <Field label={t("admin.audit.search")} className="w-56">
        <Input
          icon={Search}
          type="search"
          value={choice.text}
          maxLength={200}
          onChange={(event) => change({ text: event.target.value })}
        />
      </Field>
      <Field label={t("admin.audit.who")} className="w-44">
        <Select
          value={choice.actor || EVERY}
          onChange={(actor) => change({ actor: actor === EVERY ? "" : actor })}
          options={[
            { value: EVERY, label: t("admin.audit.anybody") },
            { value: "system", label: t("common.system") },
            ...actors.map((u) => ({ value: u.id, label: u.name })),
          ]}
        />
      </Field>
      <Field label={t("admin.audit.what")} className="w-52">
        <Select
          value={choice.action || EVERY}
          onChange={(action) => change({ action: action === EVERY ? "" : action })}
          options={[{ value: EVERY, label: t("admin.audit.anything") }, ...actions]}
        />
      </Field>
      <Field label={t("admin.audit.since")} className="w-36">
        <Input
          type="date"
          value={choice.from}
          max={choice.upto}
          onChange={(event) => change({ from: event.target.value })}
        />
      </Field>
      <Field label={t("admin.audit.upto")} className="w-36">
        <Input
          type="date"
          value={choice.upto}
          min={choice.from}
          onChange={(event) => change({ upto: event.target.value })}
        />
      </Field>
      {isNarrow && (
        <Button icon={X} onClick={() => onChoice(noChoice)}>
          {t("admin.audit.clear")}
        </Button>
      )}
      {choice.target && (
        <p className="w-full text-small text-ink-2">{t("admin.audit.about", { name: choice.target.name })}</p>
      )}
    </div>
  );
}
