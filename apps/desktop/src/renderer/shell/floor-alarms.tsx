import { alarming, alertnessOf, type ThresholdMeasure } from "@tongdai/shared";
import { BellRing, Volume2, VolumeX } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { navigate } from "../actions/navigate.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { changePreferences } from "../actions/set-preferences.ts";
import { type QueuesNow, useQueueFeed } from "../actions/use-queue-feed.ts";
import { type T, useT } from "../i18n/index.ts";
import { can } from "../state/selectors.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { useTicking } from "../ui/ticker.ts";
import { repeat } from "./repeat.ts";
import { createSounds } from "./sounds.ts";

/** Alarms of queues, wherever the supervisor is. */
export function FloorAlarms() {
  const mayWatch = useSelect((s) => can(s, "floor.see"));
  return mayWatch ? <Alarms /> : null;
}

function Alarms() {
  const t = useT();
  const client = useClient();
  const now = useQueueFeed();
  const words = useTicking((at) => alarmsOf(now, at).join(" "));
  const alarms = useMemo(() => words.split(" ").filter((key) => key !== ""), [words]);
  const [known, setKnown] = useState<readonly string[]>([]);
  // What is over is forgotten: when it comes again, it calls again.
  const stillKnown = known.filter((key) => alarms.includes(key));
  if (stillKnown.length !== known.length) setKnown(stillKnown);
  const unknown = alarms.filter((key) => !stillKnown.includes(key));
  useAlarmSound(unknown.length > 0);
  const names = useSelect((s) => s.people.queues);
  const { alarmSound } = useSelect((s) => s.ui.preferences);
  const text = textOf(unknown, (id) => names[id]?.name ?? t("common.unknown"), t);
  return (
    <>
      <p role="alert" className="sr-only">
        {text === "" ? "" : t("board.alarm.title", { what: text })}
      </p>
      {unknown.length > 0 && (
        <section
          aria-label={t("board.alarm.label")}
          className="flex h-9 shrink-0 items-center gap-2 bg-red-soft px-4 text-body text-red-ink"
        >
          <BellRing size={16} aria-hidden className="shrink-0" />
          <span className="min-w-0 flex-1 truncate font-medium" title={text}>
            {text}
          </span>
          <IconButton
            icon={alarmSound ? Volume2 : VolumeX}
            label={t(alarmSound ? "board.sound.off" : "board.sound.on")}
            onClick={() => changePreferences(client, { alarmSound: !alarmSound })}
          />
          <Button
            size="small"
            onClick={() => navigate(client, { name: "floor", queueId: queueOf(unknown[0]) })}
          >
            {t("board.alarm.look")}
          </Button>
          <Button size="small" onClick={() => setKnown(alarms)}>
            {t("board.alarm.known")}
          </Button>
        </section>
      )}
    </>
  );
}

const everySeconds = 12;

function useAlarmSound(isOn: boolean): void {
  const client = useClient();
  const { alarmSound, alarmVolume } = useSelect((s) => s.ui.preferences);
  const sounds = useMemo(() => createSounds((seconds, again) => repeat(client, seconds, again)), [client]);
  useEffect(() => {
    if (!isOn || !alarmSound) return;
    sounds.alarm(alarmVolume);
    return repeat(client, everySeconds, () => sounds.alarm(alarmVolume));
  }, [client, sounds, isOn, alarmSound, alarmVolume]);
}

/** `queue:measure`, in a fixed order. */
const alarmsOf = ({ queues, days }: QueuesNow, at: number): string[] =>
  [...queues.values()]
    .flatMap((q) => alarming(alertnessOf(q, days.get(q.queueId), at)).map((m) => `${q.queueId}:${m}`))
    .sort();

const queueOf = (key: string | undefined): string | null => key?.split(":")[0] ?? null;

function textOf(keys: readonly string[], nameOf: (queueId: string) => string, t: T): string {
  const byQueue = Map.groupBy(keys, (key) => key.split(":")[0] ?? "");
  return [...byQueue]
    .map(([queueId, of]) => {
      const what = of.map((key) => t(`board.alarm.of.${key.split(":")[1] as ThresholdMeasure}`));
      return t("board.alarm.queue", { queue: nameOf(queueId), what: what.join(", ") });
    })
    .join(" · ");
}
