import { memo } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { attributeValue } from "../../state/attribute-names.ts";
import { selectCustomer } from "../../state/selectors.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { cn } from "../../ui/cn.ts";
import { Highlight } from "../../ui/highlight.tsx";
import { formatPhone, shownName } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { usePicture } from "../use-picture.ts";

interface CustomerRowProps {
  readonly id: string;
  readonly query: string;
  readonly selected: boolean;
}

/** Who, and how they reach us; below it what one tells them apart by. */
export const CustomerRow = memo(function CustomerRow({ id, query, selected }: CustomerRowProps) {
  const t = useT();
  const customer = useSelect((s) => selectCustomer(s, id));
  const picture = usePicture(customer);
  if (!customer) return null;
  const phone = attributeValue(customer, "phone");
  const email = attributeValue(customer, "email");
  const channels = [...new Set(customer.identities.map((identity) => identity.channel))];
  const second = [phone && formatPhone(phone), email, ...customer.tags].filter(Boolean).join(" · ");
  return (
    <div
      className={cn(
        "flex h-full items-center gap-3 border-b border-line/60 px-3",
        selected ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <Avatar id={customer.id} name={customer.name} src={picture} />
      <div className="min-w-0 flex-1">
        <div className="truncate text-body text-ink" title={shownName(customer.name)}>
          <Highlight text={shownName(customer.name) || t("customer.unnamed")} query={query} />
        </div>
        {second !== "" && (
          <div className="truncate text-small text-ink-3" title={neutralise(second)}>
            <Highlight text={neutralise(second)} query={query} />
          </div>
        )}
      </div>
      <span className="flex shrink-0 gap-1">
        {channels.map((channel) => (
          <ChannelIcon key={channel} channel={channel} size={14} />
        ))}
      </span>
    </div>
  );
});
