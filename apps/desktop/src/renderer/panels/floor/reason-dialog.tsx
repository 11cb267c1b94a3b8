import type { CommandInput, HeldWork } from "@tongdai/shared";
import { useState } from "react";
import type { Client } from "../../actions/client.ts";
import { useClient } from "../../actions/react-client.ts";
import { forceState, signOut, takeOver } from "../../actions/steer.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { toast } from "../../ui/toast.tsx";
import { useStateWord } from "../state-words.ts";
import { useSubmit } from "../use-submit.ts";

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
  const { busy, problem, submit } = useSubmit();
  const title = titleOf(act, useStateWord(), t);
  const save = async () => {
    if (!(await submit(() => carryOut(client, act, note.trim())))) return;
    toast(t("floor.act.done"), { tone: "success" });
    onClose();
  };
  return (
    <FormDialog
      title={title}
      {...(act.kind === "sign_out" ? { lead: t("floor.act.signOutBody") } : {})}
      width="small"
      confirm={t("common.confirm")}
      isDangerous={act.kind === "sign_out"}
      busy={busy}
      problem={problem}
      isReady={note.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("floor.act.why")} hint={t("floor.act.whyHint")} required>
        <Input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </FormDialog>
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
