import { AppError } from "@tongdai/shared";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { logIn } from "../../actions/log-in.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { PasswordField } from "./password-field.tsx";
import { problemText } from "./problem-text.ts";

export interface Given {
  readonly username: string;
  readonly password: string;
}

const shortest = 10;

interface Props {
  readonly given: Given;
  readonly onBack: () => void;
}

/** The second step of a log-in with a password that somebody else knows: one of one's own takes its place. */
export function OwnPassword({ given, onBack }: Props) {
  const t = useT();
  const client = useClient();
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ at: "next" | "again"; text: string } | null>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const problemAt = (at: "next" | "again") => (problem?.at === at ? problem.text : null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy) return;
    if (next.length < shortest)
      return setProblem({ at: "next", text: t("auth.own.hint", { count: shortest }) });
    if (next === given.password) return setProblem({ at: "next", text: t("auth.own.same") });
    if (next !== again) return setProblem({ at: "again", text: t("auth.own.differs") });
    setBusy(true);
    setProblem(null);
    try {
      await logIn(client, given.username, given.password, next);
    } catch (cause) {
      setBusy(false);
      const isSame = cause instanceof AppError && cause.code === "invalid_input";
      setProblem({ at: "next", text: isSame ? t("auth.own.same") : problemText(cause, t) });
    }
  }

  return (
    <form
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-4"
      aria-labelledby="own-title"
    >
      <h1 id="own-title" className="text-title font-semibold">
        {t("auth.own.title")}
      </h1>
      <p className="text-body text-ink-2">{t("auth.own.lead")}</p>
      {/* Password keepers store the new one under this name. */}
      <input type="text" autoComplete="username" value={given.username} readOnly hidden />
      <PasswordField
        label={t("auth.own.next")}
        kind="new-password"
        hint={t("auth.own.hint", { count: shortest })}
        value={next}
        onChange={setNext}
        box={box}
        problem={problemAt("next")}
      />
      <PasswordField
        label={t("auth.own.again")}
        kind="new-password"
        value={again}
        onChange={setAgain}
        problem={problemAt("again")}
      />
      <Button
        type="submit"
        variant="primary"
        size="large"
        loading={busy}
        disabled={!busy && (next === "" || again === "")}
      >
        {t("auth.own.submit")}
      </Button>
      <Button variant="ghost" disabled={busy} onClick={onBack}>
        {t("auth.own.back")}
      </Button>
    </form>
  );
}
