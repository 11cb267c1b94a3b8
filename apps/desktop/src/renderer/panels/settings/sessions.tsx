import type { Session } from "@tongdai/shared";
import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { listSessions } from "../../actions/list-sessions.ts";
import { useRun } from "../../actions/react-client.ts";
import { revokeSession } from "../../actions/revoke-session.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { AlertDialog } from "../../ui/dialog.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { toast } from "../../ui/toast.tsx";
import { deviceOf } from "./device.ts";
import { Failed, frame, LoadingRows, Page } from "./page.tsx";

/** Where this person is logged in, and the way to end what should not be. */
export function Sessions() {
  const t = useT();
  const run = useRun();
  const { value: sessions, failure, reload } = useFetched(listSessions);
  const [ending, setEnding] = useState<readonly Session[]>([]);
  const others = sessions?.filter((session) => !session.current) ?? [];
  const end = (chosen: readonly Session[]) =>
    run(async (client) => {
      for (const { id } of chosen) await revokeSession(client, id);
      toast(t("settings.sessions.revoked"), { tone: "success" });
      reload();
    });
  return (
    <Page
      title={t("settings.sessions.title")}
      lead={t("admin.sessionsLead")}
      action={
        others.length > 1 && (
          <Button onClick={() => setEnding(others)}>{t("settings.sessions.revokeOthers")}</Button>
        )
      }
    >
      {sessions === null && failure !== null ? (
        <Failed title={t("admin.sessionsFailed")} failure={failure} onRetry={reload} />
      ) : sessions === null ? (
        <LoadingRows />
      ) : (
        <ul className={frame}>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => setEnding([session])} />
          ))}
        </ul>
      )}
      <AlertDialog
        open={ending.length > 0}
        onOpenChange={(open) => !open && setEnding([])}
        title={
          ending.length === 1 && ending[0]
            ? t("settings.sessions.revokeTitle", { device: deviceOf(ending[0].userAgent, t) })
            : t("settings.sessions.revokeOthers")
        }
        body={t("settings.sessions.revokeBody")}
        confirm={t("auth.signOut")}
        danger
        onConfirm={() => end(ending)}
      />
    </Page>
  );
}

interface SessionRowProps {
  readonly session: Session;
  readonly onEnd: () => void;
}

function SessionRow({ session, onEnd }: SessionRowProps) {
  const t = useT();
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <MonitorSmartphone size={20} strokeWidth={1.5} aria-hidden className="shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium" title={session.userAgent}>
            {deviceOf(session.userAgent, t)}
          </span>
          {session.current && <Badge tone="green">{t("settings.sessions.current")}</Badge>}
        </p>
        <p className="truncate text-small text-ink-3">
          {session.address} ·{" "}
          {t("settings.sessions.lastActive", { time: formatDateTime(session.lastSeenAt) })}
          {" · "}
          {t("settings.sessions.signedIn", { time: formatDateTime(session.createdAt) })}
        </p>
      </div>
      {!session.current && (
        <Button size="small" onClick={onEnd}>
          {t("auth.signOut")}
        </Button>
      )}
    </li>
  );
}
