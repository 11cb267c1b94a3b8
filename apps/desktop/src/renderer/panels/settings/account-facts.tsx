import type { AccountAlarm, AccountBacklog, AccountFact } from "@tongdai/shared";
import { TriangleAlert } from "lucide-react";
import { useT } from "../../i18n/index.ts";
import { cn } from "../../ui/cn.ts";
import { formatBytes, formatDate, formatDateTime, formatMoney, formatNumber } from "../../ui/format.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { useTicking } from "../../ui/ticker.ts";
import { lengthText } from "../../ui/time.tsx";
import { Fact, When } from "./fact.tsx";

/** What the vendor tells of an account: until when we may, how much is left. */
export function AccountFacts({ backlog }: { readonly backlog: AccountBacklog }) {
  const t = useT();
  const { facts, factsAt } = backlog;
  return (
    <>
      {facts.map((fact) => (
        <Fact
          key={fact.kind === "quota" ? fact.of : fact.kind}
          label={t(`alarm.label.${fact.kind === "quota" ? fact.of : fact.kind}`)}
          value={<Value fact={fact} />}
        />
      ))}
      {facts.length > 0 && factsAt !== null && <Fact label={t("alarm.asOf")} value={<When at={factsAt} />} />}
    </>
  );
}

function Value({ fact }: { readonly fact: AccountFact }) {
  switch (fact.kind) {
    case "expiry":
      return <Expiry fact={fact} />;
    case "quota":
      return <Quota fact={fact} />;
    case "balance":
      return <Balance fact={fact} />;
    case "permissions":
      return <span className="wrap-anywhere">{fact.missing.map(neutralise).join(", ")}</span>;
  }
}

type Of<K extends AccountFact["kind"]> = { readonly fact: Extract<AccountFact, { kind: K }> };

function Expiry({ fact: { at, renews } }: Of<"expiry">) {
  const t = useT();
  const date = formatDate(at);
  const until = useTicking((now) =>
    now < at ? t("alarm.expires", { date, time: lengthText(at - now, t) }) : t("alarm.ended", { date }),
  );
  return (
    <>
      {until}
      {renews && ` · ${t("alarm.renews")}`}
    </>
  );
}

function Quota({ fact: { of, left, total, resetsAt } }: Of<"quota">) {
  const t = useT();
  const amount = of === "storage" ? formatBytes : formatNumber;
  const shown = amount(left);
  return (
    <span className="tabular">
      {total === null
        ? t("alarm.quotaLeft", { left: shown })
        : t("alarm.quota", { left: shown, total: amount(total) })}
      {resetsAt !== null && ` · ${t("alarm.resets", { time: formatDateTime(resetsAt) })}`}
    </span>
  );
}

function Balance({ fact: { amount, currency } }: Of<"balance">) {
  const words = currency === "VND" ? formatMoney(amount) : `${formatNumber(amount)} ${neutralise(currency)}`;
  return <span className="tabular">{words}</span>;
}

interface AlarmLineProps {
  readonly alarm: AccountAlarm;
  /** The account is connected on a page of the vendor's. */
  readonly consent: boolean;
}

/** What will be trouble, when, and what to do before. */
export function AlarmLine({ alarm: { kind, level, at, of }, consent }: AlarmLineProps) {
  const t = useT();
  const time = at === null ? "" : formatDateTime(at);
  const low = t(`alarm.low.${of ?? "messages"}`);
  const what =
    kind === "quota" && at === null
      ? t("alarm.line.quotaForGood", { of: low })
      : t(`alarm.line.${kind}`, { time, of: low });
  return (
    <p
      className={cn(
        "mt-2 ml-8 flex gap-1.5 text-body text-pretty",
        level === "danger" ? "text-red-ink" : "text-amber-ink",
      )}
    >
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <span>
        {what} {kind !== "quota" && t(consent ? "alarm.line.connect" : "alarm.line.save")}
      </span>
    </p>
  );
}
