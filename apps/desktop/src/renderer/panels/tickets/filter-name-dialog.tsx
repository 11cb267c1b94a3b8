import type { TicketFilter, TicketQuery } from "@tongdai/shared";
import { type FormEvent, useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { saveFilter } from "../../actions/save-filter.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { causeText } from "../words.ts";

interface FilterNameDialogProps {
  /** `null`: a new one. */
  readonly filter: TicketFilter | null;
  readonly query: TicketQuery;
  readonly onClose: () => void;
}

export function FilterNameDialog({ filter, query, onClose }: FilterNameDialogProps) {
  const t = useT();
  const client = useClient();
  const [name, setName] = useState(filter?.name ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (name.trim() === "" || busy) return;
    setBusy(true);
    saveFilter(client, { id: filter?.id ?? null, name, query }).then(onClose, (cause: unknown) => {
      setProblem(causeText(cause, t));
      setBusy(false);
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(filter ? "ticket.views.rename" : "ticket.views.save")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={name.trim() === ""} loading={busy} onClick={() => submit()}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form onSubmit={submit}>
        <Field label={t("ticket.views.name")} required {...(problem ? { error: problem } : {})}>
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
