import type { WaitingWork } from "@tongdai/shared";
import { useMemo, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { handTo } from "../../actions/steer.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Textarea } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSubmit } from "../use-submit.ts";

interface AssignDialogProps {
  readonly work: WaitingWork;
  readonly queueId: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** To somebody who is available, or to another queue. */
export function AssignDialog({ work, queueId, onClose, onDone }: AssignDialogProps) {
  const t = useT();
  const client = useClient();
  const targets = useTargets(queueId);
  const [chosen, setChosen] = useState<string | undefined>(targets[0]?.value);
  const [note, setNote] = useState("");
  const { busy, problem, submit } = useSubmit();
  const target = targets.find((each) => each.value === chosen);
  const save = async () => {
    if (!target) return;
    const isDone = await submit(() => handTo(client, work, { to: target.to, note }));
    onDone();
    if (!isDone) return;
    toast(t("conversation.transfer.done", { name: target.name }), { tone: "success" });
    onClose();
  };
  return (
    <FormDialog
      title={t("floor.line.assign")}
      width="small"
      confirm={t("floor.line.assign")}
      busy={busy}
      problem={problem}
      isReady={target !== undefined}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("floor.act.to")}>
        <Select value={chosen} onChange={setChosen} options={targets} />
      </Field>
      <Field label={t("floor.act.note")}>
        <Textarea value={note} maxLength={2_000} onChange={(e) => setNote(e.target.value)} />
      </Field>
    </FormDialog>
  );
}

function useTargets(queueId: string) {
  const t = useT();
  const { users, queues, agents } = useSelect((s) => s.people);
  return useMemo(() => {
    const people = Object.values(agents)
      .filter((a) => a.state === "available" && users[a.userId]?.disabled === false)
      .map((a) => {
        const name = users[a.userId]?.name ?? t("common.unknown");
        const label = t("floor.act.toAgent", { name, state: t(`agent.state.${a.state}`) });
        return { value: a.userId, name, label, to: { userId: a.userId } };
      });
    const others = Object.values(queues)
      .filter((q) => q.id !== queueId)
      .map(({ id, name }) => ({
        value: id,
        name,
        label: t("floor.act.toQueue", { name }),
        to: { queueId: id },
      }));
    const byLabel = (a: { label: string }, b: { label: string }) => a.label.localeCompare(b.label, "vi");
    return [...people.sort(byLabel), ...others.sort(byLabel)];
  }, [users, queues, agents, queueId, t]);
}
