import { LevelRule, ReportDefinition } from "@tongdai/shared";
import { Settings2 } from "lucide-react";
import { useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { defineLevel } from "../../actions/steer.ts";
import { useT } from "../../i18n/index.ts";
import { can } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { lengthText } from "../../ui/time.tsx";
import { toast } from "../../ui/toast.tsx";
import { asNumber } from "../numbers.ts";
import { useSubmit } from "../use-submit.ts";

interface LevelDefinitionProps {
  readonly definition: ReportDefinition;
  readonly isWall: boolean;
}

/** What service level means here, beside the numbers. */
export function LevelDefinition({ definition, isWall }: LevelDefinitionProps) {
  const t = useT();
  const maySet = useSelect((s) => can(s, "floor.act")) && !isWall;
  const [isOpen, setIsOpen] = useState(false);
  const rule = t(`report.levels.${definition.level}`);
  const time = lengthText(definition.targetSeconds * 1_000, t);
  return (
    <span
      className={cn(
        "flex min-w-0 items-center gap-1 text-ink-2",
        isWall ? "text-[clamp(0.8rem,1.05vw,1.5rem)] leading-tight" : "text-small",
      )}
    >
      <span
        className={isWall ? "text-right text-pretty" : "truncate"}
        title={t("board.definition.line", { rule, time })}
      >
        {t("board.definition.line", { rule, time })}
      </span>
      {maySet && (
        <IconButton icon={Settings2} label={t("board.definition.set")} onClick={() => setIsOpen(true)} />
      )}
      {isOpen && <DefinitionDialog definition={definition} onClose={() => setIsOpen(false)} />}
    </span>
  );
}

function DefinitionDialog(props: { readonly definition: ReportDefinition; readonly onClose: () => void }) {
  const { onClose } = props;
  const t = useT();
  const client = useClient();
  const [level, setLevel] = useState(props.definition.level);
  const [target, setTarget] = useState(String(props.definition.targetSeconds));
  const [short, setShort] = useState(String(props.definition.shortAbandonSeconds));
  const { busy, problem, submit } = useSubmit();
  const read = ReportDefinition.safeParse({
    ...props.definition,
    level,
    targetSeconds: asNumber(target),
    shortAbandonSeconds: asNumber(short),
  });
  const bad = (field: string) =>
    !read.success && read.error.issues.some((i) => i.path[0] === field)
      ? { error: t("board.thresholds.bad") }
      : {};

  const save = async () => {
    if (!read.success || !(await submit(() => defineLevel(client, read.data)))) return;
    toast(t("board.definition.saved"), { tone: "success" });
    onClose();
  };
  return (
    <FormDialog
      title={t("board.definition.set")}
      lead={t("board.definition.lead")}
      width="small"
      busy={busy}
      problem={problem}
      isReady={read.success}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("report.level")}>
        <Select
          value={level}
          onChange={setLevel}
          options={LevelRule.options.map((value) => ({ value, label: t(`report.levels.${value}`) }))}
        />
      </Field>
      <Field label={t("report.target")} hint={t("report.targetHint")} {...bad("targetSeconds")}>
        <Input inputMode="numeric" maxLength={5} value={target} onChange={(e) => setTarget(e.target.value)} />
      </Field>
      <Field label={t("report.short")} hint={t("report.shortHint")} {...bad("shortAbandonSeconds")}>
        <Input inputMode="numeric" maxLength={4} value={short} onChange={(e) => setShort(e.target.value)} />
      </Field>
    </FormDialog>
  );
}
