import { type Conversation, dispositionLeaves } from "@tongdai/shared";
import { useRef, useState } from "react";
import { closeWithDisposition } from "../../actions/close-with-disposition.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversation } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { isComposing } from "../../ui/composing.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { formatDuration } from "../../ui/format.ts";
import { Textarea } from "../../ui/input.tsx";
import { useTicking } from "../../ui/ticker.ts";
import { toast } from "../../ui/toast.tsx";
import { Checkbox, RadioGroup } from "../../ui/toggles.tsx";
import { causeText } from "../words.ts";

interface WrapUpDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** How it ended. The first answer is chosen already: `e`, then Enter, is enough for the common case. */
export function WrapUpDialog({ conversation, onClose }: WrapUpDialogProps) {
  const t = useT();
  const client = useClient();
  const { interaction } = conversation;
  const tree = useSelect((s) => s.people.queues[conversation.queueId]?.dispositions);
  const dispositions = tree && dispositionLeaves(tree);
  const [disposition, setDisposition] = useState(dispositions?.[0]?.path);
  const [resolved, setResolved] = useState(dispositions?.[0]?.resolved ?? true);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  /** The result says whether the matter is done; who knows better ticks the box after. */
  function choose(name: string): void {
    setDisposition(name);
    setResolved(dispositions?.find((d) => d.path === name)?.resolved ?? true);
  }

  async function submit(): Promise<void> {
    if (!interaction || !disposition || busy) return;
    setBusy(true);
    setProblem(null);
    try {
      // The end of the talk may have been answered since this was drawn.
      const current =
        selectConversation(client.store.getState(), conversation.id)?.interaction ?? interaction;
      const ticket = await closeWithDisposition(client, current, { disposition, resolved, note });
      toast(
        ticket ? t("desk.wrapUp.ticketMade", { number: ticket.number }) : t("conversation.wrapUp.saved"),
        {
          tone: "success",
          ...(ticket
            ? {
                action: {
                  label: t("common.open"),
                  onClick: () => navigate(client, { name: "tickets", ticketId: ticket.id }),
                },
              }
            : {}),
        },
      );
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
      title={t("conversation.wrapUp.title")}
      footer={
        <>
          <TimeLeft until={interaction?.wrapUpUntil ?? null} />
          <Button onClick={onClose}>{t("common.back")}</Button>
          <Button
            variant="primary"
            loading={busy}
            disabled={!disposition || !interaction}
            onClick={() => form.current?.requestSubmit()}
          >
            {t("conversation.wrapUp.done")}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter submits from every field of it */}
      <form
        ref={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          // As in the composer: Enter does it, Shift+Enter breaks the line.
          if (event.key !== "Enter" || event.shiftKey || isComposing(event.nativeEvent)) return;
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={t("conversation.wrapUp.disposition")} {...(problem ? { error: problem } : {})}>
          <RadioGroup
            value={disposition}
            onChange={choose}
            options={(dispositions ?? []).map(({ path }) => ({ value: path, label: path }))}
          />
        </Field>
        <Checkbox
          checked={resolved}
          onChange={setResolved}
          label={t("desk.wrapUp.resolved")}
          {...(resolved ? {} : { hint: t("desk.wrapUp.unresolved") })}
        />
        <Field label={t("conversation.wrapUp.note")} hint={t("conversation.wrapUp.noteHint")}>
          <Textarea value={note} maxLength={2_000} onChange={(e) => setNote(e.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}

function TimeLeft({ until }: { readonly until: number | null }) {
  const t = useT();
  const text = useTicking((now) => {
    if (until === null) return null;
    return until > now
      ? t("conversation.wrapUp.timeLeft", { time: formatDuration(until - now) })
      : t("desk.wrapUp.over");
  });
  return <span className="tabular mr-auto self-center text-small text-ink-3">{text}</span>;
}
