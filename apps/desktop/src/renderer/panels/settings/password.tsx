import { AppError } from "@tongdai/shared";
import { type FormEvent, useState } from "react";
import { changePassword } from "../../actions/change-password.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Banner } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSubmit } from "../use-submit.ts";
import { Page } from "./page.tsx";

export const shortestPassword = 10;

export function Password() {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit, fail } = useSubmit();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (current === "" || next === "") return;
    if (next.length < shortestPassword) {
      fail("next", t("errors.field.tooShort", { count: shortestPassword }));
      return;
    }
    let isWrong = false;
    const isDone = await submit(() =>
      changePassword(client, { current, next }).catch((cause: unknown) => {
        isWrong = cause instanceof AppError && cause.code === "bad_credentials";
        throw cause;
      }),
    );
    if (isWrong) fail("current", t("settings.password.wrong"));
    if (!isDone) return;
    setCurrent("");
    setNext("");
    toast(t("settings.password.changed"), { tone: "success" });
  };
  return (
    <Page title={t("settings.password.title")} lead={t("admin.passwordLead")}>
      <form onSubmit={(event) => void save(event)} className="flex max-w-90 flex-col gap-4">
        <Field label={t("settings.password.current")} {...errorOf("current")}>
          <Input
            type="password"
            autoComplete="current-password"
            value={current}
            maxLength={200}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field
          label={t("settings.password.next")}
          hint={t("settings.password.hint", { count: shortestPassword })}
          {...errorOf("next")}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={next}
            maxLength={200}
            onChange={(event) => setNext(event.target.value)}
          />
        </Field>
        {problem !== null && <Banner tone="danger">{problem}</Banner>}
        <div>
          <Button type="submit" variant="primary" loading={busy} disabled={current === "" || next === ""}>
            {t("settings.password.change")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
