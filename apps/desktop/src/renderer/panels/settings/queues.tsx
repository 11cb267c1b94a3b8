import { dispositionLeaves, type Queue } from "@tongdai/shared";
import { ListTree, Pencil, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { frame, Page } from "./page.tsx";
import { QueueForm } from "./queue-form.tsx";
import { Versioned } from "./versioned.tsx";

export function Queues() {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const [editing, setEditing] = useState<Queue | "new" | null>(null);
  const shown = useMemo(() => Object.values(queues).sort((a, b) => a.name.localeCompare(b.name)), [queues]);
  return (
    <Page
      title={t("settings.queues.title")}
      lead={t("admin.queues.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("admin.queues.add")}
        </Button>
      }
    >
      {shown.length === 0 ? (
        <EmptyState icon={ListTree} title={t("admin.queues.empty")} body={t("admin.queues.emptyBody")} />
      ) : (
        <ul className={frame}>
          {shown.map((queue) => (
            <QueueRow key={queue.id} queue={queue} onEdit={() => setEditing(queue)} />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : queues[editing.id]}
        >
          {(queue) => <QueueForm queue={queue} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </Page>
  );
}

interface QueueRowProps {
  readonly queue: Queue;
  readonly onEdit: () => void;
}

function QueueRow({ queue, onEdit }: QueueRowProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const members = queue.memberIds.flatMap((id) => users[id]?.name ?? []);
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{queue.name}</span>
          {members.length === 0 && <Badge tone="amber">{t("admin.queues.noMembers")}</Badge>}
        </p>
        <p className="truncate text-small text-ink-3" title={members.join(", ")}>
          {t("admin.queues.members", { count: members.length })}
          {members.length > 0 && `: ${members.join(", ")}`}
        </p>
        <p
          className="truncate text-small text-ink-3"
          title={dispositionLeaves(queue.dispositions)
            .map((d) => d.path)
            .join(", ")}
        >
          {t("admin.queues.times", { offer: queue.offerSeconds, wrapUp: queue.wrapUpSeconds })}
          {" · "}
          {t("admin.queues.dispositions", { count: dispositionLeaves(queue.dispositions).length })}
        </p>
      </div>
      <Button size="small" icon={Pencil} onClick={onEdit}>
        {t("common.edit")}
      </Button>
    </li>
  );
}
