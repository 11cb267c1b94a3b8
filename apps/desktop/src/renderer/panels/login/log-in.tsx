import { AppError } from "@tongdai/shared";
import { Eye, EyeOff, Headset } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { demoLogIns, logIn } from "../../actions/log-in.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changePreferences } from "../../actions/set-preferences.ts";
import { type T, useLanguage, useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Banner } from "../../ui/states.tsx";
import { errorText } from "../words.ts";
import { type Demo, DemoLogIns } from "./demo-log-ins.tsx";

/** The first screen: both languages at hand, one thing to do. */
export function LogIn() {
  const t = useT();
  const client = useClient();
  const ended = useSelect((s) => s.session.ended);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
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
      setProblem(problemText(cause, t));
      setBusy(false);
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
          <PasswordField value={password} onChange={setPassword} box={passwordBox} problem={problem} />
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
        {demo && <DemoLogIns demo={demo} busy={busy} onChoose={(name) => void enter(name, demo.password)} />}
      </div>
    </main>
  );
}

interface PasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly box: React.Ref<HTMLInputElement>;
  readonly problem: string | null;
}

function PasswordField({ value, onChange, box, problem }: PasswordFieldProps) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const [caps, setCaps] = useState(false);
  const watchCaps = (event: KeyboardEvent) => setCaps(event.getModifierState("CapsLock"));
  return (
    <Field
      label={t("auth.password")}
      {...(caps ? { hint: t("auth.capsLock") } : {})}
      {...(problem ? { error: problem } : {})}
    >
      <Input
        ref={box}
        type={shown ? "text" : "password"}
        value={value}
        onChange={(e) => onChange(e.target.value)}
        onKeyDown={watchCaps}
        onKeyUp={watchCaps}
        onBlur={() => setCaps(false)}
        autoComplete="current-password"
        trailing={
          <IconButton
            icon={shown ? EyeOff : Eye}
            size="small"
            label={t(shown ? "auth.hidePassword" : "auth.showPassword")}
            pressed={shown}
            onClick={() => setShown(!shown)}
          />
        }
      />
    </Field>
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

function problemText(cause: unknown, t: T): string {
  if (!(cause instanceof AppError)) return t("desk.login.failed");
  const { code } = cause;
  if (code === "bad_credentials" || code === "unauthenticated") return t("desk.login.wrong");
  if (code === "unavailable" || code === "timeout") return t("desk.login.unreachable");
  if (code === "rate_limited") return t("desk.login.tooOften");
  return code === "forbidden" ? t("auth.disabled") : errorText(code, t);
}
