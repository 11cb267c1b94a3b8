import { Maximize2, Minimize2, MonitorDot } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { drop } from "../../actions/run.ts";
import { type FloorNow, useFloor } from "../../actions/use-floor.ts";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { LoadState } from "../../ui/load-state.tsx";
import { Select } from "../../ui/select.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Banner, EmptyState } from "../../ui/states.tsx";
import { lengthText } from "../../ui/time.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { causeText } from "../words.ts";
import { Agents } from "./agents.tsx";
import { Line } from "./line.tsx";
import { Notices } from "./notices.tsx";
import { Queues } from "./queues.tsx";

/** Seconds of waiting from which on a queue alarms. */
const alarms = ["30", "60", "120", "300", "600"] as const;
type Alarm = (typeof alarms)[number];

export default function Floor() {
  const t = useT();
  const { floor, failure, retry } = useFloor();
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const frame = useRef<HTMLElement>(null);
  const { isWall, toggle } = useWall(frame);
  const [alarm, setAlarm] = useState<Alarm>("120");
  useShortcuts({ "floor.wall": toggle });
  return (
    <section ref={frame} aria-label={t("floor.title")} className="flex h-full min-w-0 flex-col bg-surface">
      <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4">
        <h1 className={cn("font-semibold text-ink", isWall ? "text-[1.5rem]" : "text-title")}>
          {t("floor.title")}
        </h1>
        <span className="flex-1" />
        <span className="flex items-center gap-2 text-small text-ink-2">
          <span aria-hidden={!isWall}>{t("floor.alarm")}</span>
          {isWall ? (
            // A list would open outside of what fills the screen, unseen.
            <span className="text-ink">{lengthText(Number(alarm) * 1_000, t)}</span>
          ) : (
            <Select
              label={t("floor.alarm")}
              value={alarm}
              onChange={setAlarm}
              options={alarms.map((s) => ({ value: s, label: lengthText(Number(s) * 1_000, t) }))}
              className="w-28"
            />
          )}
        </span>
        {!isWall && <Notices />}
        <IconButton
          icon={isWall ? Minimize2 : Maximize2}
          label={t(isWall ? "floor.leaveWall" : "floor.wall")}
          shortcut="floor.wall"
          onClick={toggle}
        />
      </header>
      {floor !== null && isOffline && <Banner tone="warning">{t("floor.offline")}</Banner>}
      {floor === null ? (
        <LoadState
          failure={failure}
          title={t("floor.loadFailed")}
          reason={(cause) => causeText(cause, t)}
          onRetry={retry}
          offline={isOffline}
          skeleton={<FloorSkeleton />}
        />
      ) : (
        <Board floor={floor} alarmMs={Number(alarm) * 1_000} isWall={isWall} />
      )}
    </section>
  );
}

interface BoardProps {
  readonly floor: FloorNow;
  readonly alarmMs: number;
  readonly isWall: boolean;
}

function Board({ floor, alarmMs, isWall }: BoardProps) {
  const t = useT();
  const client = useClient();
  const wanted = useSelect((s) => (s.ui.route.name === "floor" ? s.ui.route.queueId : null));
  const queueId = wanted !== null && floor.queues.has(wanted) ? wanted : null;
  if (floor.queues.size === 0)
    return (
      <EmptyState
        icon={MonitorDot}
        title={t("floor.queues.empty")}
        body={t("floor.queues.emptyBody")}
        className="m-auto"
      />
    );
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-h-0 flex-col border-r border-line">
        <Queues
          queues={[...floor.queues.values()]}
          alarmMs={alarmMs}
          isWall={isWall}
          chosenId={queueId}
          onChoose={(id) => navigate(client, { name: "floor", queueId: id })}
        />
        {!isWall && <Line figures={floor.queues.get(queueId ?? "")} alarmMs={alarmMs} />}
      </div>
      <Agents agents={floor.agents} isWall={isWall} />
    </div>
  );
}

/** The whole screen for this panel alone: a wall reads it from across the room. */
function useWall(frame: { readonly current: HTMLElement | null }) {
  const [isWall, setIsWall] = useState(false);
  useEffect(() => {
    const look = () => setIsWall(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  const toggle = () =>
    drop(
      document.fullscreenElement
        ? document.exitFullscreen()
        : (frame.current?.requestFullscreen() ?? Promise.resolve()),
    );
  return { isWall, toggle };
}

const FloorSkeleton = () => (
  <div className="flex flex-col gap-4 p-4">
    {["w-3/5", "w-2/5", "w-1/2", "w-2/3"].map((width) => (
      <Skeleton key={width} className={cn("h-4", width)} />
    ))}
  </div>
);
