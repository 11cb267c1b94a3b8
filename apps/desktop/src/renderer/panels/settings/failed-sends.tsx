import type { ChannelAccount, CommandOutput, FailedSend } from "@tongdai/shared";
import { MessageSquareText, RotateCw } from "lucide-react";
import { useCallback, useState } from "react";
import { listFailures, resendFailures } from "../../actions/channel-backlog.ts";
import type { Client } from "../../actions/client.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { toast } from "../../ui/toast.tsx";
import { failureText } from "../words.ts";
import { Failed, LoadingRows } from "./page.tsx";
import { OlderButton, usePaged } from "./paged.tsx";

interface FailedSendsProps {
  readonly account: ChannelAccount;
  readonly onResent: () => void;
  readonly onClose: () => void;
}

/** What did not reach its customers, newest first; what failed leaves again with one click. */
export function FailedSends({ account, onResent, onClose }: FailedSendsProps) {
  const t = useT();
  const client = useClient();
  const page = useCallback(
    async (asking: Client, cursor?: string) => {
      const { failures, next } = await listFailures(asking, account.id, cursor);
      return { rows: failures, next };
    },
    [account.id],
  );
  const { rows, failure, reload, older } = usePaged(page);
  const [busy, setBusy] = useState(false);
  const failed = (rows ?? []).filter((row) => row.state === "failed").map((row) => row.messageId);

  const resend = (messageIds: readonly string[]) => {
    setBusy(true);
    resendFailures(client, account.id, messageIds)
      .then(({ resent, hopeless }) => {
        const again = t("admin.failed.again", { count: resent.length });
        const tone = hopeless.length === 0 && resent.length > 0 ? "success" : "warning";
        toast(again, { tone, ...(hopeless.length > 0 && { detail: hopelessText(hopeless, t) }) });
        reload();
        onResent();
      }, client.report)
      .finally(() => setBusy(false));
  };
  const open = (conversationId: string) => {
    onClose();
    navigate(client, { name: "inbox", conversationId });
  };

  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("admin.failed.heading", { name: neutralise(account.name) })}
      description={t("admin.failed.lead")}
      width="large"
      footer={
        <>
          <Button onClick={onClose}>{t("common.close")}</Button>
          {failed.length > 0 && (
            <Button variant="primary" icon={RotateCw} loading={busy} onClick={() => resend(failed)}>
              {t("admin.failed.all", { count: failed.length })}
            </Button>
          )}
        </>
      }
    >
      {rows === null && failure !== null ? (
        <Failed title={t("admin.failed.notLoaded")} failure={failure} onRetry={reload} />
      ) : rows === null ? (
        <LoadingRows />
      ) : rows.length === 0 ? (
        <p className="py-6 text-center text-body text-ink-3">{t("admin.failed.none")}</p>
      ) : (
        <ul className="divide-y divide-line/60">
          {rows.map((row) => (
            <Row
              key={row.messageId}
              row={row}
              busy={busy}
              onResend={() => resend([row.messageId])}
              onOpen={() => open(row.conversationId)}
            />
          ))}
        </ul>
      )}
      <OlderButton older={older} />
    </Dialog>
  );
}

/** How many would only fail again, by why. */
function hopelessText(hopeless: CommandOutput<"message.resend">["hopeless"], t: T): string {
  const counts = new Map<string, number>();
  for (const { code } of hopeless) {
    const why = failureText(code, t);
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => t("admin.failed.hopeless", { count, why })).join(" · ");
}

interface RowProps {
  readonly row: FailedSend;
  readonly busy: boolean;
  readonly onResend: () => void;
  readonly onOpen: () => void;
}

function Row({ row, busy, onResend, onOpen }: RowProps) {
  const t = useT();
  const author = useSelect((s) => (row.authorId ? s.people.users[row.authorId]?.name : undefined));
  const takesPart = useSelect((s) => s.session.permissions.includes("work"));
  const name = neutralise(row.customerName);
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          <Badge tone={row.state === "failed" ? "red" : "amber"}>{t(`admin.failed.${row.state}`)}</Badge>
        </p>
        <p className="truncate text-small text-ink-3" title={row.error?.detail}>
          {[
            formatDateTime(row.at),
            row.authorId === null ? t("admin.failed.bySystem") : (author ?? t("common.unknown")),
            row.error && failureText(row.error.code, t),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {takesPart && (
        <IconButton icon={MessageSquareText} label={t("admin.failed.open", { name })} onClick={onOpen} />
      )}
      {row.state === "failed" && (
        <IconButton
          icon={RotateCw}
          label={t("admin.failed.one", { name })}
          disabled={busy}
          onClick={onResend}
        />
      )}
    </li>
  );
}
