import type { Conversation } from "@tongdai/shared";
import { Reply } from "lucide-react";
import { useMemo } from "react";
import { continueBy, waysFrom } from "../../actions/continue-by.ts";
import { useRun } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { DropdownMenu, type MenuEntry } from "../../ui/menu.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";

/** The customer's other addresses: those that may be used now, and what is in the way of the others. */
export function OtherWays({ conversation }: { readonly conversation: Conversation }) {
  const t = useT();
  const run = useRun();
  const { id, customerId, identityId } = conversation;
  const fetch = useMemo(() => waysFrom(customerId, identityId), [customerId, identityId]);
  const { value } = useFetched(fetch);
  if (!value || value.length === 0) return null;
  const entries: MenuEntry[] = value.map((way) => ({
    id: way.identityId,
    label: formatPhone(neutralise(way.address)),
    icon: <ChannelIcon channel={way.channel} size={16} />,
    disabled: way.obstacle !== null,
    ...(way.obstacle === null ? {} : { hint: t(`desk.ways.obstacle.${way.obstacle}`) }),
    onSelect: () => run((client) => continueBy(client, id, way.identityId)),
  }));
  const isPossible = value.some((way) => way.obstacle === null);
  return (
    <DropdownMenu
      side="top"
      align="end"
      entries={entries}
      trigger={
        <Button icon={Reply} variant={isPossible ? "primary" : "secondary"}>
          {t("desk.ways.open")}
        </Button>
      }
    />
  );
}
