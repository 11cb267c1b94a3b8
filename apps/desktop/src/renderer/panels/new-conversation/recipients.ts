import type { AddressKind, ChannelId, Customer } from "@tongdai/shared";
import { useMemo } from "react";
import { type NewConversation, waysOf } from "../../actions/begin-conversation.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { accountsToBegin } from "../../state/accounts.ts";
import { formatPhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";

/** Somebody whom we know, or an address that was typed. */
export type Recipient =
  | { readonly kind: "customer"; readonly customer: Customer }
  | { readonly kind: AddressKind; readonly address: string };

type To = Pick<Extract<NewConversation, { identityId: string }>, "identityId">;
type ToAddress = Pick<Extract<NewConversation, { accountId: string }>, "accountId" | "address">;

/** One way to write to a recipient. */
export interface Choice {
  readonly id: string;
  readonly channel: ChannelId;
  readonly label: string;
  readonly isPossible: boolean;
  readonly to: To | ToAddress;
}

/** How a recipient may be written to, what is possible first; `null` while it is not known. */
export function useChoices(recipient: Recipient): readonly Choice[] | null {
  const t = useT();
  const people = useSelect((s) => s.people);
  const session = useSelect((s) => s.session);
  const customerId = recipient.kind === "customer" ? recipient.customer.id : null;
  const fetch = useMemo(() => (customerId === null ? async () => [] : waysOf(customerId)), [customerId]);
  const { value: ways } = useFetched(fetch);
  if (recipient.kind !== "customer") {
    const { address } = recipient;
    return accountsToBegin({ people, session }, recipient.kind).map(({ id, channel, name }) => ({
      id,
      channel,
      label: neutralise(name),
      isPossible: true,
      to: { accountId: id, address },
    }));
  }
  return (
    ways?.map(({ identityId, channel, accountId, address, obstacle }) => {
      const at = `${formatPhone(neutralise(address))} · ${neutralise(people.accounts[accountId]?.name ?? "")}`;
      return {
        id: identityId,
        channel,
        label:
          obstacle === null
            ? at
            : t("begin.obstructed", { address: at, obstacle: t(`desk.ways.obstacle.${obstacle}`) }),
        isPossible: obstacle === null,
        to: { identityId },
      };
    }) ?? null
  );
}
