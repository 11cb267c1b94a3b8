import { type Conversation, openingAfterToday, PARK_MAX_MS, type ReturnTo } from "@tongdai/shared";
import { useRef, useState } from "react";
import { park } from "../../actions/park.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { dayAt, parseDateTime, writeDateTime } from "../../ui/date-input.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { Input, Textarea } from "../../ui/input.tsx";
import { Banner } from "../../ui/states.tsx";
import { ticker } from "../../ui/ticker.ts";
import { toast } from "../../ui/toast.tsx";
import { RadioGroup } from "../../ui/toggles.tsx";
import { causeText } from "../words.ts";
import { submitKeys } from "./submit-keys.ts";

interface ParkDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

type Choice = "minutes" | "hour" | "morning" | "customer" | "other";

const minute = 60_000;
const day = 24 * 60 * minute;

/** Until when. The first answer is chosen already: `s`, then Enter, is enough. */
export function ParkDialog({ conversation, onClose }: ParkDialogProps) {
  const t = useT();
  const client = useClient();
  const { interaction } = conversation;
  const parked = interaction?.parked ?? null;
  const { choices, timeOf } = useChoices(conversation);
  const [choice, setChoice] = useState<Choice>(parked ? "other" : "minutes");
  const [other, setOther] = useState(parked ? writeDateTime(parked.until) : "");
  const [returnTo, setReturnTo] = useState<ReturnTo>(parked?.returnTo ?? "agent");
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  async function submit(): Promise<void> {
    const now = ticker.now();
    const until = choice === "other" ? parseDateTime(other, now) : timeOf(choice, now);
    if (!interaction || busy) return;
    if (until === null || until <= now || until > now + PARK_MAX_MS) {
      setProblem(t("park.tooFar"));
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await park(client, interaction, { until, returnTo, note });
      toast(t("park.done", { time: formatDateTime(until) }), { tone: "success" });
      onClose();
    } catch (cause) {
      setProblem(causeText(cause, t));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(parked ? "park.again" : "park.parkWork")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" loading={busy} onClick={() => form.current?.requestSubmit()}>
            {t("park.park")}
          </Button>
        </>
      }
    >
      <form ref={form} className="flex flex-col gap-4" {...submitKeys(() => void submit())}>
        {conversation.unansweredSince !== null && <Banner tone="warning">{t("park.owed")}</Banner>}
        <Field
          label={t("park.when")}
          hint={t("park.wakes")}
          {...(problem && choice !== "other" ? { error: problem } : {})}
        >
          <RadioGroup
            value={choice}
            onChange={setChoice}
            options={choices.map(({ value, label, at }) => ({
              value,
              label: (
                <span className="flex items-baseline gap-2">
                  {t(label)}
                  {at !== null && <span className="tabular text-small text-ink-3">{formatDateTime(at)}</span>}
                </span>
              ),
            }))}
          />
        </Field>
        {choice === "other" && (
          <Field label={t("park.other")} hint={t("park.otherHint")} {...(problem ? { error: problem } : {})}>
            <Input
              value={other}
              onChange={(event) => {
                setOther(event.target.value);
                setProblem(null);
              }}
            />
          </Field>
        )}
        <Field label={t("park.returnTo")}>
          <RadioGroup
            value={returnTo}
            onChange={setReturnTo}
            options={[
              { value: "agent", label: t("park.toAgent"), hint: t("park.toAgentHint") },
              { value: "queue", label: t("park.toQueue") },
            ]}
          />
        </Field>
        <Field label={t("park.note")} hint={t("park.noteHint")}>
          <Textarea value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}

interface ChoiceRow {
  readonly value: Choice;
  readonly label: `park.${"minutes" | "hour" | "opening" | "tomorrow" | "customer" | "other"}`;
  /** Shown beside it; `null`: it says so itself. */
  readonly at: number | null;
}

function useChoices({ queueId }: Conversation) {
  const hoursId = useSelect((s) => s.people.queues[queueId]?.hoursId ?? "");
  const hours = useSelect((s) => s.people.hours[hoursId]);
  const [opened] = useState(() => ticker.now());
  const timeOf = (choice: Exclude<Choice, "other">, now: number): number | null => {
    switch (choice) {
      case "minutes":
        return now + 20 * minute;
      case "hour":
        return now + 60 * minute;
      case "morning":
        return hours ? openingAfterToday(hours, now) : dayAt(now, 1, 8);
      case "customer":
        return now + 7 * day;
    }
  };
  const choices: readonly ChoiceRow[] = [
    { value: "minutes", label: "park.minutes", at: null },
    { value: "hour", label: "park.hour", at: null },
    {
      value: "morning",
      label: hours ? "park.opening" : "park.tomorrow",
      at: timeOf("morning", opened),
    },
    { value: "customer", label: "park.customer", at: null },
    { value: "other", label: "park.other", at: null },
  ];
  return { choices, timeOf };
}
