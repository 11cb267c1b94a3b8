import type { CommandInput, HeldWork } from "@tongdai/shared";
import { useState } from "react";
import type { Client } from "../../actions/client.ts";
import { useClient } from "../../actions/react-client.ts";
import { forceState, signOut, takeOver } from "../../actions/steer.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { toast } from "../../ui/toast.tsx";
import { useStateWord } from "../state-words.ts";
import { causeText } from "../words.ts";

type Force = Omit<CommandInput<"agent.force_state">, "note">;

/** What is done to an agent or to their work; the agent reads the reason. */
export type Act = { readonly name: string } & (
  | ({ readonly kind: "force" } & Force)
  | { readonly kind: "sign_out"; readonly userId: string }
  | { readonly kind: "take"; readonly work: HeldWork }
);

interface ReasonDialogProps {
  readonly act: Act;
  readonly onClose: () => void;
}

export function ReasonDialog({ act, onClose }: ReasonDialogProps) {
  const t = useT();
  const client = useClient();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const stateWord = useStateWord();
  const title = titleOf(act, stateWord, t);
  const isReady = note.trim() !== "" && !busy;

  async function submit(): Promise<void> {
    if (!isReady) return;
    setBusy(true);
    try {
      await carryOut(client, act, note.trim());
      toast(t("floor.act.done"), { tone: "success" });
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
      title={title}
      {...(act.kind === "sign_out" ? { description: t("floor.act.signOutBody") } : {})}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant={act.kind === "sign_out" ? "danger" : "primary"}
            loading={busy}
            disabled={note.trim() === ""}
            onClick={() => void submit()}
          >
            {t("common.confirm")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          label={t("floor.act.why")}
          hint={t("floor.act.whyHint")}
          required
          {...(problem ? { error: problem } : {})}
        >
          <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}

function titleOf(act: Act, stateWord: ReturnType<typeof useStateWord>, t: T): string {
  const { name } = act;
  switch (act.kind) {
    case "force":
      return t("floor.act.force", {
        name,
        state: stateWord({ state: act.state, reason: act.reason ?? null }),
      });
    case "sign_out":
      return t("floor.act.signOut", { name });
    case "take":
      return t("floor.act.takeOver", { name });
  }
}

function carryOut(client: Client, act: Act, note: string): Promise<void> {
  switch (act.kind) {
    case "force": {
      const { userId, state, reason } = act;
      return forceState(client, { userId, state, note, ...(reason ? { reason } : {}) });
    }
    case "sign_out":
      return signOut(client, { userId: act.userId, note });
    case "take":
      return takeOver(client, act.work, note);
  }
}
