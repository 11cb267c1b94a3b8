import type { WebhookDelivery } from "@tongdai/shared";
import { CircleAlert, CircleCheck, CircleHelp } from "lucide-react";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { testWebhook } from "../../actions/webhooks.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Elapsed } from "../../ui/time.tsx";
import { adviceText, attemptText } from "./webhook-words.ts";

type Test =
  | { readonly state: "none" }
  | { readonly state: "waiting"; readonly since: number }
  | { readonly state: "ended"; readonly delivery: WebhookDelivery };

/** A test on demand and how the last one went; a second press while it runs does nothing. */
export function useWebhookTest(id: string): { readonly test: Test; readonly send: () => void } {
  const client = useClient();
  const [test, setTest] = useState<Test>({ state: "none" });
  const send = () => {
    if (test.state === "waiting") return;
    setTest({ state: "waiting", since: client.now() });
    testWebhook(client, id).then(
      (delivery) => setTest({ state: "ended", delivery }),
      (cause: unknown) => {
        client.report(cause);
        setTest({ state: "none" });
      },
    );
  };
  return { test, send };
}

/** How long the receiver has been asked, then what it answered and what to do. */
export function WebhookTest({ test }: { readonly test: Test }) {
  const t = useT();
  // Stands there from the beginning, so that what comes into it is read out.
  return (
    <div role="status">
      {test.state === "waiting" && (
        <p className="mt-2 text-small text-ink-2">
          {t("webhook.testing")} {/* Nobody wants each second read out. */}
          <span aria-hidden>
            <Elapsed since={test.since} />
          </span>
        </p>
      )}
      {test.state === "ended" && <Ended {...outcomeOf(test.delivery, t)} />}
    </div>
  );
}

const looks = {
  good: { icon: CircleCheck, className: "bg-green-soft text-green-ink" },
  bad: { icon: CircleAlert, className: "bg-red-soft text-red-ink" },
  open: { icon: CircleHelp, className: "bg-sunken text-ink-2" },
} as const;

interface Outcome {
  readonly look: keyof typeof looks;
  readonly text: string;
}

function Ended({ look, text }: Outcome) {
  const { icon: Icon, className } = looks[look];
  return (
    <p className={`mt-2 flex items-start gap-2 rounded-ui px-2 py-1.5 text-small text-pretty ${className}`}>
      <Icon size={14} aria-hidden className="mt-px shrink-0" />
      {text}
    </p>
  );
}

function outcomeOf({ state, last }: WebhookDelivery, t: T): Outcome {
  if (last === null) return { look: "open", text: t("webhook.testOpen") };
  const { status, durationMs } = last;
  const answer = { status: status ?? "", ms: durationMs ?? 0 };
  if (state === "delivered") return { look: "good", text: t("webhook.tested", answer) };
  const what = status === null ? `${attemptText(last, t)}.` : t("webhook.testAnswered", answer);
  return { look: "bad", text: `${what} ${adviceText(last, t)}` };
}
