import { fold, type User } from "@tongdai/shared";
import { Pencil, Plus, Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectMe } from "../../state/selectors.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { StatusDot } from "../../ui/status-dot.tsx";
import { frame, Page } from "./page.tsx";
import { PersonForm } from "./person-form.tsx";
import { Versioned } from "./versioned.tsx";

const manyPeople = 8;

export function People() {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const [query, setQuery] = useState("");
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const shown = useMemo(() => {
    const wanted = fold(query.trim());
    return Object.values(users)
      .filter((user) => fold(`${user.name} ${user.username}`).includes(wanted))
      .sort((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name));
  }, [users, query]);
  return (
    <Page
      title={t("settings.people.title")}
      lead={t("admin.people.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("admin.people.add")}
        </Button>
      }
    >
      {Object.keys(users).length >= manyPeople && (
        <Input
          icon={Search}
          value={query}
          aria-label={t("admin.people.search")}
          placeholder={t("admin.people.search")}
          onChange={(event) => setQuery(event.target.value)}
          className="mb-3"
        />
      )}
      <ul className={frame}>
        {shown.map((user) => (
          <Person key={user.id} user={user} onEdit={() => setEditing(user)} />
        ))}
      </ul>
      {shown.length === 0 && <p className="mt-3 text-ink-3">{t("common.noResults")}</p>}
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : users[editing.id]}
        >
          {(user) => <PersonForm user={user} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </Page>
  );
}

interface PersonProps {
  readonly user: User;
  readonly onEdit: () => void;
}

function Person({ user, onEdit }: PersonProps) {
  const t = useT();
  const me = useSelect(selectMe);
  const agent = useSelect((s) => s.people.agents[user.id]);
  const queues = useSelect((s) => s.people.queues);
  const own = Object.values(queues)
    .filter((queue) => queue.memberIds.includes(user.id))
    .map((queue) => queue.name);
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
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
          {user.disabled && <Badge>{t("admin.people.disabled")}</Badge>}
        </p>
        <p className="truncate text-small text-ink-3">{[user.username, ...own].join(" · ")}</p>
      </div>
      <span className="hidden shrink-0 text-small text-ink-2 lg:block">
        {user.roles.map((role) => t(`agent.role.${role}`)).join(", ")}
      </span>
      <Button size="small" icon={Pencil} onClick={onEdit}>
        {t("common.edit")}
      </Button>
    </li>
  );
}
