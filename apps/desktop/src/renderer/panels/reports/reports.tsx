import { dateOf, hasStretches, ReportDefinition } from "@tongdai/shared";
import { ChartColumn, Download } from "lucide-react";
import { useState } from "react";
import { downloadFacts } from "../../actions/ask-report.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import type { Fetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import type { DayPlace } from "../../state/route.ts";
import { Button } from "../../ui/button.tsx";
import { formatTime } from "../../ui/format.ts";
import { LoadState } from "../../ui/load-state.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Banner, EmptyState } from "../../ui/states.tsx";
import { DayLink } from "../day-link.tsx";
import { causeText } from "../words.ts";
import { ArrivalsChart } from "./chart.tsx";
import { type Asked, type Choice, dayPlaceOf, daysOf, isRange, usualZone } from "./choice.ts";
import { Controls } from "./controls.tsx";
import { RowsDialog, type RowsQuestion } from "./rows-dialog.tsx";
import { NumbersTable, type Picked } from "./table.tsx";
import { type Told, useReport } from "./use-report.ts";

const startAt = (of: DayPlace | undefined): Choice => ({
  period: of ? "own" : "today",
  from: of?.day ?? "",
  to: of?.day ?? "",
  groupBy: "queue",
  queueId: of?.queueId ?? null,
  definition: ReportDefinition.parse({}),
});

/** Of today, or of the day that somebody came from. */
export default function Reports() {
  const of = useSelect((s) => (s.ui.route.name === "reports" ? s.ui.route.of : undefined));
  return <ReportsFrom key={of && `${of.day} ${of.queueId}`} of={of} />;
}

/** Numbers of some days, what they mean, and what they are made of. */
function ReportsFrom({ of }: { readonly of: DayPlace | undefined }) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const [start] = useState(() => startAt(of));
  const [choice, setChoice] = useState(start);
  // What was last asked and made sense: half-typed days leave the numbers as they are.
  const [asked, setAsked] = useState(start);
  const [zone, setZone] = useState(usualZone);
  const days = daysOf(asked, client.now(), zone);
  const { groupBy, queueId, definition } = asked;
  const question: Asked = { ...days, filter: queueId === null ? {} : { queueId }, groupBy, definition };
  const place = dayPlaceOf(question);
  const isLive = days.to >= dateOf(client.now(), zone);
  const fetched = useReport(question, isLive);
  const isCounting =
    fetched.value !== null && JSON.stringify(fetched.value.question) !== JSON.stringify(question);
  const told = fetched.value?.answer.timeZone ?? zone;
  if (told !== zone) setZone(told);
  const change = (next: Choice) => {
    const filled = next.period === "own" && choice.period !== "own" ? { ...next, ...days } : next;
    setChoice(filled);
    if (isRange(daysOf(filled, client.now(), zone))) setAsked(filled);
  };
  return (
    <section
      aria-label={t("report.title")}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long table is scrolled by keyboard
      tabIndex={0}
      className="focus-inset h-full overflow-y-auto bg-surface"
    >
      <div className="px-6 py-5">
        <header className="mb-4 flex items-start gap-4">
          <h1 className="min-w-0 flex-1 text-title font-semibold">{t("report.title")}</h1>
          <p role="status" className="pt-1.5 text-small text-ink-2">
            {isCounting && t("report.counting")}
          </p>
          {place && <DayLink to="replay" of={place} />}
          <Button icon={Download} onClick={() => run((c) => downloadFacts(c, days))}>
            {t("report.csv")}
          </Button>
        </header>
        <Controls choice={choice} onChoice={change} />
        <Answer question={question} fetched={fetched} isLive={isLive} />
      </div>
    </section>
  );
}

interface AnswerProps {
  readonly question: Asked;
  readonly fetched: Fetched<Told>;
  readonly isLive: boolean;
}

function Answer({ question, fetched, isLive }: AnswerProps) {
  const t = useT();
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const { value: told, failure, reload } = fetched;
  const { value: hours } = useReport({ ...question, groupBy: "hour" }, isLive);
  const [picked, setPicked] = useState<Picked | null>(null);
  if (told === null || failure !== null)
    return (
      <LoadState
        failure={failure}
        title={t("report.failed")}
        reason={(cause) => causeText(cause, t)}
        onRetry={reload}
        offline={isOffline}
        skeleton={<SkeletonRows />}
      />
    );
  const { answer: value } = told;
  const { definition, groupBy } = told.question;
  const { level, targetSeconds: target, shortAbandonSeconds: short } = definition;
  return (
    <>
      {!value.complete && <Banner tone="info">{t("report.behind")}</Banner>}
      <p className="mb-4 max-w-180 text-body text-pretty text-ink-2">
        {level === "without_short_abandons"
          ? t(`report.is.${level}`, { target, short })
          : t(`report.is.${level}`, { target })}{" "}
        {t("report.answerIs", { what: t(`report.answers.${definition.answer}`) })}{" "}
        {t("report.zone", { zone: value.timeZone })}{" "}
        {isLive && t("report.countedAt", { time: formatTime(value.at, { seconds: true }) })}
      </p>
      {value.rows.length === 0 ? (
        <EmptyState icon={ChartColumn} title={t("report.empty")} body={t("report.emptyBody")} />
      ) : (
        <>
          {hours && <ArrivalsChart rows={hours.answer.rows} />}
          <NumbersTable
            groupBy={groupBy}
            hasTime={hasStretches(told.question)}
            rows={value.rows}
            total={value.total}
            repeatDays={definition.repeatDays}
            onPick={setPicked}
          />
        </>
      )}
      {picked && (
        <RowsDialog
          title={t("report.rows.title", { what: t(picked.column.label), group: picked.name })}
          question={rowsOf(told.question, picked)}
          definition={definition}
          place={placeOf(told.question, picked)}
          onClose={() => setPicked(null)}
        />
      )}
    </>
  );
}

const rowsOf = ({ from, to, filter, groupBy, definition }: Asked, { column, key }: Picked): RowsQuestion => ({
  from,
  to,
  filter,
  definition,
  measure: column.measure,
  ...(key === undefined ? {} : { group: { by: groupBy, key } }),
});

/** The day, and the queue, that a number is of. */
function placeOf(asked: Asked, { key }: Picked): DayPlace | null {
  const day = asked.groupBy === "day" && key ? { day: key, queueId: null } : dayPlaceOf(asked);
  return day && { ...day, queueId: asked.groupBy === "queue" && key ? key : (asked.filter.queueId ?? null) };
}
