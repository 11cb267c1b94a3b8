import type { Team } from "@tongdai/shared";
import { Pencil, Plus, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { removeTeam } from "../../actions/save-team.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { byName, TeamTag } from "../team-tag.tsx";
import { useSubmit } from "../use-submit.ts";
import { FormDialog } from "./form-dialog.tsx";
import { frame, Page } from "./page.tsx";
import { TeamForm } from "./team-form.tsx";
import { Versioned } from "./versioned.tsx";

/** Who works together, who leads them, and which queues they serve. */
export function Teams() {
  const t = useT();
  const byId = useSelect((s) => s.people.teams);
  const teams = byName(byId);
  const [editing, setEditing] = useState<Team | "new" | null>(null);
  const [removing, setRemoving] = useState<Team | null>(null);
  return (
    <Page
      title={t("settings.teams.title")}
      lead={t("teams.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("teams.add")}
        </Button>
      }
    >
      {teams.length === 0 ? (
        <EmptyState icon={Users} title={t("teams.empty")} body={t("teams.emptyBody")} />
      ) : (
        <ul className={frame}>
          {teams.map((team) => (
            <TeamRow
              key={team.id}
              team={team}
              onEdit={() => setEditing(team)}
              onRemove={() => setRemoving(team)}
            />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : byId[editing.id]}
        >
          {(team) => <TeamForm team={team} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
      {removing !== null && <RemoveTeam team={removing} onClose={() => setRemoving(null)} />}
    </Page>
  );
}

const useQueuesOf = (teamId: string): string =>
  byName(useSelect((s) => s.people.queues))
    .filter((queue) => queue.teamIds.includes(teamId))
    .map((queue) => queue.name)
    .join(", ");

interface TeamRowProps {
  readonly team: Team;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function TeamRow({ team, onEdit, onRemove }: TeamRowProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const queues = useQueuesOf(team.id);
  const names = (ids: readonly string[]) => ids.flatMap((id) => users[id]?.name ?? []).join(", ");
  const people = names(team.memberIds);
  const leads = names(team.leadIds);
  return (
    <li className="flex items-start gap-2 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <TeamTag team={team} />
          <span className="truncate text-small text-ink-2">
            {leads ? t("teams.ledBy", { names: leads }) : t("teams.noLead")}
          </span>
        </p>
        <p className="mt-0.5 truncate text-small text-ink-3" title={people}>
          {t("teams.people", { count: team.memberIds.length })}
          {people && `: ${people}`}
        </p>
        <p className="truncate text-small text-ink-3" title={queues}>
          {queues ? t("teams.queues", { queues }) : t("teams.noQueues")}
        </p>
      </div>
      <IconButton icon={Pencil} label={t("record.editOf", { name: team.name })} onClick={onEdit} />
      <IconButton icon={Trash2} label={t("common.removeNamed", { name: team.name })} onClick={onRemove} />
    </li>
  );
}

function RemoveTeam({ team, onClose }: { readonly team: Team; readonly onClose: () => void }) {
  const t = useT();
  const client = useClient();
  const { busy, problem, submit } = useSubmit();
  const queues = useQueuesOf(team.id);
  const remove = async () => {
    if (!(await submit(() => removeTeam(client, team.id)))) return;
    toast(t("teams.removed", { name: team.name }));
    onClose();
  };
  return (
    <FormDialog
      title={t("teams.remove", { name: team.name })}
      width="small"
      busy={busy}
      problem={problem}
      isReady
      confirm={t("common.remove")}
      onSubmit={() => void remove()}
      onClose={onClose}
    >
      <p className="text-pretty">{queues ? t("teams.removeBody", { queues }) : t("teams.removeNone")}</p>
    </FormDialog>
  );
}
