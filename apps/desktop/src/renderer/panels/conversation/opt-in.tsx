import { type FormEvent, useState } from "react";
import { optIn } from "../../actions/opt-in.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Popover } from "../../ui/popover.tsx";
import { Banner } from "../../ui/states.tsx";
import { useSubmit } from "../use-submit.ts";

const LONGEST = 200;

/** The customer, who had refused, said elsewhere that they agree again: with how we know. */
export function OptIn({ conversationId }: { readonly conversationId: string }) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit } = useSubmit();
  const [reason, setReason] = useState("");
  const save = (event: FormEvent) => {
    event.preventDefault();
    void submit(() => optIn(client, conversationId, reason.trim()));
  };
  return (
    <Popover
      label={t("desk.optIn.title")}
      side="top"
      align="end"
      className="w-80"
      trigger={<Button>{t("desk.optIn.open")}</Button>}
    >
      <form onSubmit={save} className="flex flex-col gap-3">
        <p className="text-body text-ink-2">{t("desk.optIn.lead")}</p>
        <Field label={t("desk.optIn.reason")} {...errorOf("reason")}>
          <Input
            value={reason}
            maxLength={LONGEST}
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {problem !== null && <Banner tone="danger">{problem}</Banner>}
        <Button
          type="submit"
          variant="primary"
          loading={busy}
          disabled={reason.trim() === ""}
          className="self-end"
        >
          {t("desk.optIn.save")}
        </Button>
      </form>
    </Popover>
  );
}
