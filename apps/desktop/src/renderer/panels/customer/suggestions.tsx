import type { Customer, Evidence, Suggestion } from "@tongdai/shared";
import { UsersRound } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { loadSuggestions, tellApart } from "../../actions/link-customers.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { shownName } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { toast } from "../../ui/toast.tsx";
import { useLinking } from "./linking.ts";

/** Who may be the same person, with what speaks for it. Nothing where nobody may, and nothing while it is not known. */
export function Suggestions({ customer }: { readonly customer: Customer }) {
  const may = useSelect((s) => s.session.permissions.includes("customers.link"));
  return may ? (
    <Asked customer={customer} key={[customer.id, ...customer.identities.map((i) => i.id)].join(" ")} />
  ) : null;
}

function Asked({ customer }: { readonly customer: Customer }) {
  const t = useT();
  const fetch = useMemo(() => loadSuggestions(customer.id), [customer.id]);
  const { value, reload } = useFetched(fetch);
  useHeardOf(customer.id, reload);
  if (!value || value.length === 0) return null;
  return (
    <section aria-label={t("customer.merge.suggestions")} className="border-t border-line bg-blue-soft">
      <ul className="flex flex-col divide-y divide-line">
        {value.map((suggestion) => (
          <li key={suggestion.customer.id} className="px-4 py-2.5">
            <OneSuggestion customer={customer} suggestion={suggestion} onChange={reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What somebody writes or does may tell who it is. */
function useHeardOf(customerId: string, ask: () => void): void {
  const newest = useSelect((s) => {
    const timeline = s.customers.timelines[customerId];
    return timeline?.status === "ready" ? (timeline.entries[0]?.seq ?? 0) : null;
  });
  const known = useRef(newest);
  useEffect(() => {
    const isFirst = known.current === null;
    if (known.current === newest) return;
    known.current = newest;
    if (!isFirst) ask();
  }, [newest, ask]);
}

interface OneSuggestionProps {
  readonly customer: Customer;
  readonly suggestion: Suggestion;
  readonly onChange: () => void;
}

function OneSuggestion({ customer, suggestion, onChange }: OneSuggestionProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const { link } = useLinking();
  const [busy, setBusy] = useState(false);
  const { customer: other, evidence } = suggestion;
  const name = shownName(other.name) || t("customer.unnamed");
  const during = (work: () => Promise<unknown>) =>
    run(async () => {
      setBusy(true);
      try {
        await work();
      } finally {
        setBusy(false);
      }
    });
  const say = (apart: boolean) => tellApart(client, { customerId: customer.id, otherId: other.id, apart });
  const deny = async () => {
    await say(true);
    onChange();
    toast(t("customer.merge.apart"), {
      detail: name,
      action: { label: t("common.undo"), onClick: () => run(() => say(false).then(onChange)) },
    });
  };
  return (
    <>
      <p className="flex items-center gap-2 text-body text-ink">
        <UsersRound size={14} aria-hidden className="shrink-0 text-blue" />
        <span className="min-w-0 flex-1">{t("customer.merge.suggest", { name })}</span>
        {[...new Set(other.identities.map((i) => i.channel))].map((channel) => (
          <ChannelIcon key={channel} channel={channel} size={14} />
        ))}
      </p>
      <ul className="mt-0.5 ml-5.5 text-small text-ink-2">
        {evidence.map((e) => (
          <li key={`${e.kind} ${e.value} ${e.there}`}>{evidenceText(e, t)}</li>
        ))}
      </ul>
      <div className="mt-2 ml-5.5 flex gap-2">
        <Button
          size="small"
          variant="primary"
          loading={busy}
          onClick={() => during(() => link(customer.id, other.id))}
        >
          {t("customer.merge.confirm")}
        </Button>
        <Button size="small" disabled={busy} onClick={() => during(deny)}>
          {t("customer.merge.deny")}
        </Button>
      </div>
    </>
  );
}

/** "Số 0901 *** 004: khách nhắn; bên kia là địa chỉ liên hệ". */
const evidenceText = ({ kind, value, here, there }: Evidence, t: T): string =>
  t(here === there ? "customer.merge.evidenceBoth" : "customer.merge.evidence", {
    what: t(`customer.merge.kind.${kind}`, { value: neutralise(value) }),
    here: t(`customer.merge.source.${here}`),
    there: t(`customer.merge.source.${there}`),
  });
