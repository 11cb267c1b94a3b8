import type { Conversation, ReplyWindow } from "@tongdai/shared";
import { Hourglass } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { formatTime } from "../../ui/format.ts";
import { useTicking } from "../../ui/ticker.ts";
import { Countdown, lengthText } from "../../ui/time.tsx";
import type { Notice } from "./hold-reason.ts";
import { OtherWays } from "./other-ways.tsx";

interface WindowLineProps {
  readonly window: ReplyWindow;
  /** When an answer begins to cost money; `null`: never, or always. */
  readonly chargedFrom: number | null;
}

/** How long one may still answer, and how long without paying for it. */
export function WindowLine({ window, chargedFrom }: WindowLineProps) {
  if (window.state === "open" && chargedFrom !== null)
    return <ChargedWindow until={window.until} from={chargedFrom} />;
  if (window.state === "open") return <Countdown until={window.until} className="pr-1.5 text-small" />;
  if (window.state === "human") return <HumanWindow until={window.until} />;
  if (window.state === "closed") return <ClosedWindow />;
  return null;
}

function ClosedWindow() {
  const t = useT();
  return (
    <span className="inline-flex items-center gap-1 pr-1.5 text-small font-medium whitespace-nowrap text-red-ink">
      <Hourglass size={12} aria-hidden className="shrink-0" />
      {t("desk.window.closed")}
    </span>
  );
}

function ChargedWindow({ until, from }: { readonly until: number; readonly from: number }) {
  const t = useT();
  const isCharged = useTicking((now) => now >= from);
  const text = useTicking((now) =>
    now < from
      ? t("desk.window.free", { time: lengthText(from - now, t) })
      : t("desk.window.charged", { time: lengthText(until - now, t) }),
  );
  const hint = useTicking((now) => t("desk.window.chargeHint", { time: lengthText(until - now, t) }));
  return (
    <span
      title={hint}
      className={cn("truncate pr-1.5 text-small", isCharged ? "text-amber-ink" : "text-ink-2")}
    >
      {text}
    </span>
  );
}

function HumanWindow({ until }: { readonly until: number }) {
  const t = useT();
  const text = useTicking((now) => t("desk.window.human", { time: lengthText(until - now, t) }));
  return (
    <span title={text} className="truncate pr-1.5 text-small text-amber-ink">
      {text}
    </span>
  );
}

interface NoticesProps {
  readonly conversation: Conversation;
  readonly notice: Notice | null;
}

/** Why what is sent now will wait. It is kept all the same, or goes by another channel. */
export function Notices({ conversation, notice }: NoticesProps) {
  const t = useT();
  const connection = useSelect((s) => s.connection);
  const isOffline = connection.status === "offline" || connection.status === "connecting";
  const texts = {
    login_needed: "desk.hold.login",
    restricted: "desk.hold.restricted",
    unreachable: "desk.hold.unreachable",
    disabled: "desk.hold.disabled",
  } as const;
  if (!isOffline && !notice) return null;
  return (
    <div className="mx-3 mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
      <p role="status" className="min-w-0 flex-1 text-small text-amber-ink">
        {isOffline
          ? t("desk.hold.waitingOffline", { time: formatTime(connection.since) })
          : notice && t(texts[notice])}
      </p>
      {!isOffline && <OtherWays conversation={conversation} small />}
    </div>
  );
}
