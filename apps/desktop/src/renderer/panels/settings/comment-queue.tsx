import type { Queue } from "@tongdai/shared";
import { useMemo } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Select, type SelectOption } from "../../ui/select.tsx";

export const queueOptions = (queues: Readonly<Record<string, Queue>>): SelectOption<string>[] =>
  Object.values(queues)
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => a.label.localeCompare(b.label));

/** Ids are of another form. */
const SAME = "same";

interface CommentQueueProps {
  /** `null`: where everything else of the account goes. */
  readonly value: string | null;
  readonly onChange: (queueId: string | null) => void;
  readonly trouble: { readonly error?: string };
}

/** Where the comments beneath an account's posts go. */
export function CommentQueue({ value, onChange, trouble }: CommentQueueProps) {
  const t = useT();
  const queues = useSelect((s) => s.people.queues);
  const options = useMemo(
    () => [{ value: SAME, label: t("admin.account.sameQueue") }, ...queueOptions(queues)],
    [queues, t],
  );
  return (
    <Field label={t("admin.account.commentQueue")} hint={t("admin.account.commentQueueHint")} {...trouble}>
      <Select
        value={value ?? SAME}
        onChange={(chosen) => onChange(chosen === SAME ? null : chosen)}
        options={options}
      />
    </Field>
  );
}
