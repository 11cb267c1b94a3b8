import { AppError, type Conversation } from "@tongdai/shared";
import { useState } from "react";
import { useClient } from "../actions/react-client.ts";
import { transfer } from "../actions/transfer.ts";
import { useT } from "../i18n/index.ts";
import { Button } from "../ui/button.tsx";
import { isComposing } from "../ui/composing.ts";
import { Field } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { Input, Textarea } from "../ui/input.tsx";
import { foldForSearch } from "../ui/text.ts";
import { toast } from "../ui/toast.tsx";
import { freedom, type TransferTarget, TransferTargets, useTransferTargets } from "./transfer-targets.tsx";
import { useSubmit } from "./use-submit.ts";

interface TransferDialogProps {
  readonly conversation: Conversation;
  /** Of a call that one talks in: speaks with a colleague before it is decided. */
  readonly onAsk?: (userId: string) => void;
  readonly onClose: () => void;
}

/** To whom work goes, with a word for them. A call goes only where it can ring. */
export function TransferDialog({ conversation, onAsk, onClose }: TransferDialogProps) {
  const t = useT();
  const client = useClient();
  const [query, setQuery] = useState("");
  const [note, setNote] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const { busy, problem, submit, fail, errorOf } = useSubmit();
  const all = useTransferTargets(conversation);
  const wanted = foldForSearch(query);
  const targets = all.filter((each) => foldForSearch(each.name).includes(wanted));
  const [first] = targets;
  // Nobody is chosen for the agent who could not take it now: Enter must not send work to an empty chair.
  const isSafe = first && (wanted !== "" || freedom(first) > 1);
  const target = targets.find((each) => each.key === chosen) ?? (isSafe ? first : undefined);

  const save = async () => {
    const { interaction } = conversation;
    if (!target || !interaction) return;
    let isThere = true;
    const went = await submit(async () => {
      isThere = await transfer(client, interaction, { to: target.to, note }).then(() => true, ifNotThere);
    });
    if (!isThere) fail("to", t("conversation.transfer.unavailable", { name: target.name }));
    if (!went || !isThere) return;
    toast(t("conversation.transfer.done", { name: target.name }), { tone: "success" });
    onClose();
  };
  const step = (by: number) => {
    const at = targets.findIndex((each) => each.key === target?.key);
    const to = at < 0 ? (by > 0 ? 0 : targets.length - 1) : at + by;
    setChosen(targets[(to + targets.length) % targets.length]?.key ?? null);
  };

  return (
    <FormDialog
      title={t(onAsk ? "call.transfer" : "conversation.transfer.title")}
      confirm={t(onAsk ? "call.transferNow" : "conversation.transfer.title")}
      {...(onAsk ? { lead: t("call.askHint"), besides: <Ask target={target} onAsk={onAsk} /> } : {})}
      busy={busy}
      problem={problem}
      isReady={target !== undefined}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("conversation.transfer.to")} {...errorOf("to")}>
        <Input
          value={query}
          placeholder={t("conversation.transfer.search")}
          onChange={(e) => setQuery(e.target.value)}
          onKeyDown={(e) => {
            if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
            e.preventDefault();
            step(e.key === "ArrowDown" ? 1 : -1);
          }}
        />
      </Field>
      <TransferTargets targets={targets} chosen={target?.key ?? null} onChoose={setChosen} />
      <Field label={t("conversation.transfer.note")} hint={t("conversation.transfer.noteHint")}>
        <Textarea
          value={note}
          maxLength={2_000}
          onChange={(e) => setNote(e.target.value)}
          onKeyDown={(e) => {
            if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !isComposing(e.nativeEvent)) void save();
          }}
        />
      </Field>
    </FormDialog>
  );
}

/** Whom it is meant for went away, or is busy: the gateway names their state. */
function ifNotThere(cause: unknown): false {
  if (cause instanceof AppError && cause.code === "conflict" && cause.details?.["state"]) return false;
  throw cause;
}

interface AskProps {
  readonly target: TransferTarget | undefined;
  readonly onAsk: (userId: string) => void;
}

function Ask({ target, onAsk }: AskProps) {
  const t = useT();
  const userId = target && "userId" in target.to ? target.to.userId : null;
  return (
    <Button disabled={userId === null} onClick={() => userId !== null && onAsk(userId)}>
      {t("call.askFirst")}
    </Button>
  );
}
