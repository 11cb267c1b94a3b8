import { AppError, type AwayReason, type StateRules } from "@tongdai/shared";
import { ArrowDown, ArrowUp, Ban, Pencil, Plus, RotateCcw } from "lucide-react";
import { useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { saveStateRules } from "../../actions/save-state-rules.ts";
import { useT } from "../../i18n/index.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Banner } from "../../ui/states.tsx";
import { lengthText } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import { reasonName } from "../state-words.ts";
import { causeText } from "../words.ts";
import { frame, Group, Page } from "./page.tsx";
import { StateLimits } from "./state-limits.tsx";
import { ReasonDialog } from "./state-reason.tsx";

/** A reason as it is saved: `id: null` is a new one. */
export type ReasonDraft = Omit<AwayReason, "id"> & { readonly id: string | null };

/** Which reasons of being away people choose, in which order, and how long states may last. */
export function States() {
  const t = useT();
  const client = useClient();
  const rules = useSelect((s) => s.people.stateRules);
  const [editing, setEditing] = useState<AwayReason | "new" | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const save = (change: Partial<Omit<StateRules, "reasons">> & { reasons?: readonly ReasonDraft[] }) =>
    saveStateRules(client, {
      ...rules,
      ...change,
      reasons: [...(change.reasons ?? rules.reasons)],
    });
  const apply = async (reasons: readonly AwayReason[]) => {
    setProblem(null);
    try {
      await save({ reasons });
      return true;
    } catch (cause) {
      setProblem(
        cause instanceof AppError && cause.code === "invalid_input"
          ? t("states.rules.refused")
          : cause instanceof AppError && cause.code === "conflict"
            ? t("states.rules.changedMeanwhile")
            : causeText(cause, t),
      );
      return false;
    }
  };
  const move = async (reason: AwayReason, by: -1 | 1) => {
    const rest = rules.reasons.filter((r) => r !== reason);
    const at = rules.reasons.indexOf(reason) + by;
    if (await apply([...rest.slice(0, at), reason, ...rest.slice(at)]))
      setSaid(t("states.rules.moved", { name: reasonName(reason), at: at + 1 }));
  };
  return (
    <Page
      title={t("states.rules.title")}
      lead={t("states.rules.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("states.rules.add")}
        </Button>
      }
    >
      <Group title={t("states.rules.reasons")}>
        {problem !== null && <Banner tone="danger">{problem}</Banner>}
        <p aria-live="polite" className="sr-only">
          {said}
        </p>
        <ul className={frame}>
          {rules.reasons.map((reason, at) => (
            <ReasonRow
              key={reason.id}
              reason={reason}
              isFirst={at === 0}
              isLast={at === rules.reasons.length - 1}
              onMove={(by) => void move(reason, by)}
              onEdit={() => setEditing(reason)}
              onRetire={() =>
                void apply(rules.reasons.map((r) => (r === reason ? { ...r, retired: !reason.retired } : r)))
              }
            />
          ))}
        </ul>
      </Group>
      <Group title={t("states.rules.others")}>
        <StateLimits rules={rules} onSave={save} />
      </Group>
      {editing !== null && (
        <ReasonDialog
          reason={editing === "new" ? null : editing}
          onSave={(draft) =>
            save({
              reasons:
                draft.id === null
                  ? [...rules.reasons, draft]
                  : rules.reasons.map((r) => (r.id === draft.id ? { ...r, ...draft } : r)),
            })
          }
          onClose={() => setEditing(null)}
          onSaved={() => toast(t("settings.saved"), { tone: "success" })}
        />
      )}
    </Page>
  );
}

interface ReasonRowProps {
  readonly reason: AwayReason;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onEdit: () => void;
  readonly onRetire: () => void;
}

function ReasonRow({ reason, isFirst, isLast, onMove, onEdit, onRetire }: ReasonRowProps) {
  const t = useT();
  const name = reasonName(reason);
  const { maxMinutes, retired } = reason;
  return (
    <li className="flex min-h-12 items-center gap-1 px-4 py-1.5">
      <div className="min-w-0 flex-1">
        <p className={cn("flex items-center gap-2 font-medium", retired && "text-ink-3")}>
          <span className="truncate">{name}</span>
          {retired && <Badge>{t("states.rules.retired")}</Badge>}
        </p>
        <p className="text-small text-ink-3">
          {maxMinutes === null
            ? t("states.rules.unlimited")
            : t("states.rules.atMost", { time: lengthText(maxMinutes * 60_000, t) })}
        </p>
      </div>
      {/* Refused by a sign and not by `disabled`, which would take the focus away at the end of the list. */}
      <IconButton
        icon={ArrowUp}
        label={t("states.rules.up", { name })}
        aria-disabled={isFirst}
        onClick={() => !isFirst && onMove(-1)}
        className={cn(isFirst && "opacity-50")}
      />
      <IconButton
        icon={ArrowDown}
        label={t("states.rules.down", { name })}
        aria-disabled={isLast}
        onClick={() => !isLast && onMove(1)}
        className={cn(isLast && "opacity-50")}
      />
      <IconButton icon={Pencil} label={t("record.editOf", { name })} onClick={onEdit} />
      <IconButton
        icon={retired ? RotateCcw : Ban}
        label={t(retired ? "states.rules.bringBack" : "states.rules.retire", { name })}
        onClick={onRetire}
      />
    </li>
  );
}
