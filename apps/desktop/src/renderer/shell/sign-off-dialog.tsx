import type { UnfinishedWork } from "@tongdai/shared";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { logOut } from "../actions/log-out.ts";
import { useClient, useRun, useSelect } from "../actions/react-client.ts";
import { type InHand, inHand, signOff } from "../actions/sign-off.ts";
import { useFetched } from "../actions/use-fetched.ts";
import { useT } from "../i18n/index.ts";
import { useLoadText } from "../panels/load-text.ts";
import { causeText } from "../panels/words.ts";
import { Button } from "../ui/button.tsx";
import { ChannelIcon } from "../ui/channel-icon.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { formatDateTime } from "../ui/format.ts";
import { Textarea } from "../ui/input.tsx";
import { LoadState } from "../ui/load-state.tsx";
import { shownName } from "../ui/phone.ts";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Banner } from "../ui/states.tsx";
import { RadioGroup } from "../ui/toggles.tsx";

type What = UnfinishedWork["what"];

interface SignOffDialogProps {
  /** What the person set out to do. */
  readonly next: "offline" | "log_out" | "close";
  readonly onClose: () => void;
}

/** Asks what becomes of unfinished work before its agent goes. */
export function SignOffDialog({ next, onClose }: SignOffDialogProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const { value, failure, reload } = useFetched(inHand);
  const [what, setWhat] = useState<What>("return");
  const [userId, setUserId] = useState<string | undefined>(undefined);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isReady = value !== null && !busy && (what !== "hand" || userId !== undefined);

  async function submit(): Promise<void> {
    if (!isReady) return;
    setBusy(true);
    setProblem(null);
    try {
      const work =
        what === "hand" && userId !== undefined ? { what, userId } : { what: what as "keep" | "return" };
      await signOff(client, { work, note });
    } catch (cause) {
      setProblem(causeText(cause, t));
      setBusy(false);
      return;
    }
    onClose();
    if (next === "log_out") run(logOut);
    if (next === "close") window.close();
  }
  const form = useRef<HTMLFormElement>(null);
  const isAsked = value !== null;
  useEffect(() => {
    // The dialog opened with nothing in it to take the focus.
    if (isAsked) form.current?.querySelector<HTMLElement>("[role=radio][aria-checked=true]")?.focus();
  }, [isAsked]);
  // A round button keeps Enter to itself.
  const enter = (event: KeyboardEvent) => {
    const isRound = event.target instanceof HTMLElement && event.target.role === "radio";
    if (event.key !== "Enter" || !(isRound || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("states.leave.title")}
      description={t("states.leave.body")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" loading={busy} disabled={!isReady} onClick={() => void submit()}>
            {t(`states.leave.${next}`)}
          </Button>
        </>
      }
    >
      {value === null ? (
        <LoadState
          failure={failure}
          title={t("states.leave.failed")}
          reason={(cause) => causeText(cause, t)}
          onRetry={reload}
          offline={isOffline}
          skeleton={<Skeleton className="h-24 w-full" />}
        />
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- only listens to keys pressed in its fields
        <form
          ref={form}
          className="flex flex-col gap-4"
          onKeyDown={enter}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Work inHand={value} />
          <RadioGroup
            label={t("states.leave.title")}
            value={what}
            onChange={setWhat}
            options={[
              { value: "return", label: t("states.leave.return"), hint: t("states.leave.returnHint") },
              {
                value: "keep",
                label: t("states.leave.keep"),
                hint: t("states.leave.keepHint", { time: formatDateTime(value.keepUntil) }),
              },
              { value: "hand", label: t("states.leave.hand"), hint: t("states.leave.handHint") },
            ]}
          />
          {what === "hand" && <Person userId={userId} onChange={setUserId} />}
          <Field label={t("conversation.transfer.note")} hint={t("conversation.transfer.noteHint")}>
            <Textarea value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />
          </Field>
          {problem !== null && <Banner tone="danger">{problem}</Banner>}
        </form>
      )}
    </Dialog>
  );
}

function Work({ inHand: { work } }: { readonly inHand: InHand }) {
  const t = useT();
  return (
    <ul
      aria-label={t("states.leave.inHand")}
      className="max-h-40 divide-y divide-line overflow-y-auto rounded-ui border border-line"
    >
      {work.map((each) => (
        <li key={each.interactionId} className="flex min-h-8 items-center gap-2 px-3 py-1">
          <ChannelIcon channel={each.channel} />
          <span className="min-w-0 flex-1 truncate">{shownName(each.customerName)}</span>
          <span className="text-small text-ink-3">{t(`states.leave.state.${each.state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

interface PersonProps {
  readonly userId: string | undefined;
  readonly onChange: (userId: string) => void;
}

/** Only who is there can be handed anything. */
function Person({ userId, onChange }: PersonProps) {
  const t = useT();
  const loadText = useLoadText();
  const myId = useSelect((s) => s.session.me?.id);
  const { users, agents } = useSelect((s) => s.people);
  const there = Object.values(agents)
    .filter((a) => a.state === "available" && a.userId !== myId && users[a.userId]?.disabled === false)
    .map((a) => ({ value: a.userId, label: `${users[a.userId]?.name ?? ""} (${loadText(a)})` }))
    .sort((a, b) => a.label.localeCompare(b.label, "vi"));
  return (
    <Field label={t("states.leave.to")} {...(there.length === 0 ? { error: t("states.leave.nobody") } : {})}>
      <Select value={userId} onChange={onChange} options={there} disabled={there.length === 0} />
    </Field>
  );
}
