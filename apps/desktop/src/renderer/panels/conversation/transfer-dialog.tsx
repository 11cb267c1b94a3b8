import type { AgentState, Conversation, Queue, User } from "@tongdai/shared";
import { Users } from "lucide-react";
import { useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { type Transfer, transfer } from "../../actions/transfer.ts";
import { useT } from "../../i18n/index.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { cn } from "../../ui/cn.ts";
import { isComposing } from "../../ui/composing.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { StatusDot } from "../../ui/status-dot.tsx";
import { foldForSearch } from "../../ui/text.ts";
import { toast } from "../../ui/toast.tsx";
import { useLoadText } from "../load-text.ts";
import { useSubmit } from "../use-submit.ts";

interface TransferDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

interface Target {
  readonly key: string;
  readonly name: string;
  readonly to: Transfer["to"];
  readonly queue?: Queue;
  readonly agent?: AgentState | undefined;
}

export function TransferDialog({ conversation, onClose }: TransferDialogProps) {
  const t = useT();
  const client = useClient();
  const [query, setQuery] = useState("");
  const [note, setNote] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const { busy, problem, submit } = useSubmit();
  const all = useTargets(conversation);
  const wanted = foldForSearch(query);
  const targets = all.filter((each) => foldForSearch(each.name).includes(wanted));
  const [first] = targets;
  // Nobody is chosen for the agent who could not take it now: Enter must not send work to an empty chair.
  const isSafe = first && (wanted !== "" || freedom(first) > 1);
  const target = targets.find((each) => each.key === chosen) ?? (isSafe ? first : undefined);

  const save = async () => {
    const { interaction } = conversation;
    if (!target || !interaction) return;
    if (!(await submit(() => transfer(client, interaction, { to: target.to, note })))) return;
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
      title={t("conversation.transfer.title")}
      confirm={t("conversation.transfer.title")}
      busy={busy}
      problem={problem}
      isReady={target !== undefined}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("conversation.transfer.to")}>
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
      <Targets targets={targets} chosen={target?.key ?? null} onChoose={setChosen} />
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

/** Whoever is free first: people by state, then queues. */
function useTargets(conversation: Conversation): Target[] {
  const { users, queues, agents } = useSelect((s) => s.people);
  const myId = useSelect((s) => s.session.me?.id);
  const ownerId = conversation.interaction?.ownerId ?? null;
  const worksHere = (user: User) => user.roles.some((role) => role !== "admin");
  // Who assigns work may be offered another's; what nobody has is simply taken.
  const mayTake = (user: User) => user.id !== ownerId && (user.id !== myId || ownerId !== null);
  const people = Object.values(users)
    .filter((u) => mayTake(u) && !u.disabled && worksHere(u))
    .map((u): Target => ({ key: u.id, name: u.name, to: { userId: u.id }, agent: agents[u.id] }))
    .sort((a, b) => freedom(b) - freedom(a) || a.name.localeCompare(b.name, "vi"));
  const lines = Object.values(queues)
    .filter((q) => q.id !== conversation.queueId || ownerId !== null)
    .map((q): Target => ({ key: q.id, name: q.name, to: { queueId: q.id }, queue: q }));
  return [...people, ...lines];
}

const freedom = ({ agent }: Target): number =>
  agent?.state === "available"
    ? 2 + agent.limits.chat - agent.carries.chat
    : agent && agent.state !== "offline"
      ? 1
      : 0;

interface TargetsProps {
  readonly targets: readonly Target[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

function Targets({ targets, chosen, onChoose }: TargetsProps) {
  const t = useT();
  if (targets.length === 0)
    return <p className="py-4 text-center text-ink-3">{t("conversation.transfer.empty")}</p>;
  return (
    <div
      role="radiogroup"
      aria-label={t("conversation.transfer.to")}
      className="max-h-60 overflow-y-auto rounded-ui border border-line"
    >
      {targets.map((target) => (
        // biome-ignore lint/a11y/useSemanticElements: rows with a face and a state, not round buttons
        <button
          key={target.key}
          type="button"
          role="radio"
          aria-checked={target.key === chosen}
          onClick={() => onChoose(target.key)}
          className={cn(
            "focus-inset flex h-11 w-full items-center gap-3 px-3 text-left",
            target.key === chosen ? "bg-selected" : "hover:bg-hover",
          )}
        >
          {target.queue ? (
            <span className="flex size-6 items-center justify-center">
              <Users size={16} aria-hidden className="text-ink-3" />
            </span>
          ) : (
            <Avatar id={target.key} name={target.name} size="small" />
          )}
          <span className="min-w-0 flex-1 truncate text-body">{target.name}</span>
          <TargetState target={target} />
        </button>
      ))}
    </div>
  );
}

function TargetState({ target }: { readonly target: Target }) {
  const t = useT();
  const agents = useSelect((s) => s.people.agents);
  const loadText = useLoadText();
  if (target.queue) {
    const count = target.queue.memberIds.filter((id) => agents[id]?.state === "available").length;
    return <span className="text-small text-ink-3">{t("conversation.transfer.freeCount", { count })}</span>;
  }
  const state = target.agent?.state ?? "offline";
  return (
    <span className="inline-flex items-center gap-1.5 text-small text-ink-3">
      {target.agent && <span className="tabular">{loadText(target.agent)}</span>}
      <StatusDot state={state} decorative />
      {t(`agent.state.${state}`)}
    </span>
  );
}
