import { type KeyboardEvent, useId, useState } from "react";
import { dial, loadPad, refusalOf } from "../../actions/dial.ts";
import { closeDialog } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import type { DialRefused, DialTo } from "../../state/dialog.ts";
import { Button } from "../../ui/button.tsx";
import { isComposing } from "../../ui/composing.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { causeText } from "../words.ts";
import { Choices, type HowToCall, usual } from "./choices.tsx";
import { Digits } from "./digits.tsx";
import { type Problem, problemOf, Refusal } from "./refusal.tsx";
import { Rows } from "./rows.tsx";
import { useRows } from "./use-rows.ts";

export default function DialPadDialog() {
  const dialog = useSelect((s) => (s.ui.dialog?.kind === "dial" ? s.ui.dialog : null));
  return dialog && <DialPad to={dialog.to} refused={dialog.refused} />;
}

interface DialPadProps {
  /** Whom it was opened for. */
  readonly to: DialTo | null;
  /** Why that was refused before. */
  readonly refused: DialRefused | null;
}

function DialPad({ to, refused }: DialPadProps) {
  const t = useT();
  const client = useClient();
  const list = useId();
  const { value: pad } = useFetched(loadPad);
  const [text, setText] = useState(() => (to && "number" in to ? formatPhone(to.number) : ""));
  const [how, setHow] = useState<HowToCall>(usual);
  const [lit, setLit] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(() => refused && problemOf(refused, t));
  const { dialled, rows } = useRows(text, pad?.recent ?? []);
  const type = (next: string) => {
    setText(next);
    setLit(0);
    setProblem(null);
  };
  async function call(who: DialTo): Promise<void> {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await dial(client, { to: who, ...how });
      closeDialog(client);
    } catch (cause) {
      const why = refusalOf(cause);
      setProblem(why ? problemOf(why, t) : { text: causeText(cause, t), place: null });
    } finally {
      setBusy(false);
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const row = rows[lit];
    if (event.key === "ArrowDown") setLit(Math.min(rows.length - 1, lit + 1));
    else if (event.key === "ArrowUp") setLit(Math.max(0, lit - 1));
    else if (event.key === "Enter" && row) void call(row.to);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  const isWrong = !dialled && /^[+\d][\d\s().-]{6,}$/.test(text.trim());
  const emergency = dialled?.kind === "emergency";
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closeDialog(client)}
      title={t("dial.title")}
      footer={
        <>
          {pad?.left != null && (
            <span className="mr-auto self-center text-small text-ink-3">
              {t("dial.left", { count: pad.left })}
            </span>
          )}
          <Button onClick={() => closeDialog(client)}>{t("common.cancel")}</Button>
          <Button
            variant="primary"
            loading={busy}
            disabled={rows.length === 0}
            onClick={() => {
              const row = rows[lit];
              if (row) void call(row.to);
            }}
          >
            {t("dial.call")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field
          label={t("dial.to")}
          hint={isWrong ? t("dial.wrong") : emergency ? t("dial.emergency") : t("dial.hint")}
        >
          <Input
            role="combobox"
            aria-expanded={rows.length > 0}
            aria-controls={list}
            aria-activedescendant={rows[lit] ? `${list}-${lit}` : undefined}
            inputMode="tel"
            autoComplete="off"
            value={text}
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
          />
        </Field>
        {problem && <Refusal {...problem} />}
        <div className="flex gap-4">
          <Digits
            onPress={(digit) => type(`${text}${digit}`)}
            onErase={() => type(text.trimEnd().slice(0, -1))}
          />
          <Rows
            id={list}
            label={t(text.trim() === "" ? "dial.recent" : "dial.found")}
            empty={t(text.trim() === "" ? "dial.nobody" : "dial.nobodyFound")}
            rows={rows}
            lit={lit}
            onChoose={(row) => void call(row.to)}
          />
        </div>
        <Choices callers={pad?.callers ?? []} how={how} onChange={setHow} />
      </div>
    </Dialog>
  );
}
