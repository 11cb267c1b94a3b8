import { type Capacity as CapacityOf, CapacityRule, WorkKind } from "@tongdai/shared";
import { type FormEvent, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { saveCapacity } from "../../actions/save-capacity.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Banner } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { asNumber } from "../numbers.ts";
import { useSubmit } from "../use-submit.ts";
import { InterruptMatrix } from "./interrupt-matrix.tsx";
import { Page } from "./page.tsx";

/** What goes with what, for everybody. */
export function Capacity() {
  const t = useT();
  const saved = useSelect((s) => s.people.capacity);
  return (
    <Page title={t("rules.capacity.title")} lead={t("rules.capacity.lead")}>
      <CapacityForm saved={saved} />
    </Page>
  );
}

function CapacityForm({ saved }: { readonly saved: CapacityOf }) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit, fail } = useSubmit();
  const [interrupts, setInterrupts] = useState(saved.interrupts);
  const [percent, setPercent] = useState(() => percentOf(saved));
  const [start, setStart] = useState(saved);
  // Somebody else has saved: what was typed here stays, what was not touched follows.
  if (start !== saved) {
    setStart(saved);
    if (isSame(interrupts, start.interrupts)) setInterrupts(saved.interrupts);
    if (percent === percentOf(start)) setPercent(percentOf(saved));
  }
  const parsed = CapacityRule.safeParse({ interrupts, idleChat: asNumber(percent) / 100 });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!parsed.success) {
      fail("idleChat", t("rules.notNumber", { min: 0, max: 100 }));
      return;
    }
    if (await submit(() => saveCapacity(client, { ...parsed.data, version: saved.version })))
      toast(t("settings.saved"), { tone: "success" });
  };
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-6">
      <InterruptMatrix value={interrupts} onChange={setInterrupts} />
      <Field
        label={t("rules.capacity.idleChat")}
        hint={t("rules.capacity.idleChatHint")}
        {...errorOf("idleChat")}
      >
        <Input
          value={percent}
          inputMode="decimal"
          trailing={t("rules.percent")}
          onChange={(event) => setPercent(event.target.value.trim())}
          className="w-32"
        />
      </Field>
      <Meaning rule={parsed.success ? parsed.data : null} />
      {problem !== null && <Banner tone="danger">{problem}</Banner>}
      <Button type="submit" variant="primary" loading={busy} className="self-start">
        {t("common.save")}
      </Button>
    </form>
  );
}

const isSame = (one: CapacityRule["interrupts"], other: CapacityRule["interrupts"]): boolean =>
  one.length === other.length && one.every((a) => other.some((b) => a.by === b.by && a.over === b.over));

const percentOf = ({ idleChat }: CapacityRule): string => String(Math.round(idleChat * 100));

function Meaning({ rule }: { readonly rule: CapacityRule | null }) {
  const t = useT();
  return (
    <section aria-label={t("rules.capacity.means")} aria-live="polite">
      <h3 className="mb-1 text-small font-medium text-ink-2">{t("rules.capacity.means")}</h3>
      {rule === null ? (
        <p className="text-ink-2">{t("rules.example.unclear")}</p>
      ) : (
        <ul className="flex list-disc flex-col gap-0.5 pl-5 text-body text-ink">
          {WorkKind.options.map((by) => (
            <li key={by}>{incomingText(by, rule, t)}</li>
          ))}
          <li>{idleText(rule.idleChat, t)}</li>
        </ul>
      )}
    </section>
  );
}

function incomingText(by: WorkKind, { interrupts }: CapacityRule, t: T): string {
  const name = t(`rules.capacity.kind.${by}`);
  const over = interrupts
    .filter((pair) => pair.by === by)
    .map((pair) => t(`rules.capacity.kind.${pair.over}`));
  return over.length === 0
    ? t("rules.capacity.comesFree", { by: name })
    : t("rules.capacity.comesOver", { by: name, over: over.join(", ") });
}

/** Told for somebody who may hold this many chats. */
const exampleChats = 3;

function idleText(weight: number, t: T): string {
  if (weight === 0) return t("rules.capacity.idleNone");
  if (weight === 1) return t("rules.capacity.idleFull");
  return t("rules.capacity.idlePart", { limit: exampleChats, count: idleChatsThatFit(weight) });
}

/** One more is offered as long as a live chat fits beside those that wait. */
const idleChatsThatFit = (weight: number): number => Math.floor((exampleChats - 1) / weight + 1e-9);
