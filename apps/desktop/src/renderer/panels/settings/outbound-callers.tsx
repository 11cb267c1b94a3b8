import type { ChannelAccount, OutboundRules, Queue } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { formatPhone } from "../../ui/phone.ts";
import { Select } from "../../ui/select.tsx";
import { byName } from "../team-tag.tsx";
import { frame } from "./page.tsx";

type Callers = OutboundRules["callers"];

interface OutboundCallersProps {
  readonly value: Callers;
  readonly onChange: (callers: Callers) => void;
}

const own = "own";

/** Which number of ours people see, queue by queue: its own, or one that is named here. */
export function OutboundCallers({ value, onChange }: OutboundCallersProps) {
  const t = useT();
  const queues = byName(useSelect((s) => s.people.queues));
  const accounts = useSelect((s) => s.people.accounts);
  const channels = useSelect((s) => s.people.channels);
  const numbers = byName(accounts).filter(
    ({ channel, externalId }) => channels[channel]?.capabilities.calls && /^\+?\d+$/.test(externalId),
  );
  const choose = (queueId: string, accountId: string) => {
    const others = value.filter((caller) => caller.queueId !== queueId);
    onChange(accountId === own ? others : [...others, { queueId, accountId }]);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-small font-medium text-ink-2">{t("outbound.callers")}</legend>
      <p className="mb-1 text-small text-ink-3">{t("outbound.callersHint")}</p>
      {numbers.length === 0 || queues.length === 0 ? (
        <p className="text-body text-ink-2">
          {t(numbers.length === 0 ? "outbound.noNumbers" : "outbound.noQueues")}
        </p>
      ) : (
        <ul className={frame}>
          {queues.map((queue) => {
            const named = value.find(({ queueId }) => queueId === queue.id)?.accountId;
            return (
              <li key={queue.id} className="flex min-h-12 items-center gap-3 px-4 py-1.5">
                <span className="min-w-0 flex-1 truncate" title={queue.name}>
                  {queue.name}
                </span>
                <Select
                  label={t("outbound.callerOf", { queue: queue.name })}
                  className="w-80"
                  value={numbers.some(({ id }) => id === named) ? named : own}
                  onChange={(accountId) => choose(queue.id, accountId)}
                  options={optionsOf(queue, numbers, t)}
                />
              </li>
            );
          })}
        </ul>
      )}
    </fieldset>
  );
}

function optionsOf(queue: Queue, numbers: readonly ChannelAccount[], t: T) {
  const ownNumber = numbers.find(({ queueId, enabled }) => queueId === queue.id && enabled);
  return [
    {
      value: own,
      label: ownNumber
        ? t("outbound.ownNumber", { number: formatPhone(ownNumber.externalId) })
        : t("outbound.noNumber"),
    },
    ...numbers.map(({ id, externalId, name, enabled }) => {
      const number = `${formatPhone(externalId)} · ${name}`;
      return { value: id, label: enabled ? number : t("outbound.off", { number }) };
    }),
  ];
}
