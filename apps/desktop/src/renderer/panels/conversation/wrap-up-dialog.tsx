import {
  AppError,
  type Conversation,
  type Disposition,
  defaultWrapUpRules,
  dispositionLeaves,
  type Interaction,
  readForm,
  type WrapUpRules,
} from "@tongdai/shared";
import { useRef, useState } from "react";
import { closeWithDisposition } from "../../actions/close-with-disposition.ts";
import { extendWrapUp } from "../../actions/extend-wrap-up.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversation } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { formatDuration } from "../../ui/format.ts";
import { Textarea } from "../../ui/input.tsx";
import { Banner } from "../../ui/states.tsx";
import { useTicking } from "../../ui/ticker.ts";
import { lengthText } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { causeText } from "../words.ts";
import { DispositionPicker } from "./disposition-picker.tsx";
import { submitKeys } from "./submit-keys.ts";
import { type TypedForm, typedAnswers, WrapUpForm } from "./wrap-up-form.tsx";

interface WrapUpDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

const noDispositions: readonly Disposition[] = [];

/** How it ended. The first answer is chosen already: `e`, then Enter, is enough for the common case. */
export function WrapUpDialog({ conversation, onClose }: WrapUpDialogProps) {
  const t = useT();
  const client = useClient();
  const { interaction } = conversation;
  const queue = useSelect((s) => s.people.queues[conversation.queueId]);
  const rules = queue?.wrapUp ?? defaultWrapUpRules;
  const leaves = dispositionLeaves(queue?.dispositions ?? noDispositions);
  const [disposition, setDisposition] = useState(rules.needsDisposition ? (leaves[0]?.path ?? null) : null);
  const [resolved, setResolved] = useState(leaves[0]?.resolved ?? true);
  const [answers, setAnswers] = useState<TypedForm>({});
  const [wrong, setWrong] = useState<TypedForm>({});
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  /** The result says whether the matter is done; who knows better ticks the box after. */
  function choose(path: string | null): void {
    setDisposition(path);
    setProblem(null);
    setResolved(leaves.find((leaf) => leaf.path === path)?.resolved ?? true);
  }

  async function submit(): Promise<void> {
    if (!interaction || busy) return;
    const said = typedAnswers(rules.form, answers);
    const read = readForm(rules.form, said);
    setWrong("answers" in read ? {} : { [read.fieldId]: t(`wrapUp.${read.problem}`) });
    const isMissing = disposition === null && rules.needsDisposition;
    setProblem(isMissing ? t("errors.code.disposition_required") : null);
    if (isMissing || !("answers" in read)) return;
    setBusy(true);
    try {
      // The end of the talk may have been answered since this was drawn.
      const current =
        selectConversation(client.store.getState(), conversation.id)?.interaction ?? interaction;
      const ticket = await closeWithDisposition(client, current, { disposition, resolved, note, form: said });
      toast(ticket ? t("desk.wrapUp.ticketMade", { number: ticket.number }) : t("wrapUp.saved"), {
        tone: "success",
        ...(ticket
          ? {
              action: {
                label: t("common.open"),
                onClick: () => navigate(client, { name: "tickets", ticketId: ticket.id }),
              },
            }
          : {}),
      });
      onClose();
    } catch (cause) {
      setProblem(refusal(cause) ?? causeText(cause, t));
      setBusy(false);
    }
  }

  /** The queue's form has changed since this was drawn: the field is told where it still stands. */
  function refusal(cause: unknown): string | null {
    const field = cause instanceof AppError ? cause.details?.["field"] : undefined;
    return typeof field === "string" && field.startsWith("form.") ? t("wrapUp.stale") : null;
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("wrapUp.title")}
      footer={
        <>
          {interaction && <TimeLeft interaction={interaction} rules={rules} />}
          <Button onClick={onClose}>{t("common.back")}</Button>
          <Button
            variant="primary"
            loading={busy}
            disabled={!interaction}
            onClick={() => form.current?.requestSubmit()}
          >
            {t("wrapUp.done")}
          </Button>
        </>
      }
    >
      <form ref={form} className="flex flex-col gap-4" {...submitKeys(() => void submit())}>
        <DispositionPicker
          leaves={leaves}
          value={disposition}
          onChange={choose}
          optional={!rules.needsDisposition}
        />
        <Checkbox
          checked={resolved}
          onChange={setResolved}
          label={t("desk.wrapUp.resolved")}
          {...(resolved ? {} : { hint: t("desk.wrapUp.unresolved") })}
        />
        <WrapUpForm fields={rules.form} value={answers} onChange={setAnswers} wrong={wrong} />
        <Field label={t("wrapUp.note")} hint={t("wrapUp.noteHint")}>
          <Textarea value={note} maxLength={2_000} onChange={(e) => setNote(e.target.value)} />
        </Field>
        {problem && <Banner tone="danger">{problem}</Banner>}
      </form>
    </Dialog>
  );
}

interface TimeLeftProps {
  readonly interaction: Interaction;
  readonly rules: WrapUpRules;
}

/** How long this may still take, and more of it. */
function TimeLeft({ interaction, rules }: TimeLeftProps) {
  const t = useT();
  const run = useRun();
  const { wrapUpUntil: until } = interaction;
  const text = useTicking((now) => {
    if (until === null) return null;
    return until > now ? t("wrapUp.timeLeft", { time: formatDuration(until - now) }) : t("desk.wrapUp.over");
  });
  const left = rules.extensions - interaction.extensions;
  return (
    <span className="mr-auto flex items-center gap-2">
      <span className="tabular text-small text-ink-3">{text}</span>
      {until !== null && left > 0 && (
        <Button size="small" onClick={() => run((c) => extendWrapUp(c, interaction))}>
          {t("wrapUp.more", { time: lengthText(rules.extendSeconds * 1_000, t) })}
        </Button>
      )}
    </span>
  );
}
