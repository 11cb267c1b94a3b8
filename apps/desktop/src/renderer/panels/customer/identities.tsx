import { type Carrier, type Customer, type Identity, readPhoneNumber } from "@tongdai/shared";
import { EyeOff, Merge, Phone, Unlink } from "lucide-react";
import { useState } from "react";
import { clickToCall, mayDial } from "../../actions/dial.ts";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Section } from "../../ui/section.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { useLinking } from "./linking.ts";
import { isMasked } from "./masked.ts";

export function Identities({ customer }: { readonly customer: Customer }) {
  const t = useT();
  const may = useSelect((s) => s.session.permissions.includes("customers.link"));
  const [isLinking, setLinking] = useState(false);
  const { identities } = customer;
  return (
    <Section
      title={t("customer.identities.title")}
      count={identities.length}
      action={
        may && (
          <Button size="small" variant="ghost" icon={Merge} onClick={() => setLinking(true)}>
            {t("customer.merge.start")}
          </Button>
        )
      }
    >
      {identities.length === 0 ? (
        <p className="text-body text-ink-3">{t("customer.identities.empty")}</p>
      ) : (
        <ul className="flex flex-col gap-2">
          {identities.map((identity) => (
            <li key={identity.id}>
              <IdentityLine
                identity={identity}
                customerId={may && identities.length > 1 ? customer.id : null}
              />
            </li>
          ))}
        </ul>
      )}
      {isLinking && <LinkDialog customer={customer} onClose={() => setLinking(false)} />}
    </Section>
  );
}

interface IdentityLineProps {
  readonly identity: Identity;
  /** Out of whom it may be taken; `null`: it may not. */
  readonly customerId: string | null;
}

function IdentityLine({ identity, customerId }: IdentityLineProps) {
  const t = useT();
  const account = useSelect((s) => s.people.accounts[identity.accountId]);
  const { externalId, displayName } = identity;
  // A vendor's own number says nothing to people: there the name under which the customer is known does.
  const speaks = useSelect((s) => s.people.channels[identity.channel]?.capabilities.address != null);
  const isCallable = useSelect(
    (s) => mayDial(s) && s.people.channels[identity.channel]?.capabilities.address === "phone",
  );
  const address = speaks ? formatPhone(neutralise(externalId)) : neutralise(displayName) || externalId;
  const carrier = speaks ? (readPhoneNumber(externalId)?.carrier ?? null) : null;
  // On a line of their own: beside the address they would cut it.
  const beside = [carrier && carrierNames[carrier], account?.name].filter(Boolean).join(" · ");
  return (
    <div className="group flex gap-2">
      <ChannelIcon channel={identity.channel} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1.5">
          <span className="min-w-0 truncate text-body text-ink select-text" title={address}>
            {address}
          </span>
          {isMasked(address) && (
            <EyeOff size={12} role="img" aria-label={t("customer.masked")} className="shrink-0 text-ink-3" />
          )}
        </p>
        {beside !== "" && (
          <p className="truncate text-small text-ink-3" title={beside}>
            {beside}
          </p>
        )}
      </div>
      {isCallable && <Call identityId={identity.id} address={address} />}
      {customerId !== null && <TakeOut identityId={identity.id} customerId={customerId} address={address} />}
    </div>
  );
}

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

function Call({ identityId, address }: { readonly identityId: string; readonly address: string }) {
  const t = useT();
  const run = useRun();
  return (
    <IconButton
      icon={Phone}
      size="small"
      label={t("dial.callTo", { name: address })}
      onClick={() => run((client) => clickToCall(client, { identityId, shown: address }))}
      className="shrink-0"
    />
  );
}

interface TakeOutProps {
  readonly identityId: string;
  readonly customerId: string;
  readonly address: string;
}

function TakeOut({ identityId, customerId, address }: TakeOutProps) {
  const t = useT();
  const run = useRun();
  const { takeOut } = useLinking();
  return (
    <IconButton
      icon={Unlink}
      size="small"
      label={t("customer.merge.takeOut", { address })}
      onClick={() => run(() => takeOut(customerId, [identityId]))}
      className="-mr-1 shrink-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
    />
  );
}
