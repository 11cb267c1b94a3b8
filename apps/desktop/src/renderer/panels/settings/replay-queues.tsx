import type { Queue } from "@tongdai/shared";
import { Check, Pencil, X } from "lucide-react";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { frame } from "./page.tsx";
import { QueueForm } from "./queue-form.tsx";
import { triedQueue } from "./replay-draft.ts";

interface ReplayQueuesProps {
  readonly tried: Readonly<Record<string, Queue>>;
  readonly onChange: (tried: Readonly<Record<string, Queue>>) => void;
}

/** Queues that are tried with other rules or people, in the same form as they are saved with. */
export function ReplayQueues({ tried, onChange }: ReplayQueuesProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const teams = useSelect((s) => s.people.teams);
  const maySave = useSelect((s) => s.session.permissions.includes("people.manage"));
  const [open, setOpen] = useState<{ readonly queue: Queue; readonly to: "try" | "apply" } | null>(null);
  const sorted = Object.values(queues).sort((a, b) => a.name.localeCompare(b.name));
  const rest = sorted.filter(({ id }) => tried[id] === undefined);
  const close = () => setOpen(null);
  const without = (id: string) => {
    const { [id]: _, ...others } = tried;
    onChange(others);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("replay.queues")}</legend>
      {Object.keys(tried).length > 0 && (
        <ul className={frame}>
          {Object.values(tried).map((queue) => (
            <li key={queue.id} className="flex items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1 truncate font-medium">{queue.name}</span>
              <Button size="small" icon={Pencil} onClick={() => setOpen({ queue, to: "try" })}>
                {t("common.edit")}
              </Button>
              {maySave && (
                <Button size="small" icon={Check} onClick={() => setOpen({ queue, to: "apply" })}>
                  {t("replay.apply")}
                </Button>
              )}
              <IconButton
                icon={X}
                size="small"
                label={t("replay.removeQueue", { queue: queue.name })}
                onClick={() => without(queue.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <Select
          label={t("replay.addQueue")}
          placeholder={t("replay.addQueue")}
          value={undefined}
          onChange={(id) => {
            const queue = queues[id];
            if (queue) setOpen({ queue, to: "try" });
          }}
          options={rest.map((queue) => ({ value: queue.id, label: queue.name }))}
          className="w-72"
        />
      )}
      {open?.to === "try" && (
        <QueueForm
          queue={open.queue}
          onUse={(input) => {
            onChange({ ...tried, [open.queue.id]: triedQueue(open.queue, input, teams) });
            close();
          }}
          onClose={close}
        />
      )}
      {open?.to === "apply" && (
        // What else of the queue was changed meanwhile stays: only what was tried is filled in.
        <QueueForm queue={applied(queues[open.queue.id] ?? open.queue, open.queue)} onClose={close} />
      )}
    </fieldset>
  );
}

const applied = (
  now: Queue,
  { namedIds, teamIds, memberIds, offerSeconds, rules, waiting }: Queue,
): Queue => ({
  ...now,
  namedIds,
  teamIds,
  memberIds,
  offerSeconds,
  rules,
  waiting,
});
