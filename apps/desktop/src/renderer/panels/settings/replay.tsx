import { addDays, dateOf, ReportDate } from "@tongdai/shared";
import { History, Play, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { DayPlace } from "../../state/route.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Banner, EmptyState } from "../../ui/states.tsx";
import { DayLink } from "../day-link.tsx";
import { causeText } from "../words.ts";
import { NumberField } from "./number-field.tsx";
import { Page } from "./page.tsx";
import { questionOf, type ReplayDraft, type Wrong } from "./replay-draft.ts";
import { ReplayPeople } from "./replay-people.tsx";
import { ReplayQueues } from "./replay-queues.tsx";
import { ReplayResults } from "./replay-result.tsx";
import { ReplayStaff } from "./replay-staff.tsx";
import { useReplay } from "./use-replay.ts";

/** Where the contact centre usually is: the day is only proposed. */
const usualZone = "Asia/Ho_Chi_Minh";

/** Rules and staffing tried on a recorded day, before anything is saved: yesterday, or the day that somebody came from. */
export function Replay() {
  const of = useSelect((s) => (s.ui.route.name === "settings" ? s.ui.route.of : undefined));
  return <ReplayOf key={of && `${of.day} ${of.queueId}`} of={of} />;
}

function ReplayOf({ of }: { readonly of: DayPlace | undefined }) {
  const t = useT();
  const client = useClient();
  const [draft, setDraft] = useState<ReplayDraft>(() => ({
    day: of?.day ?? addDays(dateOf(client.now(), usualZone), -1),
    target: "60",
    arrivals: "0",
    handle: "0",
    staff: [],
    queues: {},
    people: {},
  }));
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const { state, result, run, cancel } = useReplay();
  const change = (part: Partial<ReplayDraft>) => setDraft({ ...draft, ...part });
  const errorOf = (field: string) => (wrong?.field === field ? { error: wrong.error } : {});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = questionOf(draft, t);
    setWrong("field" in asked ? asked : null);
    if ("question" in asked) void run(asked.question);
  };
  const day = ReportDate.safeParse(draft.day);
  const queueId = of?.queueId ?? null;
  const isRunning = state.name === "running";
  return (
    <Page
      title={t("settings.replay.title")}
      lead={t("replay.lead")}
      action={day.success && <DayLink to="report" of={{ day: day.data, queueId }} />}
      isWide
    >
      <form onSubmit={submit} className="mb-6 flex flex-col gap-4">
        <div className="flex flex-wrap items-start gap-3">
          <Field label={t("replay.day")} className="w-40" {...errorOf("day")}>
            <Input type="date" value={draft.day} onChange={(event) => change({ day: event.target.value })} />
          </Field>
          <NumberField
            label={t("report.target")}
            value={draft.target}
            onChange={(target) => change({ target })}
            error={errorOf("definition.targetSeconds")}
            className="w-40"
          />
          <NumberField
            label={t("replay.arrivals")}
            unit="%"
            value={draft.arrivals}
            onChange={(arrivals) => change({ arrivals })}
            error={errorOf("changes.arrivalsPercent")}
            className="w-44"
          />
          <NumberField
            label={t("replay.handle")}
            unit="%"
            value={draft.handle}
            onChange={(handle) => change({ handle })}
            error={errorOf("changes.handlePercent")}
            className="w-44"
          />
        </div>
        <ReplayStaff
          queueId={queueId}
          lines={draft.staff}
          onChange={(staff) => change({ staff })}
          errorOf={errorOf}
        />
        <ReplayQueues tried={draft.queues} onChange={(queues) => change({ queues })} />
        <ReplayPeople tried={draft.people} onChange={(people) => change({ people })} />
        <div className="flex items-center gap-4">
          {isRunning ? (
            <Button icon={X} onClick={cancel}>
              {t("common.cancel")}
            </Button>
          ) : (
            <Button variant="primary" icon={Play} type="submit">
              {t("replay.run")}
            </Button>
          )}
          {isRunning && <Progress label={t("replay.running")} value={state.part} className="w-72" />}
        </div>
        {state.name === "failed" && (
          <Banner tone="danger">
            {t("replay.failed")} {causeText(state.cause, t)}
          </Banner>
        )}
      </form>
      {result ? (
        <ReplayResults result={result} queueId={queueId} />
      ) : (
        !isRunning && <EmptyState icon={History} title={t("replay.empty")} body={t("replay.emptyBody")} />
      )}
    </Page>
  );
}
