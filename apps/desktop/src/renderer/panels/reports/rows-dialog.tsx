import {
  type CommandInput,
  type CommandOutput,
  type ReportDefinition,
  type ReportSegment,
  type ReportStretch,
  waitOf,
} from "@tongdai/shared";
import { MessageSquare } from "lucide-react";
import { useCallback, useState } from "react";
import { askReportRows } from "../../actions/ask-report.ts";
import type { Client } from "../../actions/client.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import type { DayPlace } from "../../state/route.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { formatDateTime, formatDuration } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { DayLink } from "../day-link.tsx";
import { answersText, causeText } from "../words.ts";
import { useGroupName } from "./names.ts";

type Rows = CommandOutput<"report.rows">;
export type RowsQuestion = CommandInput<"report.rows">;

interface RowsDialogProps {
  readonly title: string;
  readonly question: RowsQuestion;
  readonly definition: ReportDefinition;
  /** The one day that it is all of. */
  readonly place: DayPlace | null;
  readonly onClose: () => void;
}

/** The rows behind a number, each with the way to its conversation. */
export function RowsDialog({ title, question, definition, place, onClose }: RowsDialogProps) {
  const t = useT();
  const key = JSON.stringify(question);
  const fetch = useCallback(
    (client: Client) => askReportRows(client, JSON.parse(key) as RowsQuestion),
    [key],
  );
  const { value: first, failure, reload } = useFetched(fetch);
  const more = useMoreRows(question, first);
  const segments = [...(first?.segments ?? []), ...more.segments];
  const stretches = [...(first?.stretches ?? []), ...more.stretches];
  const isEmpty = segments.length === 0 && stretches.length === 0;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={t("report.rows.lead")}
      width="large"
      footer={place && <DayLink to="replay" of={place} />}
      reading
    >
      {failure !== null && (
        <ErrorState title={t("report.rows.failed")} kept={causeText(failure, t)} onRetry={reload} />
      )}
      {first === null && failure === null && <SkeletonRows />}
      {first !== null && isEmpty && !more.hasMore && <p className="text-ink-3">{t("report.rows.none")}</p>}
      {segments.length > 0 && <Segments segments={segments} definition={definition} onClose={onClose} />}
      {stretches.length > 0 && <Stretches stretches={stretches} />}
      {more.hasMore && (
        <div className="pt-3">
          <Button size="small" loading={more.busy} onClick={more.fetch}>
            {t("common.moreItems")}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

const head = "py-1.5 pr-3 font-medium";
const cell = "py-1 pr-3";

function Segments(o: {
  readonly segments: readonly ReportSegment[];
  readonly definition: ReportDefinition;
  readonly onClose: () => void;
}) {
  const t = useT();
  const client = useClient();
  const queueName = useGroupName("queue");
  const agentName = useGroupName("agent");
  const open = (conversationId: string) => {
    o.onClose();
    navigate(client, { name: "inbox", conversationId });
  };
  return (
    <table className="w-full text-left text-body">
      <thead>
        <tr className="text-small text-ink-3">
          {(["arrived", "queue", "agent", "wait", "talk", "parked", "wrapUp", "outcome"] as const).map(
            (name) => (
              <th key={name} scope="col" className={head}>
                {t(`report.rows.${name}`)}
              </th>
            ),
          )}
          <th scope="col">
            <span className="sr-only">{t("report.rows.open")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {o.segments.map((s) => (
          <tr key={s.id} className="border-t border-line/60">
            <td className={`tabular whitespace-nowrap ${cell}`}>
              {formatDateTime(s.arrivedAt, { seconds: true })}
            </td>
            <td className={cell}>{queueName(s.queueId)}</td>
            <td className={cell}>{agentName(s.agentId)}</td>
            <td className={`tabular ${cell}`}>
              {formatDuration(waitOf(s, { definition: o.definition, at: client.now() }).ms)}
            </td>
            <td className={`tabular ${cell}`}>{formatDuration(s.talkMs)}</td>
            <td className={`tabular ${cell}`}>{s.parkedMs > 0 ? formatDuration(s.parkedMs) : "–"}</td>
            <td className={`tabular ${cell}`}>{formatDuration(s.wrapUpMs)}</td>
            <td className={cell}>
              {t(`report.outcomes.${s.outcome ?? (s.acceptedAt === null ? "waiting" : "open")}`)}
              {(s.disposition !== null || s.form.length > 0) && (
                <span className="block text-small wrap-anywhere text-ink-3">
                  {[neutralise(s.disposition ?? ""), answersText(s.form, t)].filter(Boolean).join(" · ")}
                </span>
              )}
            </td>
            <td>
              <IconButton
                icon={MessageSquare}
                size="small"
                label={t("report.rows.open")}
                onClick={() => open(s.conversationId)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Stretches({ stretches }: { readonly stretches: readonly ReportStretch[] }) {
  const t = useT();
  const client = useClient();
  const agentName = useGroupName("agent");
  return (
    <table className="w-full text-left text-body">
      <thead>
        <tr className="text-small text-ink-3">
          {(["arrived", "agent", "state", "lasted"] as const).map((name) => (
            <th key={name} scope="col" className={head}>
              {name === "arrived" ? t("report.from") : t(`report.rows.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {stretches.map((s) => (
          <tr key={s.id} className="border-t border-line/60">
            <td className={`tabular ${cell}`}>{formatDateTime(s.from, { seconds: true })}</td>
            <td className={cell}>{agentName(s.userId)}</td>
            <td className={cell}>{t(`agent.state.${s.state}`)}</td>
            <td className={`tabular ${cell}`}>{formatDuration((s.until ?? client.now()) - s.from)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useMoreRows(question: RowsQuestion, first: Rows | null) {
  const client = useClient();
  const [pages, setPages] = useState<readonly Rows[]>([]);
  const [busy, setBusy] = useState(false);
  const next = (pages.at(-1) ?? first)?.next ?? null;
  return {
    segments: pages.flatMap((page) => page.segments),
    stretches: pages.flatMap((page) => page.stretches),
    hasMore: next !== null,
    busy,
    fetch() {
      if (next === null || busy) return;
      setBusy(true);
      askReportRows(client, { ...question, cursor: next })
        .then((page) => setPages((known) => [...known, page]), client.report)
        .finally(() => setBusy(false));
    },
  };
}
