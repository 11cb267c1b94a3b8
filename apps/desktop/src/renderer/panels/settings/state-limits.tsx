import type { StateRules } from "@tongdai/shared";
import { type FormEvent, useState } from "react";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Banner } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { asNumber, minutesOf } from "../numbers.ts";
import { useSubmit } from "../use-submit.ts";
import { NumberField } from "./number-field.tsx";

type Limits = Pick<StateRules, "maxMinutes" | "keepHours">;

interface StateLimitsProps {
  readonly rules: StateRules;
  readonly onSave: (limits: Limits) => Promise<void>;
}

const typed = ({ maxMinutes, keepHours }: Limits) => ({
  busy: String(maxMinutes.busy ?? ""),
  missed: String(maxMinutes.missed ?? ""),
  keep: String(keepHours),
});

/** Longest times of what is no reason, and how long work is kept for who signs off. */
export function StateLimits({ rules, onSave }: StateLimitsProps) {
  const t = useT();
  const { busy: isBusy, problem, errorOf, submit, fail } = useSubmit();
  const [text, setText] = useState(() => typed(rules));
  const change = (part: Partial<typeof text>) => setText((was) => ({ ...was, ...part }));
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const [busy, missed] = [minutesOf(text.busy), minutesOf(text.missed)];
    const keepHours = asNumber(text.keep);
    if (busy === undefined) return fail("busy", t("states.rules.notNumber", { min: 1, max: 600 }));
    if (missed === undefined) return fail("missed", t("states.rules.notNumber", { min: 1, max: 600 }));
    if (!Number.isInteger(keepHours) || keepHours < 1 || keepHours > 72)
      return fail("keep", t("states.rules.notNumber", { min: 1, max: 72 }));
    if (await submit(() => onSave({ maxMinutes: { busy, missed }, keepHours })))
      toast(t("settings.saved"), { tone: "success" });
  };
  const minutes = { hint: t("states.rules.maxHint"), unit: t("states.rules.minutes") };
  return (
    <form onSubmit={(event) => void save(event)} className="flex max-w-100 flex-col gap-4">
      <NumberField
        label={t("states.rules.busy")}
        {...minutes}
        value={text.busy}
        onChange={(busy) => change({ busy })}
        error={errorOf("busy")}
      />
      <NumberField
        label={t("states.rules.missed")}
        {...minutes}
        value={text.missed}
        onChange={(missed) => change({ missed })}
        error={errorOf("missed")}
      />
      <NumberField
        label={t("states.rules.keep")}
        hint={t("states.rules.keepHint")}
        unit={t("states.rules.hours")}
        value={text.keep}
        onChange={(keep) => change({ keep })}
        error={errorOf("keep")}
      />
      {problem !== null && <Banner tone="danger">{problem}</Banner>}
      <Button type="submit" variant="primary" loading={isBusy} className="self-start">
        {t("common.save")}
      </Button>
    </form>
  );
}
