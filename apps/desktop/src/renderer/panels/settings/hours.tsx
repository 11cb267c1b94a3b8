import { AppError, type Hours as HoursOf, isOpen, nextChange } from "@tongdai/shared";
import { CalendarClock, Pencil, Plus, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { removeHours, saveHours } from "../../actions/save-hours.ts";
import { useT } from "../../i18n/index.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useTicking } from "../../ui/ticker.ts";
import { toast } from "../../ui/toast.tsx";
import { HoursForm } from "./hours-form.tsx";
import { writeSpans } from "./hours-text.ts";
import { weekdays } from "./hours-week.tsx";
import { frame, Page } from "./page.tsx";
import { Versioned } from "./versioned.tsx";

/** When there is somebody: the week, holidays and special days that queues go by. */
export function Hours() {
  const t = useT();
  const hours = useSelect((s) => s.people.hours);
  const [editing, setEditing] = useState<HoursOf | "new" | null>(null);
  const shown = useMemo(() => Object.values(hours).sort((a, b) => a.name.localeCompare(b.name)), [hours]);
  return (
    <Page
      title={t("settings.hours.title")}
      lead={t("hours.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("hours.add")}
        </Button>
      }
    >
      {shown.length === 0 ? (
        <EmptyState icon={CalendarClock} title={t("hours.empty")} body={t("hours.emptyBody")} />
      ) : (
        <ul className={frame}>
          {shown.map((each) => (
            <Row key={each.id} hours={each} onEdit={() => setEditing(each)} />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : hours[editing.id]}
        >
          {(each) => <HoursForm hours={each} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </Page>
  );
}

interface RowProps {
  readonly hours: HoursOf;
  readonly onEdit: () => void;
}

function Row({ hours, onEdit }: RowProps) {
  const t = useT();
  const run = useRun();
  const queues = useSelect((s) => s.people.queues);
  const users = Object.values(queues)
    .filter((queue) => queue.hoursId === hours.id)
    .map((queue) => queue.name)
    .sort((a, b) => a.localeCompare(b));
  const open = useTicking((now) => isOpen(hours, now));
  const change = useTicking((now) => nextChange(hours, now));
  const remove = () =>
    run(async (c) => {
      try {
        await removeHours(c, hours.id);
      } catch (cause) {
        if (!(cause instanceof AppError && cause.code === "conflict")) throw cause;
        toast(t("hours.inUse", { name: hours.name }), { tone: "error" });
        return;
      }
      toast(t("record.removed", { name: hours.name }), {
        action: { label: t("common.undo"), onClick: () => run((u) => saveHours(u, { ...hours, id: null })) },
      });
    });
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{hours.name}</span>
          <Badge tone={open ? "green" : "neutral"}>{t(open ? "hours.open" : "hours.closed")}</Badge>
          {change !== null && (
            <span className="truncate text-small text-ink-3">
              {t(open ? "hours.closesAt" : "hours.opensAt", { time: formatDateTime(change) })}
            </span>
          )}
        </p>
        <p className="text-small text-ink-2">
          <Week hours={hours} />
        </p>
        <p className="truncate text-small text-ink-3" title={users.join(", ")}>
          {hours.timeZone.replaceAll("_", " ")}
          {" · "}
          {t("hours.days", { count: hours.days.length })}
          {" · "}
          {users.length > 0 ? t("hours.usedBy", { queues: users.join(", ") }) : t("hours.unused")}
        </p>
      </div>
      <Button size="small" icon={Pencil} onClick={onEdit}>
        {t("common.edit")}
      </Button>
      <IconButton
        icon={Trash2}
        size="small"
        label={t("common.removeNamed", { name: hours.name })}
        onClick={remove}
      />
    </li>
  );
}

/** Days that follow each other with the same hours are told together. */
function Week({ hours }: { readonly hours: HoursOf }) {
  const t = useT();
  const groups: { from: number; to: number; text: string }[] = [];
  for (const [day, spans] of hours.weekly.entries()) {
    const text = writeSpans(spans);
    const last = groups.at(-1);
    if (last?.text === text) last.to = day;
    else groups.push({ from: day, to: day, text });
  }
  const short = (day: number) => t(`hours.short.${weekdays[day] ?? "monday"}`);
  return groups
    .map(({ from, to, text }) => {
      const days = from === to ? short(from) : `${short(from)}–${short(to)}`;
      return `${days} ${text || t("hours.closedDay")}`;
    })
    .join(" · ");
}
