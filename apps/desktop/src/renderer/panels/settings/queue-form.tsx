import { fold, permissionsOf, type Queue } from "@tongdai/shared";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { saveQueue } from "../../actions/save-queue.ts";
import { useT } from "../../i18n/index.ts";
import { Field } from "../../ui/field.tsx";
import { Input, Textarea } from "../../ui/input.tsx";
import { toast } from "../../ui/toast.tsx";
import { Checkbox } from "../../ui/toggles.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { QueueHours, type QueueHoursValue } from "./queue-hours.tsx";
import { useSubmit } from "./use-submit.ts";

interface QueueFormProps {
  readonly queue: Queue | null;
  readonly onClose: () => void;
}

const limits = {
  offerSeconds: { min: 5, max: 600 },
  wrapUpSeconds: { min: 0, max: 3_600 },
} as const;
type Times = keyof typeof limits;

export function QueueForm({ queue, onClose }: QueueFormProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, submit, fail } = useSubmit();
  const [name, setName] = useState(queue?.name ?? "");
  const [memberIds, setMemberIds] = useState<readonly string[]>(queue?.memberIds ?? []);
  const [seconds, setSeconds] = useState<Readonly<Record<Times, string>>>({
    offerSeconds: String(queue?.offerSeconds ?? 30),
    wrapUpSeconds: String(queue?.wrapUpSeconds ?? 60),
  });
  const [dispositions, setDispositions] = useState(
    (queue?.dispositions.map((d) => d.name) ?? [t("admin.queues.firstDisposition")]).join("\n"),
  );
  const [unresolved, setUnresolved] = useState<readonly string[]>(
    queue?.dispositions.filter((d) => !d.resolved).map((d) => d.name) ?? [],
  );
  const [hours, setHours] = useState<QueueHoursValue>({
    hoursId: queue?.hoursId ?? null,
    reply: queue?.outOfHours.reply ?? "",
    action: queue?.outOfHours.action ?? "hold",
  });
  const lines = [
    ...new Set(
      dispositions
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];

  const save = async () => {
    const wrong = (Object.keys(limits) as Times[]).find((key) => !isWithin(key, seconds[key]));
    if (wrong) {
      fail(wrong, t("admin.queues.between", limits[wrong]));
      return;
    }
    const isDone = await submit(() =>
      saveQueue(client, {
        id: queue?.id ?? null,
        name,
        memberIds: [...memberIds],
        offerSeconds: Number(seconds.offerSeconds),
        wrapUpSeconds: Number(seconds.wrapUpSeconds),
        hoursId: hours.hoursId,
        outOfHours: { reply: hours.reply, action: hours.action },
        dispositions: lines.map((line) => ({ name: line, resolved: !unresolved.includes(line) })),
      }),
    );
    if (!isDone) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };

  return (
    <FormDialog
      title={queue ? t("record.editOf", { name: queue.name }) : t("admin.queues.add")}
      busy={busy}
      problem={problem}
      isReady={name.trim() !== "" && lines.length > 0}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Field label={t("admin.queues.name")} required {...errorOf("name")}>
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Members chosen={memberIds} onChange={setMemberIds} />
      <div className="grid grid-cols-2 gap-4">
        {(["offerSeconds", "wrapUpSeconds"] as const).map((key) => (
          <Field
            key={key}
            label={t(`admin.queues.${key}`)}
            hint={t(`admin.queues.${key}Hint`)}
            {...errorOf(key)}
          >
            <Input
              value={seconds[key]}
              inputMode="numeric"
              trailing={t("admin.seconds")}
              onChange={(event) => setSeconds({ ...seconds, [key]: event.target.value.trim() })}
            />
          </Field>
        ))}
      </div>
      <QueueHours value={hours} onChange={setHours} />
      <Field
        label={t("admin.queues.dispositionsLabel")}
        hint={t("admin.queues.dispositionsHint")}
        required
        {...errorOf("dispositions")}
      >
        <Textarea
          value={dispositions}
          minRows={4}
          onChange={(event) => setDispositions(event.target.value)}
        />
      </Field>
      <Unresolved dispositions={lines} chosen={unresolved} onChange={setUnresolved} />
    </FormDialog>
  );
}

interface UnresolvedProps {
  readonly dispositions: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (names: readonly string[]) => void;
}

/** Which results leave the matter open: the wrap-up then proposes a ticket. */
function Unresolved({ dispositions, chosen, onChange }: UnresolvedProps) {
  const t = useT();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("admin.queues.unresolvedLabel")}</legend>
      <div className="grid max-h-44 grid-cols-2 gap-x-4 overflow-y-auto rounded-ui border border-line p-2">
        {dispositions.map((name) => (
          <Checkbox
            key={name}
            checked={chosen.includes(name)}
            onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((other) => other !== name))}
            label={name}
          />
        ))}
      </div>
    </fieldset>
  );
}

function isWithin(key: Times, text: string): boolean {
  const { min, max } = limits[key];
  const value = Number(text);
  return text !== "" && Number.isInteger(value) && value >= min && value <= max;
}

interface MembersProps {
  readonly chosen: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

const manyPeople = 8;

function Members({ chosen, onChange }: MembersProps) {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const [query, setQuery] = useState("");
  const people = useMemo(
    () =>
      Object.values(users)
        .filter((user) => !user.disabled && permissionsOf(user.roles).has("work"))
        .sort((a, b) => a.name.localeCompare(b.name)),
    [users],
  );
  const wanted = fold(query.trim());
  const shown = people.filter((user) => fold(`${user.name} ${user.username}`).includes(wanted));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">
        {t("admin.queues.membersLabel")}{" "}
        <span className="font-normal text-ink-3">({t("common.nSelected", { count: chosen.length })})</span>
      </legend>
      {people.length >= manyPeople && (
        <Input
          icon={Search}
          value={query}
          aria-label={t("admin.people.search")}
          placeholder={t("admin.people.search")}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      )}
      <div className="grid max-h-44 grid-cols-2 gap-x-4 overflow-y-auto rounded-ui border border-line p-2">
        {shown.map((user) => (
          <Checkbox
            key={user.id}
            checked={chosen.includes(user.id)}
            onChange={(on) => onChange(on ? [...chosen, user.id] : chosen.filter((id) => id !== user.id))}
            label={user.name}
          />
        ))}
        {shown.length === 0 && <p className="col-span-2 text-ink-3">{t("common.noResults")}</p>}
      </div>
    </fieldset>
  );
}
