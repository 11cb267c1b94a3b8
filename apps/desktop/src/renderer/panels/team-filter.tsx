import { useMemo } from "react";
import { useSelect } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import { Select } from "../ui/select.tsx";
import { byName } from "./team-tag.tsx";

interface TeamFilterProps {
  /** `null`: everybody. */
  readonly value: string | null;
  readonly onChange: (teamId: string | null) => void;
  readonly className?: string;
}

const all = "all";

/** Whose team; nothing where there are no teams. */
export function TeamFilter({ value, onChange, className = "w-40" }: TeamFilterProps) {
  const t = useT();
  const teams = byName(useSelect((s) => s.people.teams));
  if (teams.length === 0) return null;
  return (
    <Select
      label={t("teams.filter")}
      value={value ?? all}
      onChange={(next) => onChange(next === all ? null : next)}
      options={[
        { value: all, label: t("teams.all") },
        ...teams.map((team) => ({ value: team.id, label: team.name })),
      ]}
      className={className}
    />
  );
}

/** Who is in the team, or leads it; `null`: no team is chosen, or it is gone. */
export function useTeamPeople(teamId: string | null): ReadonlySet<string> | null {
  const team = useSelect((s) => (teamId === null ? undefined : s.people.teams[teamId]));
  return useMemo(() => (team ? new Set([...team.memberIds, ...team.leadIds]) : null), [team]);
}
