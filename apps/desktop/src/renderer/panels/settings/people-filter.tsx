import { fold, type User } from "@tongdai/shared";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { roleName } from "../role-name.ts";
import { TeamFilter, useTeamPeople } from "../team-filter.tsx";
import { byName } from "../team-tag.tsx";

const states = ["enabled", "disabled", "all"] as const;
type State = (typeof states)[number];

export interface PeopleFilter {
  readonly query: string;
  readonly teamId: string | null;
  readonly roleId: string;
  readonly queueId: string;
  readonly state: State;
}

const any = "any";
const none: PeopleFilter = { query: "", teamId: null, roleId: any, queueId: any, state: "all" };

/** Who is shown: those who fit, the disabled last, by name. */
export function usePeopleFilter() {
  const users = useSelect((s) => s.people.users);
  const queues = useSelect((s) => s.people.queues);
  const [filter, setFilter] = useState(none);
  const ofTeam = useTeamPeople(filter.teamId);
  const words = useMemo(
    () => new Map(Object.values(users).map((u) => [u.id, fold(`${u.name} ${u.username}`)])),
    [users],
  );
  const shown = useMemo(() => {
    const wanted = fold(filter.query.trim());
    const ofQueue = filter.queueId === any ? null : new Set(queues[filter.queueId]?.memberIds);
    const fits = (user: User): boolean =>
      (words.get(user.id)?.includes(wanted) ?? false) &&
      (ofTeam === null || ofTeam.has(user.id)) &&
      (ofQueue === null || ofQueue.has(user.id)) &&
      (filter.roleId === any || user.roles.includes(filter.roleId)) &&
      (filter.state === "all" || user.disabled === (filter.state === "disabled"));
    return Object.values(users)
      .filter(fits)
      .sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name, "vi"));
  }, [users, queues, words, ofTeam, filter]);
  return { shown, filter, change: (part: Partial<PeopleFilter>) => setFilter({ ...filter, ...part }) };
}

interface PeopleFilterBarProps {
  readonly filter: PeopleFilter;
  readonly count: number;
  readonly onChange: (part: Partial<PeopleFilter>) => void;
}

export function PeopleFilterBar({ filter, count, onChange }: PeopleFilterBarProps) {
  const t = useT();
  const roles = Object.values(useSelect((s) => s.people.roles));
  const queues = byName(useSelect((s) => s.people.queues));
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <div className="min-w-48 flex-1">
        <Input
          icon={Search}
          value={filter.query}
          aria-label={t("admin.people.search")}
          placeholder={t("admin.people.search")}
          onChange={(event) => onChange({ query: event.target.value })}
        />
      </div>
      <TeamFilter value={filter.teamId} onChange={(teamId) => onChange({ teamId })} className="w-36" />
      <Select
        label={t("people.byRole")}
        value={filter.roleId}
        onChange={(roleId) => onChange({ roleId })}
        options={[
          { value: any, label: t("people.anyRole") },
          ...roles.map((role) => ({ value: role.id, label: roleName(role, t) })),
        ]}
        className="w-40"
      />
      <Select
        label={t("people.byQueue")}
        value={filter.queueId}
        onChange={(queueId) => onChange({ queueId })}
        options={[
          { value: any, label: t("people.anyQueue") },
          ...queues.map((queue) => ({ value: queue.id, label: queue.name })),
        ]}
        className="w-40"
      />
      <Select
        label={t("people.byState")}
        value={filter.state}
        onChange={(state) => onChange({ state })}
        options={states.map((value) => ({ value, label: t(`people.state.${value}`) }))}
        className="w-36"
      />
      <span role="status" className="tabular w-20 text-right text-small text-ink-3">
        {t("teams.people", { count })}
      </span>
    </div>
  );
}
