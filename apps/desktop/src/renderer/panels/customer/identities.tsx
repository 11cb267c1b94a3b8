import { type Carrier, type Customer, type Identity, readPhoneNumber } from "@tongdai/shared";
import { EyeOff } from "lucide-react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Section } from "../../ui/section.tsx";
import { isMasked } from "./masked.ts";

export function Identities({ customer }: { readonly customer: Customer }) {
  const t = useT();
  return (
    <Section title={t("customer.identities.title")} count={customer.identities.length}>
      {customer.identities.length === 0 ? (
        <p className="text-body text-ink-3">{t("customer.identities.empty")}</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {customer.identities.map((identity) => (
            <li key={identity.id}>
              <IdentityLine identity={identity} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function IdentityLine({ identity }: { readonly identity: Identity }) {
  const t = useT();
  const account = useSelect((s) => s.people.accounts[identity.accountId]);
  const address = addressOf(identity);
  const carrier = isSpoken(identity) ? (readPhoneNumber(identity.externalId)?.carrier ?? null) : null;
  return (
    <div className="flex min-h-6 items-center gap-2">
      <ChannelIcon channel={identity.channel} />
      <span className="min-w-0 flex-1 truncate text-body text-ink select-text" title={address}>
        {address}
      </span>
      {isMasked(address) && (
        <EyeOff size={12} role="img" aria-label={t("customer.masked")} className="shrink-0 text-ink-3" />
      )}
      {carrier !== null && <span className="shrink-0 text-small text-ink-3">{carrierNames[carrier]}</span>}
      {account && (
        <span className="max-w-2/5 shrink-0 truncate text-small text-ink-3" title={account.name}>
          {account.name}
        </span>
      )}
    </div>
  );
}

const isSpoken = ({ channel }: Identity): boolean =>
  channel === "voice" || channel === "sms" || channel === "email";

/** By their proper names; by the prefix, so a number that was carried elsewhere still says where it came from. */
const carrierNames: Readonly<Record<Carrier, string>> = {
  viettel: "Viettel",
  vinaphone: "VinaPhone",
  mobifone: "MobiFone",
  vietnamobile: "Vietnamobile",
  gmobile: "Gmobile",
  itel: "Itel",
  wintel: "Wintel",
};

/** A vendor's own number says nothing to people: there the name under which the customer is known does. */
function addressOf(identity: Identity): string {
  const { externalId, displayName } = identity;
  return isSpoken(identity) ? formatPhone(neutralise(externalId)) : neutralise(displayName) || externalId;
}
