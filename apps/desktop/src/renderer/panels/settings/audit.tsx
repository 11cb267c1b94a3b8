import type { AuditRow } from "@tongdai/shared";
import { ScrollText } from "lucide-react";
import { useRef, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { listAudit } from "../../actions/list-audit.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { useNearEnd } from "../../ui/near-end.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { EmptyState } from "../../ui/states.tsx";
import { actionText, detailText, targetText } from "./audit-words.ts";
import { Failed, LoadingRows, Page } from "./page.tsx";

const firstPage = (client: Client) => listAudit(client, {});

/** Who did what and when; nothing here can be changed. */
export function Audit() {
  const t = useT();
  const box = useRef<HTMLElement>(null);
  const { value: first, failure, reload } = useFetched(firstPage);
  const older = useOlderRows(first?.next ?? null);
  const rows = [...(first?.rows ?? []), ...older.rows];
  useNearEnd(box, rows.length, older.fetchQuietly);
  return (
    <Page title={t("settings.audit.title")} lead={t("admin.audit.lead")} isWide ref={box}>
      {first === null && failure !== null ? (
        <Failed title={t("admin.audit.failed")} failure={failure} onRetry={reload} />
      ) : first === null ? (
        <LoadingRows />
      ) : rows.length === 0 ? (
        <EmptyState icon={ScrollText} title={t("admin.audit.empty")} />
      ) : (
        <>
          <table className="w-full table-fixed text-left text-body">
            <thead>
              <tr className="text-small text-ink-3">
                <th scope="col" className="w-40 py-1.5 font-medium">
                  {t("admin.audit.at")}
                </th>
                <th scope="col" className="w-40 py-1.5 font-medium">
                  {t("admin.audit.who")}
                </th>
                <th scope="col" className="w-52 py-1.5 font-medium">
                  {t("admin.audit.what")}
                </th>
                <th scope="col" className="py-1.5 pr-3 font-medium">
                  {t("admin.audit.detail")}
                </th>
                <th scope="col" className="w-32 py-1.5 font-medium">
                  {t("admin.audit.from")}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
          {older.hasMore && (
            <div className="py-3">
              <Button size="small" loading={older.busy} onClick={older.fetch}>
                {t("customer.timeline.loadOlder")}
              </Button>
            </div>
          )}
        </>
      )}
    </Page>
  );
}

function Row({ row }: { readonly row: AuditRow }) {
  const t = useT();
  const people = useSelect((s) => s.people);
  const actor =
    row.actorId === null ? t("common.system") : (people.users[row.actorId]?.name ?? t("common.unknown"));
  const target = row.targetName === null ? targetText(row.target, people) : neutralise(row.targetName);
  const detail = [target, detailText(row.detail, target, { people, t })].filter(Boolean).join(" · ");
  return (
    <tr className="border-t border-line/60 align-baseline">
      <td className="tabular py-1.5 pr-3 whitespace-nowrap text-ink-2">
        {formatDateTime(row.at, { seconds: true })}
      </td>
      <td className="truncate py-1.5 pr-3" title={actor}>
        {actor}
      </td>
      <td className="truncate py-1.5 pr-3">{actionText(row.action, t)}</td>
      <td className="py-1.5 pr-3 wrap-anywhere text-ink-3">{detail}</td>
      <td className="tabular truncate py-1.5 text-ink-3" title={row.address ?? ""}>
        {row.address}
      </td>
    </tr>
  );
}

function useOlderRows(firstNext: string | null) {
  const client = useClient();
  const [rows, setRows] = useState<readonly AuditRow[]>([]);
  // `undefined`: nothing beyond the first page was asked for yet.
  const [after, setAfter] = useState<string | null | undefined>(undefined);
  const [status, setStatus] = useState<"idle" | "busy" | "failed">("idle");
  const next = after === undefined ? firstNext : after;
  const fetch = () => {
    if (next === null || status === "busy") return;
    setStatus("busy");
    listAudit(client, { cursor: next }).then(
      (page) => {
        setRows((known) => [...known, ...page.rows]);
        setAfter(page.next);
        setStatus("idle");
      },
      (cause: unknown) => {
        client.report(cause);
        setStatus("failed");
      },
    );
  };
  return {
    rows,
    hasMore: next !== null,
    busy: status === "busy",
    fetch,
    /** After a failure only on demand, so as not to ask over and over. */
    fetchQuietly: () => {
      if (status === "idle") fetch();
    },
  };
}
