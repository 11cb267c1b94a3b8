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
import { Skeleton } from "../../ui/skeleton.tsx";
import { Banner, EmptyState } from "../../ui/states.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { causeText } from "../words.ts";
import { Agents } from "./agents.tsx";
import { AlarmSound } from "./alarm-sound.tsx";
import { LevelDefinition } from "./level-definition.tsx";
import { Line } from "./line.tsx";
import { Notices } from "./notices.tsx";
import { Queues } from "./queues.tsx";
import { StaffCounts } from "./staff-counts.tsx";

export default function Floor() {
  const t = useT();
  const { floor, failure, retry } = useFloor();
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const frame = useRef<HTMLElement>(null);
  const { isWall, toggle } = useWall(frame);
  useShortcuts({ "floor.wall": toggle });
  return (
    <section ref={frame} aria-label={t("floor.title")} className="flex h-full min-w-0 flex-col bg-surface">
      <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4">
        <h1 className={cn("shrink-0 font-semibold text-ink", isWall ? "text-[1.5rem]" : "text-title")}>
          {t("floor.title")}
        </h1>
        <span className="flex-1" />
        {isWall && floor !== null && <StaffCounts agents={floor.agents} />}
        {floor?.definition && <LevelDefinition definition={floor.definition} isWall={isWall} />}
        {!isWall && <AlarmSound />}
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
        <Board floor={floor} isWall={isWall} />
      )}
    </section>
  );
}

interface BoardProps {
  readonly floor: FloorNow;
  readonly isWall: boolean;
}

function Board({ floor, isWall }: BoardProps) {
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
  const queues = (
    <Queues
      queues={[...floor.queues.values()]}
      days={floor.definition === null ? null : floor.queueDays}
      isWall={isWall}
      chosenId={queueId}
      onChoose={(id) => navigate(client, { name: "floor", queueId: id })}
    />
  );
  // From across the room a list of names cannot be read.
  if (isWall) return queues;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {queues}
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,2fr)_minmax(0,3fr)] border-t border-line">
        <div className="flex min-h-0 flex-col border-r border-line">
          <Line figures={floor.queues.get(queueId ?? "")} />
        </div>
        <Agents agents={floor.agents} days={floor.definition === null ? null : floor.agentDays} />
      </div>
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
