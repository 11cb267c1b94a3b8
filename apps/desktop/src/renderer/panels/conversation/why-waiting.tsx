import type { Conversation, Obstacle } from "@tongdai/shared";
import { CircleHelp } from "lucide-react";
import { useCallback, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { explainWaiting } from "../../actions/explain-waiting.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import type { State, Step } from "../../state/model.ts";
import { selectThread } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { Popover } from "../../ui/popover.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { causeText, type Names, reasonText } from "../words.ts";
import { nearness, obstacleText } from "./obstacle-text.ts";

interface WhyWaitingProps {
  readonly conversation: Conversation;
}

/** Under the header of work that waits: the router's last reason, and for who asks, each agent's. */
export function WhyWaiting({ conversation }: WhyWaitingProps) {
  const t = useT();
  const names = useNames();
  const step = useSelect((s) => selectDeferral(s, conversation.id));
  const mayAsk = useSelect((s) => s.session.permissions.includes("agents.see"));
  const { interaction } = conversation;
  const [open, setOpen] = useState(false);
  if (interaction?.state !== "waiting") return null;
  const reason = step?.reasons.map((why) => reasonText(why, names, t)).join(", ");
  const text = reason ? t("rules.why.deferred", { reason }) : t("rules.why.asking");
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-b border-line bg-canvas pr-2 pl-4 text-small text-ink-2">
      <p role="status" className="min-w-0 flex-1 truncate" title={text}>
        {text}
      </p>
      {mayAsk && (
        <Popover
          label={t("rules.why.title")}
          open={open}
          onOpenChange={setOpen}
          align="end"
          className="max-h-80 w-80 overflow-y-auto"
          trigger={
            <Button size="small" variant="ghost" icon={CircleHelp} aria-label={t("rules.why.title")}>
              {t("rules.why.ask")}
            </Button>
          }
        >
          {/* A new reason of the router is a reason to ask again. */}
          <Agents key={step?.seq ?? 0} interactionId={interaction.id} />
        </Popover>
      )}
    </div>
  );
}

function useNames(): Names {
  const users = useSelect((s) => s.people.users);
  const queues = useSelect((s) => s.people.queues);
  const skills = useSelect((s) => s.people.skills);
  const stateRules = useSelect((s) => s.people.stateRules);
  return { users, queues, skills, stateRules };
}

/** What makes an earlier reason untrue. */
const beginnings: ReadonlySet<string> = new Set([
  "interaction.opened",
  "interaction.offered",
  "interaction.requeued",
  "interaction.transferred",
]);

function selectDeferral(state: State, conversationId: string): Step | null {
  const steps = selectThread(state, conversationId)?.steps ?? [];
  const last = steps.findLast((s) => s.name === "interaction.deferred" || beginnings.has(s.name));
  return last?.name === "interaction.deferred" ? last : null;
}

/** More than anybody reads. */
const most = 50;

interface Verdict {
  readonly userId: string;
  readonly obstacle: Obstacle | null;
}

function Agents({ interactionId }: { readonly interactionId: string }) {
  const t = useT();
  const names = useNames();
  const { value, failure, reload } = useFetched(
    useCallback((client: Client) => explainWaiting(client, interactionId), [interactionId]),
  );
  if (failure !== null)
    return <ErrorState title={t("rules.why.failed")} kept={causeText(failure, t)} onRetry={reload} />;
  if (!value)
    return (
      <div aria-busy="true">
        <span className="sr-only">{t("common.loading")}</span>
        <SkeletonLines widths={["w-4/5", "w-3/5", "w-2/3"]} />
      </div>
    );
  const nameOf = ({ userId }: Verdict) => names.users[userId]?.name ?? t("common.unknown");
  const agents = value.agents.toSorted(
    (a, b) => nearness(a.obstacle) - nearness(b.obstacle) || nameOf(a).localeCompare(nameOf(b)),
  );
  return (
    <>
      <h3 className="mb-1.5 text-small font-medium text-ink-3">{t("rules.why.title")}</h3>
      {agents.length === 0 && <p className="text-ink-2">{t("rules.why.empty")}</p>}
      <ul className="flex flex-col gap-1">
        {agents.slice(0, most).map((verdict) => (
          <li key={verdict.userId} className="flex items-baseline gap-3">
            <span className="max-w-1/2 shrink-0 truncate font-medium" title={nameOf(verdict)}>
              {nameOf(verdict)}
            </span>
            <span className="tabular min-w-0 flex-1 text-right text-ink-2">
              {obstacleText(verdict.obstacle, names, t)}
            </span>
          </li>
        ))}
      </ul>
      {agents.length > most && (
        <p className="mt-1 text-small text-ink-3">{t("rules.why.more", { count: agents.length - most })}</p>
      )}
    </>
  );
}
