import { fold, permissionsOf } from "@tongdai/shared";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { NumberField } from "./number-field.tsx";
import { dispositionsOf } from "./queue-draft.ts";
import type { QueuePartProps } from "./queue-part.ts";

/** Name, members, times, results. */
export function QueueGeneral({ draft, onChange, errorOf }: QueuePartProps) {
  const t = useT();
  return (
    <>
      <Field label={t("admin.queues.name")} required {...errorOf("name")}>
        <Input
          value={draft.name}
          maxLength={80}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <Members chosen={draft.memberIds} onChange={(memberIds) => onChange({ memberIds })} />
      <div className="grid grid-cols-2 gap-4">
        {(["offerSeconds", "wrapUpSeconds"] as const).map((key) => (
          <NumberField
            key={key}
            label={t(`admin.queues.${key}`)}
            hint={t(`admin.queues.${key}Hint`)}
            unit={t("admin.seconds")}
            value={draft[key]}
            onChange={(value) => onChange({ [key]: value })}
            error={errorOf(key)}
          />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Field
          label={t("admin.queues.dispositionsLabel")}
          hint={t("admin.queues.dispositionsHint")}
          required
          {...errorOf("dispositions")}
        >
          <Textarea
            value={draft.dispositions}
            minRows={5}
            onChange={(event) => onChange({ dispositions: event.target.value })}
          />
        </Field>
        <Unresolved
          dispositions={dispositionsOf(draft)}
          chosen={draft.unresolved}
          onChange={(unresolved) => onChange({ unresolved })}
        />
      </div>
    </>
  );
}

interface UnresolvedProps {
  readonly dispositions: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** Which results leave the matter open: the wrap-up then proposes a ticket. */
function Unresolved({ dispositions, chosen, onChange }: UnresolvedProps) {
  const t = useT();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("admin.queues.unresolvedLabel")}</legend>
      <div className="max-h-44 overflow-y-auto rounded-ui border border-line p-2">
        {dispositions.map((name) => (
          <Checkbox
            key={name}
            checked={chosen.includes(name)}
            onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))}
            label={name}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface MembersProps {
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

const manyPeople = 8;

function Members({ chosen, onChange }: MembersProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const [query, setQuery] = useState("");
  const people = useMemo(
    () =>
      Object.values(users)
        .filter((user) => !user.disabled && permissionsOf(user.roles).has("work"))
        .sort((a, b) => a.name.localeCompare(b.name)),
    [users],
  );
  const wanted = fold(query.trim());
  const shown = people.filter((user) => fold(`${user.name} ${user.username}`).includes(wanted));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">
        {t("admin.queues.membersLabel")}{" "}
        <span className="font-normal text-ink-3">({t("common.nSelected", { count: chosen.length })})</span>
      </legend>
      {people.length >= manyPeople && (
        <Input
          icon={Search}
          value={query}
          aria-label={t("admin.people.search")}
          placeholder={t("admin.people.search")}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      )}
      <div className="grid max-h-36 grid-cols-3 gap-x-4 overflow-y-auto rounded-ui border border-line p-2">
        {shown.map((user) => (
          <Checkbox
            key={user.id}
            checked={chosen.includes(user.id)}
            onChange={(on) => onChange(on ? [...chosen, user.id] : chosen.filter((id) => id !== user.id))}
            label={user.name}
          />
        ))}
        {shown.length === 0 && <p className="col-span-3 text-ink-3">{t("common.noResults")}</p>}
      </div>
    </fieldset>
  );
}
