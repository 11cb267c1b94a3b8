import type { AgentState, Conversation, Queue, User } from "@tongdai/shared";
import { Users } from "lucide-react";
import { useSelect } from "../actions/react-client.ts";
import type { Transfer } from "../actions/transfer.ts";
import { useT } from "../i18n/index.ts";
import { isAtThePhone } from "../state/selectors.ts";
import { Avatar } from "../ui/avatar.tsx";
import { cn } from "../ui/cn.ts";
import { StatusDot } from "../ui/status-dot.tsx";
import { useLoadText } from "./load-text.ts";

export interface TransferTarget {
  readonly key: string;
  readonly name: string;
  readonly to: Transfer["to"];
  readonly queue?: Queue;
  readonly agent?: AgentState | undefined;
}

/** Whoever is free first: people by state, then queues. */
export function useTransferTargets(conversation: Conversation): TransferTarget[] {
  const { users, queues, agents } = useSelect((s) => s.people);
  const isCall = useSelect((s) => isAtThePhone(s, conversation));
  const myId = useSelect((s) => s.session.me?.id);
  const ownerId = conversation.interaction?.ownerId ?? null;
  const worksHere = (user: User) => user.roles.some((role) => role !== "admin");
  // Who assigns work may be offered another's; what nobody has is simply taken.
  const mayTake = (user: User) => user.id !== ownerId && (user.id !== myId || ownerId !== null);
  const canRing = (user: User) => !isCall || agents[user.id]?.phone === true;
  const people = Object.values(users)
    .filter((u) => mayTake(u) && !u.disabled && worksHere(u) && canRing(u))
    .map((u): TransferTarget => ({ key: u.id, name: u.name, to: { userId: u.id }, agent: agents[u.id] }))
    .sort((a, b) => freedom(b) - freedom(a) || a.name.localeCompare(b.name, "vi"));
  const lines = Object.values(queues)
    .filter((q) => q.id !== conversation.queueId || ownerId !== null)
    .map((q): TransferTarget => ({ key: q.id, name: q.name, to: { queueId: q.id }, queue: q }));
  return [...people, ...lines];
}

export const freedom = ({ agent }: TransferTarget): number =>
  agent?.state === "available"
    ? 2 + agent.limits.chat - agent.carries.chat
    : agent && agent.state !== "offline"
      ? 1
      : 0;

interface TargetsProps {
  readonly targets: readonly TransferTarget[];
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
}

export function TransferTargets({ targets, chosen, onChoose }: TargetsProps) {
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

function TargetState({ target }: { readonly target: TransferTarget }) {
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
