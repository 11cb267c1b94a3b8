import { useCallback } from "react";
import type { Client } from "../../actions/client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { getDelivery } from "../../actions/webhooks.ts";
import { useT } from "../../i18n/index.ts";
import { formatDateTime } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Failed } from "./page.tsx";
import { attemptText } from "./webhook-words.ts";

/** The bytes that were sent, and every attempt with what came back. */
export function WebhookDetails({ id }: { readonly id: string }) {
  const t = useT();
  const fetch = useCallback((client: Client) => getDelivery(client, id), [id]);
  const { value, failure, reload } = useFetched(fetch);
  if (value === null && failure !== null)
    return <Failed title={t("webhook.logFailed")} failure={failure} onRetry={reload} />;
  if (value === null) return <Skeleton className="h-24 w-full" />;
  const { delivery, body, attempts } = value;
  return (
    <div className="flex flex-col gap-2 rounded-ui bg-sunken p-3 text-small">
      {delivery.nextAt !== null && (
        <p className="text-ink-2">
          {t("webhook.nextAt", { time: formatDateTime(delivery.nextAt, { seconds: true }) })}
        </p>
      )}
      <Text label={t("webhook.body")} text={indented(body)} />
      {attempts.map((attempt) => (
        <Text
          key={attempt.at}
          label={`${formatDateTime(attempt.at, { seconds: true })} · ${attemptText(attempt, t)}`}
          text={attempt.answer === "" ? t("webhook.noAnswer") : attempt.answer}
        />
      ))}
    </div>
  );
}

interface TextProps {
  readonly label: string;
  readonly text: string;
}

function Text({ label, text }: TextProps) {
  return (
    <div>
      <p className="font-medium text-ink-2">{label}</p>
      <pre className="max-h-48 overflow-auto font-mono whitespace-pre-wrap wrap-anywhere select-text">
        {neutralise(text)}
      </pre>
    </div>
  );
}

const indented = (json: string): string => JSON.stringify(JSON.parse(json), null, 2);
