import type { CommandInput, Queue } from "@tongdai/shared";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { saveQueue } from "../../actions/save-queue.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { toast } from "../../ui/toast.tsx";
import { useSubmit } from "../use-submit.ts";
import { treeOf } from "./disposition-tree.ts";
import { FormDialog } from "./form-dialog.tsx";
import { draftOf, parseDraft, type QueueDraft } from "./queue-draft.ts";
import { QueueFinding } from "./queue-finding.tsx";
import { QueueGeneral } from "./queue-general.tsx";
import { QueueHelp } from "./queue-help.tsx";
import { QueueHours } from "./queue-hours.tsx";
import { QueuePriority } from "./queue-priority.tsx";
import { QueueRings } from "./queue-rings.tsx";
import { QueueWaiting } from "./queue-waiting.tsx";
import { placeNames } from "./queue-waiting-draft.ts";
import { QueueWrapUp } from "./queue-wrap-up.tsx";
import { useBasis } from "./versioned.tsx";

interface QueueFormProps {
  readonly queue: Queue | null;
  /** Takes what stands in the form instead of saving it: to be tried on a recorded day. */
  readonly onUse?: (input: CommandInput<"queue.save">) => void;
  readonly onClose: () => void;
}

const tabs = ["general", "wrapUp", "hours", "finding", "rings", "priority", "help", "waiting"] as const;
type Tab = (typeof tabs)[number];

/** Where a field stands. */
function tabOf(field: string): Tab {
  if (field === "hoursId" || field.startsWith("outOfHours")) return "hours";
  if (field.startsWith("dispositions") || field.startsWith("wrapUp.")) return "wrapUp";
  if (field.startsWith("rules.rings")) return "rings";
  if (field.startsWith("rules.priority")) return "priority";
  if (field.startsWith("rules.overflow")) return "help";
  if (field.startsWith("waiting")) return "waiting";
  return field.startsWith("rules.") ? "finding" : "general";
}

export function QueueForm({ queue, onUse, onClose }: QueueFormProps) {
  const t = useT();
  const client = useClient();
  const { busy, problem, errorOf, fields, submit, fail } = useSubmit();
  const { version } = useBasis();
  const [tab, setTab] = useState<Tab>("general");
  const [draft, setDraft] = useState<QueueDraft>(() =>
    draftOf(queue, {
      disposition: t("admin.queues.firstDisposition"),
      placeText: t("waiting.placeExample", placeNames),
    }),
  );
  const [seen, setSeen] = useState(fields);
  // The field that is wrong may stand on a tab that is not open.
  if (seen !== fields) {
    setSeen(fields);
    const [wrong] = Object.keys(fields);
    if (wrong !== undefined) setTab(tabOf(wrong));
  }
  const told = useRef(fields);
  // Once for each try: whoever goes through the tabs later is not interrupted.
  const goToFault = (part: HTMLElement | null) => {
    const wrong = part?.querySelector<HTMLElement>("[aria-invalid=true]");
    if (!wrong || told.current === fields) return;
    told.current = fields;
    wrong.focus();
  };
  const save = async () => {
    const parsed = parseDraft(queue?.id ?? null, draft, t);
    if ("field" in parsed) {
      fail(parsed.field, parsed.error);
      return;
    }
    if (onUse) {
      onUse(parsed.input);
      return;
    }
    if (!(await submit(() => saveQueue(client, { ...parsed.input, version })))) return;
    toast(t("settings.saved"), { tone: "success" });
    onClose();
  };
  // Somebody has taken away a skill or a queue that stands here.
  const isStale = "rules" in fields || "skills" in fields;
  const part = {
    draft,
    errorOf,
    onChange: (change: Partial<QueueDraft>) => setDraft({ ...draft, ...change }),
  };
  const bodies = {
    general: <QueueGeneral {...part} />,
    wrapUp: <QueueWrapUp {...part} />,
    hours: (
      <QueueHours
        value={draft.hours}
        error={"hoursId" in fields ? t("hours.stale") : undefined}
        onChange={(hours) => part.onChange({ hours })}
      />
    ),
    finding: <QueueFinding {...part} />,
    rings: <QueueRings {...part} />,
    priority: <QueuePriority {...part} />,
    help: <QueueHelp {...part} queueId={queue?.id ?? null} />,
    waiting: <QueueWaiting {...part} queueId={queue?.id ?? null} />,
  };
  return (
    <FormDialog
      title={titleOf({ queue, isTried: onUse !== undefined }, t)}
      {...(onUse ? { lead: t("replay.tryLead"), confirm: t("replay.use") } : {})}
      width="large"
      busy={busy}
      problem={isStale ? t("rules.stale") : problem}
      isReady={draft.name.trim() !== "" && treeOf(draft.dispositions).length > 0}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Tabs
        label={t("rules.tabs.label")}
        value={tab}
        onChange={setTab}
        className="h-[min(66vh,560px)]"
        tabs={tabs.map((value) => ({
          value,
          label: t(`rules.tabs.${value}`),
          content: <Part onShown={goToFault}>{bodies[value]}</Part>,
        }))}
      />
    </FormDialog>
  );
}

function titleOf({ queue, isTried }: { queue: Queue | null; isTried: boolean }, t: T): string {
  if (!queue) return t("admin.queues.add");
  return isTried ? t("replay.tryOf", { name: queue.name }) : t("record.editOf", { name: queue.name });
}

interface PartProps {
  /** After each render of what stands in it. */
  readonly onShown: (box: HTMLElement | null) => void;
  readonly children: ReactNode;
}

/** A tab's body. It is there only while its tab is open, so it tells when its fields can take focus. */
function Part({ onShown, children }: PartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => onShown(box.current));
  return (
    <div ref={box} className="flex h-full flex-col gap-4 overflow-y-auto px-1 pt-4 pb-1">
      {children}
    </div>
  );
}
