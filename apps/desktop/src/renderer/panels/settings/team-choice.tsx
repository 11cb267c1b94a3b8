import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Checkbox } from "../../ui/toggles.tsx";
import { byName } from "../team-tag.tsx";

interface TeamChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Which teams; nothing where there are none. */
export function TeamChoice({ label, hint, chosen, onChange }: TeamChoiceProps) {
  const t = useT();
  const teams = useSelect((s) => s.people.teams);
  const shown = byName(teams);
  if (shown.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">
        {label}{" "}
        <span className="font-normal text-ink-3">({t("common.nSelected", { count: chosen.length })})</span>
      </legend>
      {hint && <p className="text-small text-ink-3">{hint}</p>}
      <div className="grid max-h-24 grid-cols-3 gap-x-4 overflow-y-auto rounded-ui border border-line p-2">
        {shown.map((team) => (
          <Checkbox
            key={team.id}
            checked={chosen.includes(team.id)}
            onChange={(on) => onChange(on ? [...chosen, team.id] : chosen.filter((id) => id !== team.id))}
            label={`${team.name} (${team.memberIds.length})`}
          />
        ))}
      </div>
    </fieldset>
  );
}
