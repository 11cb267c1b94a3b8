import type { AgentSpan } from "@tongdai/shared";
import { History } from "lucide-react";
import { useCallback } from "react";
import { type AgentHistory, agentHistory } from "../actions/agent-history.ts";
import type { Client } from "../actions/client.ts";
import { useSelect } from "../actions/react-client.ts";
import { useFetched } from "../actions/use-fetched.ts";
import { useT } from "../i18n/index.ts";
import { cn } from "../ui/cn.ts";
import { formatTime } from "../ui/format.ts";
import { LoadState } from "../ui/load-state.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { StatusDot } from "../ui/status-dot.tsx";
import { lengthText } from "../ui/time.tsx";
import { useStateWord } from "./state-words.ts";
import { causeText } from "./words.ts";

/** One agent's day: as a strip, as sums, and change by change with who made it. A change of state is a reason to ask again. */
export function DayHistory({ userId }: { readonly userId: string }) {
  const since = useSelect((s) => s.people.agents[userId]?.since);
  return <Day key={since} userId={userId} />;
}

function Day({ userId }: { readonly userId: string }) {
  const t = useT();
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const ask = useCallback((client: Client) => agentHistory(client, userId), [userId]);
  const { value, failure, reload } = useFetched(ask);
  if (value === null)
    return (
      <LoadState
        failure={failure}
        title={t("states.day.failed")}
        reason={(cause) => causeText(cause, t)}
        onRetry={reload}
        offline={isOffline}
        skeleton={<Skeleton className="h-24 w-full" />}
      />
    );
  if (value.spans.length === 0)
    return <EmptyState icon={History} title={t("states.day.empty")} body={t("states.day.emptyBody")} />;
  return (
    <div className="flex flex-col gap-4">
      <Strip day={value} />
      <Sums day={value} />
      <Changes day={value} userId={userId} />
      {!value.complete && <p className="text-small text-ink-3">{t("states.day.incomplete")}</p>}
    </div>
  );
}

const lengthIn = ({ from, at }: AgentHistory, span: AgentSpan): number =>
  Math.max(0, (span.until ?? at) - Math.max(from, span.from));

const tints: Record<AgentSpan["state"], string> = {
  available: "bg-green",
  busy: "bg-red",
  away: "bg-amber",
  wrap_up: "bg-blue",
  offline: "bg-line-strong",
};

/** The picture of what is listed below it. */
function Strip({ day }: { readonly day: AgentHistory }) {
  const t = useT();
  const stateWord = useStateWord();
  const begin = Math.max(day.from, day.spans[0]?.from ?? day.from);
  return (
    <div aria-hidden>
      <div className="flex h-6 w-full gap-px overflow-hidden rounded-tight">
        {day.spans.map((span) => (
          <span
            key={span.from}
            title={`${formatTime(Math.max(day.from, span.from))} ${stateWord(span)}`}
            style={{ flexGrow: lengthIn(day, span) }}
            className={cn("min-w-0.5 basis-0", tints[span.state])}
          />
        ))}
      </div>
      <p className="tabular mt-1 flex justify-between text-small text-ink-3">
        <span>{formatTime(begin)}</span>
        <span>{t("states.day.now")}</span>
      </p>
    </div>
  );
}

function Sums({ day }: { readonly day: AgentHistory }) {
  const t = useT();
  const stateWord = useStateWord();
  const sums = new Map<string, { span: AgentSpan; ms: number }>();
  for (const span of day.spans) {
    const key = span.reason ?? span.state;
    sums.set(key, { span, ms: (sums.get(key)?.ms ?? 0) + lengthIn(day, span) });
  }
  return (
    <section aria-label={t("states.day.sums")}>
      <dl className="flex flex-wrap gap-x-5 gap-y-1">
        {[...sums].map(([key, { span, ms }]) => (
          <div key={key} className="flex items-center gap-1.5">
            <dt className="flex items-center gap-1.5 text-ink-2">
              <StatusDot state={span.state} decorative />
              {stateWord(span)}
            </dt>
            <dd className="tabular font-medium">{lengthText(ms, t)}</dd>
          </div>
        ))}
        <div className="flex items-center gap-1.5">
          <dt className="text-ink-2">{t("states.day.missed")}</dt>
          <dd className={cn("tabular font-medium", day.missed > 0 && "text-red-ink")}>{day.missed}</dd>
        </div>
      </dl>
    </section>
  );
}

function Changes({ day, userId }: { readonly day: AgentHistory; readonly userId: string }) {
  const t = useT();
  const stateWord = useStateWord();
  const users = useSelect((s) => s.people.users);
  // Who changes the own state is not worth a word.
  const byWhom = (by: string | null): string | null => {
    if (by === userId) return null;
    const name = by === null ? t("states.day.byGateway") : (users[by]?.name ?? t("common.unknown"));
    return t("states.day.by", { name });
  };
  return (
    <ol aria-label={t("states.day.changes")} className="divide-y divide-line border-y border-line">
      {day.spans.toReversed().map((span) => (
        <li key={span.from} className="flex min-h-8 items-center gap-3 py-1">
          <span className="tabular w-24 shrink-0 text-ink-2">
            {span.from < day.from ? t("states.day.since") : formatTime(span.from, { seconds: true })}
          </span>
          <StatusDot state={span.state} decorative />
          <span className="min-w-0 flex-1">{stateWord(span)}</span>
          <span className="text-small text-ink-3">{byWhom(span.by)}</span>
          <span className="tabular w-20 shrink-0 text-right">{lengthText(lengthIn(day, span), t)}</span>
        </li>
      ))}
    </ol>
  );
}
