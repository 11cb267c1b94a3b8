import type { User } from "@tongdai/shared";
import { Pencil, Plus, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectMe } from "../../state/selectors.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { EmptyState } from "../../ui/states.tsx";
import { StatusDot } from "../../ui/status-dot.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList } from "../../ui/virtual-list.tsx";
import { roleName } from "../role-name.ts";
import { byName, TeamTag } from "../team-tag.tsx";
import { PeopleFilterBar, usePeopleFilter } from "./people-filter.tsx";
import { PersonForm } from "./person-form.tsx";
import { Versioned } from "./versioned.tsx";

const keyOf = (user: User): string => user.id;

/** Everybody who may log in: who they are, what they may do, where they work. */
export function People() {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const { shown, filter, change } = usePeopleFilter();
  const queuesOf = useQueueNames();
  const [chosen, setChosen] = useState<string | null>(null);
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const person = shown.find((user) => user.id === chosen);
  const edit = () => person && setEditing(person);
  useShortcuts({ "list.open": edit });
  return (
    <section aria-label={t("settings.people.title")} className="flex h-full flex-col px-8 pt-6">
      <header className="mb-5 flex max-w-260 items-start gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-title font-semibold">{t("settings.people.title")}</h2>
          <p className="mt-0.5 text-body text-pretty text-ink-3">{t("admin.people.lead")}</p>
        </div>
        <Button icon={Pencil} disabled={!person} onClick={edit}>
          {t("common.edit")}
        </Button>
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("admin.people.add")}
        </Button>
      </header>
      <div className="flex min-h-0 max-w-260 flex-1 flex-col">
        <PeopleFilterBar filter={filter} count={shown.length} onChange={change} />
        <VirtualList
          items={shown}
          getKey={keyOf}
          rowHeight={52}
          label={t("settings.people.title")}
          selectedKey={chosen}
          onSelect={setChosen}
          onOpen={(id) => setEditing(users[id] ?? null)}
          empty={<EmptyState icon={Users} title={t("common.noResults")} className="m-auto" />}
          renderRow={(user, { selected }) => (
            <PersonRow user={user} queues={queuesOf.get(user.id) ?? ""} isChosen={selected} />
          )}
          className="min-h-0 flex-1 rounded-t-ui border border-b-0 border-line"
        />
      </div>
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : users[editing.id]}
        >
          {(user) => <PersonForm user={user} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </section>
  );
}

/** The names of the queues that each person is in: reckoned once for the whole list. */
function useQueueNames(): ReadonlyMap<string, string> {
  const queues = useSelect((s) => s.people.queues);
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const queue of byName(queues))
      for (const id of queue.memberIds) {
        const known = names.get(id);
        names.set(id, known === undefined ? queue.name : `${known}, ${queue.name}`);
      }
    return names;
  }, [queues]);
}

interface PersonRowProps {
  readonly user: User;
  readonly queues: string;
  readonly isChosen: boolean;
}

function PersonRow({ user, queues, isChosen }: PersonRowProps) {
  const t = useT();
  const me = useSelect(selectMe);
  const agent = useSelect((s) => s.people.agents[user.id]);
  const roles = useSelect((s) => s.people.roles);
  const teams = useSelect((s) => s.people.teams);
  const own = byName(teams).filter((team) => team.memberIds.includes(user.id));
  return (
    <div
      className={cn(
        "flex h-full items-center gap-3 border-b border-line/60 px-4",
        isChosen ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <Avatar
        id={user.id}
        name={user.name}
        corner={agent && !user.disabled ? <StatusDot state={agent.state} size={10} /> : undefined}
      />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className={user.disabled ? "truncate text-ink-3" : "truncate font-medium"}>
            {user.id === me?.id ? t("record.meNamed", { name: user.name }) : user.name}
          </span>
          {own.map((team) => (
            <TeamTag key={team.id} team={team} />
          ))}
          {user.disabled && <Badge>{t("admin.people.disabled")}</Badge>}
        </p>
        <p className="truncate text-small text-ink-3">
          {queues ? `${user.username} · ${queues}` : user.username}
        </p>
      </div>
      <span className="hidden w-44 shrink-0 truncate text-right text-small text-ink-2 lg:block">
        {user.roles.flatMap((id) => (roles[id] ? [roleName(roles[id], t)] : [])).join(", ")}
      </span>
    </div>
  );
}
