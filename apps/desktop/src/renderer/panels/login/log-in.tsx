import { AppError } from "@tongdai/shared";
import { Headset } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { demoLogIns, logIn } from "../../actions/log-in.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changePreferences } from "../../actions/set-preferences.ts";
import { useLanguage, useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Banner } from "../../ui/states.tsx";
import { type Demo, DemoLogIns } from "./demo-log-ins.tsx";
import { type Given, OwnPassword } from "./own-password.tsx";
import { PasswordField } from "./password-field.tsx";
import { problemText } from "./problem-text.ts";

/** The first screen: both languages at hand, one thing to do. */
export function LogIn() {
  const t = useT();
  const client = useClient();
  const ended = useSelect((s) => s.session.ended);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [given, setGiven] = useState<Given | null>(null);
  const [demo, setDemo] = useState<Demo | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const passwordBox = useRef<HTMLInputElement>(null);

  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    demoLogIns(client).then(setDemo, () => undefined);
  }, [client]);

  async function enter(name: string, secret: string): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await logIn(client, name, secret);
    } catch (cause) {
      setBusy(false);
      if (cause instanceof AppError && cause.code === "password_change_required") {
        setGiven({ username: name, password: secret });
        return;
      }
      setProblem(problemText(cause, t));
      passwordBox.current?.select();
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!busy && username.trim() && password) void enter(username, password);
  }

  return (
    <main className="flex h-full flex-col overflow-y-auto bg-canvas">
      <LanguageChoice />
      <div className="m-auto w-full max-w-90 px-6 py-10">
        <div className="mb-6 flex items-center gap-3">
          <span className="flex size-10 items-center justify-center rounded-ui bg-accent text-on-accent">
            <Headset size={22} aria-hidden />
          </span>
          <div>
            <p className="text-title font-semibold">{t("common.appName")}</p>
            <p className="text-small text-balance text-ink-3">{t("desk.login.lead")}</p>
          </div>
        </div>
        {given ? (
          <OwnPassword
            given={given}
            onBack={() => {
              setGiven(null);
              setPassword("");
            }}
          />
        ) : (
          <form onSubmit={submit} className="flex flex-col gap-4" aria-labelledby="log-in-title">
            <h1 id="log-in-title" className="text-title font-semibold">
              {t("auth.title")}
            </h1>
            {ended && <Banner tone="info">{t("auth.expired")}</Banner>}
            <Field label={t("desk.login.username")}>
              <Input
                value={username}
                onChange={(e) => setUsername(e.target.value)}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                ref={first}
              />
            </Field>
            <PasswordField
              label={t("auth.password")}
              kind="current-password"
              value={password}
              onChange={setPassword}
              box={passwordBox}
              problem={problem}
            />
            <Button
              type="submit"
              variant="primary"
              size="large"
              loading={busy}
              disabled={!busy && (username.trim() === "" || password === "")}
            >
              {busy ? t("auth.submitting") : t("auth.submit")}
            </Button>
            <p className="text-small text-ink-3">{t("auth.forgot")}</p>
          </form>
        )}
        {demo && !given && (
          <DemoLogIns demo={demo} busy={busy} onChoose={(name) => void enter(name, demo.password)} />
        )}
      </div>
    </main>
  );
}

function LanguageChoice() {
  const t = useT();
  const client = useClient();
  const language = useLanguage();
  return (
    <fieldset className="flex justify-end gap-1 p-3">
      <legend className="sr-only">{t("settings.language.title")}</legend>
      {(["vi", "en"] as const).map((code) => (
        <Button
          key={code}
          variant="ghost"
          size="small"
          lang={code}
          aria-pressed={language === code}
          onClick={() => changePreferences(client, { language: code })}
          className={language === code ? "text-accent-ink underline underline-offset-4" : ""}
        >
          {t(`settings.language.${code}`)}
        </Button>
      ))}
    </fieldset>
  );
}
