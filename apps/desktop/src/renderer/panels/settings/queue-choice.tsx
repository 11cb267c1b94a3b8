import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Checkbox } from "../../ui/toggles.tsx";
import { byName } from "../team-tag.tsx";

interface QueueChoiceProps {
  readonly chosen: readonly string[];
  /** Of those chosen teams: their queues come with them. */
  readonly teamIds: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Where somebody is named themselves; what comes with a team is told beside it. */
export function QueueChoice({ chosen, teamIds, onChange }: QueueChoiceProps) {
  const t = useT();
  const queues = byName(useSelect((s) => s.people.queues));
  if (queues.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">
        {t("people.queues")}{" "}
        <span className="font-normal text-ink-3">({t("common.nSelected", { count: chosen.length })})</span>
      </legend>
      <div className="grid max-h-32 grid-cols-2 gap-x-4 overflow-y-auto rounded-ui border border-line p-2">
        {queues.map((queue) => (
          <Checkbox
            key={queue.id}
            checked={chosen.includes(queue.id)}
            onChange={(on) => onChange(on ? [...chosen, queue.id] : chosen.filter((id) => id !== queue.id))}
            label={queue.name}
            {...(queue.teamIds.some((id) => teamIds.includes(id)) ? { hint: t("people.byTeam") } : {})}
          />
        ))}
      </div>
    </fieldset>
  );
}
