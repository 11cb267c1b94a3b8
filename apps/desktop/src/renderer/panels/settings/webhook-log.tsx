import type { Webhook, WebhookDelivery, WebhookDeliveryState } from "@tongdai/shared";
import { ChevronDown, ChevronRight, RefreshCw, RotateCw } from "lucide-react";
import { useCallback, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { useClient } from "../../actions/react-client.ts";
import { listDeliveries, resendDelivery } from "../../actions/webhooks.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { toast } from "../../ui/toast.tsx";
import { Failed, LoadingRows } from "./page.tsx";
import { OlderButton, usePaged } from "./paged.tsx";
import { WebhookDetails } from "./webhook-details.tsx";
import { attemptText, eventText } from "./webhook-words.ts";

const states = ["all", "waiting", "delivered", "failed"] as const;
type Filter = (typeof states)[number];

const tones: Record<WebhookDeliveryState, Tone> = {
  waiting: "amber",
  sending: "blue",
  delivered: "green",
  failed: "red",
};

interface WebhookLogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** What was sent to a receiver and what became of it, newest first. */
export function WebhookLog({ webhook, onClose }: WebhookLogProps) {
  const t = useT();
  const [filter, setFilter] = useState<Filter>("all");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("webhook.logOf", { name: webhook.name })}
      width="large"
    >
      <Deliveries key={filter} webhookId={webhook.id} filter={filter} onFilter={setFilter} />
    </Dialog>
  );
}

interface DeliveriesProps {
  readonly webhookId: string;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

function Deliveries({ webhookId, filter, onFilter }: DeliveriesProps) {
  const t = useT();
  const page = useCallback(
    async (client: Client, cursor?: string) => {
      const state = filter === "all" ? {} : { state: filter };
      const { deliveries, next } = await listDeliveries(client, {
        webhookId,
        ...state,
        ...(cursor ? { cursor } : {}),
      });
      return { rows: deliveries, next };
    },
    [webhookId, filter],
  );
  const { rows, failure, reload, older } = usePaged(page);
  return (
    <>
      <div className="mb-2 flex items-center gap-2">
        <Select
          value={filter}
          onChange={onFilter}
          label={t("webhook.filter")}
          options={states.map((state) => ({
            value: state,
            label: state === "all" ? t("webhook.all") : t(`webhook.delivery.${state}`),
          }))}
          className="w-40"
        />
        <Button icon={RefreshCw} onClick={reload}>
          {t("webhook.refresh")}
        </Button>
      </div>
      {rows === null && failure !== null ? (
        <Failed title={t("webhook.logFailed")} failure={failure} onRetry={reload} />
      ) : rows === null ? (
        <LoadingRows />
      ) : rows.length === 0 ? (
        <p className="py-6 text-center text-body text-ink-3">{t("webhook.logEmpty")}</p>
      ) : (
        <Rows rows={rows} onResent={reload} />
      )}
      <OlderButton older={older} />
    </>
  );
}

function Rows({
  rows,
  onResent,
}: {
  readonly rows: readonly WebhookDelivery[];
  readonly onResent: () => void;
}) {
  const t = useT();
  return (
    <table className="w-full table-fixed text-left text-body">
      <thead>
        <tr className="text-small text-ink-3">
          <th scope="col" className="w-8" aria-label={t("common.more")} />
          <th scope="col" className="w-40 py-1.5 font-medium">
            {t("webhook.at")}
          </th>
          <th scope="col" className="py-1.5 font-medium">
            {t("webhook.what")}
          </th>
          <th scope="col" className="w-72 py-1.5 font-medium">
            {t("webhook.result")}
          </th>
          <th scope="col" className="w-16 py-1.5 text-right font-medium">
            {t("webhook.attempts")}
          </th>
          <th scope="col" className="w-20 py-1.5 text-right font-medium">
            {t("webhook.duration")}
          </th>
          <th scope="col" className="w-10" aria-label={t("webhook.again")} />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} onResent={onResent} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, onResent }: { readonly row: WebhookDelivery; readonly onResent: () => void }) {
  const t = useT();
  const client = useClient();
  const [isOpen, setOpen] = useState(false);
  const type = eventText(row.type, t);
  const resend = () => {
    resendDelivery(client, row.id).then(() => {
      toast(t("webhook.againDone"));
      onResent();
    }, client.report);
  };
  return (
    <>
      <tr className="border-t border-line/60">
        <td>
          <IconButton
            icon={isOpen ? ChevronDown : ChevronRight}
            label={t("webhook.details", { type })}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          />
        </td>
        <td className="tabular py-1 text-ink-2">{formatDateTime(row.createdAt, { seconds: true })}</td>
        <td className="truncate py-1 pr-3" title={row.type}>
          {type}
        </td>
        <td className="py-1 pr-3">
          <Result row={row} />
        </td>
        <td className="tabular py-1 text-right text-ink-2">{row.attempts}</td>
        <td className="tabular py-1 text-right text-ink-2">
          {row.last?.durationMs != null && t("webhook.ms", { count: row.last.durationMs })}
        </td>
        <td className="py-1 text-right">
          <IconButton icon={RotateCw} label={t("webhook.again")} onClick={resend} />
        </td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={7} className="pb-2">
            <WebhookDetails id={row.id} />
          </td>
        </tr>
      )}
    </>
  );
}

function Result({ row }: { readonly row: WebhookDelivery }) {
  const t = useT();
  const last = row.last ? attemptText(row.last, t) : "";
  return (
    <span className="flex items-center gap-2">
      <Badge tone={tones[row.state]}>{t(`webhook.delivery.${row.state}`)}</Badge>
      <span className="tabular truncate text-small text-ink-3" title={last}>
        {last}
      </span>
    </span>
  );
}
