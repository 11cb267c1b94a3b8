import type { TicketFilter, TicketQuery } from "@tongdai/shared";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { saveFilter } from "../../actions/save-filter.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { Input } from "../../ui/input.tsx";
import { useSubmit } from "../use-submit.ts";

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
  const { busy, problem, errorOf, submit } = useSubmit();
  const save = async () => {
    if (await submit(() => saveFilter(client, { id: filter?.id ?? null, name, query }))) onClose();
  };
  return (
    <FormDialog
      title={t(filter ? "ticket.views.rename" : "ticket.views.save")}
      width="small"
      busy={busy}
      problem={problem}
      isReady={name.trim() !== ""}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("ticket.views.name")} required {...errorOf("name")}>
        <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
