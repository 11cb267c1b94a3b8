import type { AuditRow } from "@tongdai/shared";
import { Download, Filter, ScrollText } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { downloadAudit, listAudit } from "../../actions/list-audit.ts";
import { navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useNearEnd } from "../../ui/near-end.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { EmptyState } from "../../ui/states.tsx";
import { type AuditChoice, AuditFilters, filterOf, noChoice } from "./audit-filters.tsx";
import { placeOf } from "./audit-place.ts";
import { actionText, detailText, targetText } from "./audit-words.ts";
import { Failed, LoadingRows, Page } from "./page.tsx";
import { OlderButton, usePaged } from "./paged.tsx";

/** Who did what and when, by what is asked for; nothing here can be changed. */
export function Audit() {
  const t = useT();
  const client = useClient();
  const box = useRef<HTMLElement>(null);
  const [choice, setChoice] = useState<AuditChoice>(noChoice);
  return (
    <Page
      title={t("settings.audit.title")}
      lead={t("admin.audit.lead")}
      isWide
      ref={box}
      action={
        <Button icon={Download} onClick={() => run(client, downloadAudit(client, filterOf(choice)))}>
          {t("admin.audit.csv")}
        </Button>
      }
    >
      <AuditFilters choice={choice} onChoice={setChoice} />
      <Rows choice={choice} box={box} onChoice={setChoice} />
    </Page>
  );
}

interface RowsProps {
  readonly choice: AuditChoice;
  readonly box: React.RefObject<HTMLElement | null>;
  readonly onChoice: (choice: AuditChoice) => void;
}

function Rows({ choice, box, onChoice }: RowsProps) {
  const t = useT();
  const page = useCallback(
    (client: Client, cursor?: string) =>
      listAudit(client, { ...filterOf(choice), ...(cursor ? { cursor } : {}) }),
    [choice],
  );
  const { rows, failure, reload, older } = usePaged(page);
  useNearEnd(box, rows?.length ?? 0, older.fetchQuietly);
  if (rows === null && failure !== null)
    return <Failed title={t("admin.audit.failed")} failure={failure} onRetry={reload} />;
  if (rows === null) return <LoadingRows />;
  if (rows.length === 0)
    return (
      <EmptyState
        icon={ScrollText}
        title={t(choice === noChoice ? "admin.audit.empty" : "admin.audit.nothing")}
      />
    );
  const only = (target: NonNullable<AuditChoice["target"]>) => onChoice({ ...choice, target });
  return (
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
            <Row key={row.id} row={row} onOnly={only} />
          ))}
        </tbody>
      </table>
      <OlderButton older={older} />
    </>
  );
}

interface RowProps {
  readonly row: AuditRow;
  readonly onOnly: (target: { id: string; name: string }) => void;
}

function Row({ row, onOnly }: RowProps) {
  const t = useT();
  const people = useSelect((s) => s.people);
  const actor =
    row.actorId === null ? t("common.system") : (people.users[row.actorId]?.name ?? t("common.unknown"));
  const target = row.targetName === null ? targetText(row.target, people) : neutralise(row.targetName);
  return (
    <tr className="group border-t border-line/60 align-baseline">
      <td className="tabular py-1.5 pr-3 whitespace-nowrap text-ink-2">
        {formatDateTime(row.at, { seconds: true })}
      </td>
      <td className="truncate py-1.5 pr-3" title={actor}>
        {actor}
      </td>
      <td className="truncate py-1.5 pr-3">{actionText(row.action, t)}</td>
      <td className="py-1.5 pr-3 wrap-anywhere text-ink-3">
        {target !== "" && <Target row={row} name={target} onOnly={onOnly} />}
        {detailText(row.detail, target, { people, t })}
      </td>
      <td className="tabular truncate py-1.5 text-ink-3" title={row.address ?? ""}>
        {row.address}
      </td>
    </tr>
  );
}

/** What it was done to: there, and everything else that was done to it. */
function Target({ row, name, onOnly }: RowProps & { readonly name: string }) {
  const t = useT();
  const client = useClient();
  const place = placeOf(row);
  return (
    <span className="mr-2">
      {place === null ? (
        <span className="text-ink">{name}</span>
      ) : (
        <button
          type="button"
          title={t("admin.audit.open", { name })}
          onClick={() => navigate(client, place)}
          className="text-left text-ink underline decoration-line-strong underline-offset-2 hover:decoration-ink"
        >
          {name}
        </button>
      )}
      <IconButton
        icon={Filter}
        size="small"
        label={t("admin.audit.onlyTarget", { name })}
        onClick={() => onOnly({ id: row.target, name })}
      />
    </span>
  );
}
