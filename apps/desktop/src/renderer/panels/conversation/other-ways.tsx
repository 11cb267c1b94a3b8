import type { Conversation, Way } from "@tongdai/shared";
import { Reply } from "lucide-react";
import { useMemo } from "react";
import { continueBy, waysFrom } from "../../actions/continue-by.ts";
import { useRun, useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { partsOf, unfitFiles } from "../../state/unfit.ts";
import { Button, type ButtonProps } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { DropdownMenu, type MenuEntry } from "../../ui/menu.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { TemplateButton } from "./template-button.tsx";
import { useDraftFiles } from "./use-draft-files.ts";

interface OtherWaysProps {
  readonly conversation: Conversation;
  /** Beside the text box, as one choice among others. */
  readonly small?: boolean;
  /** Only if one of them carries the draft whole, and then only by such a one. */
  readonly whole?: boolean;
}

/** The customer's other addresses: those that may be used now, and what is in the way of the others. */
export function OtherWays({ conversation, whole = false, small = whole }: OtherWaysProps) {
  const { entries, mayGo } = useOtherWays(conversation, { whole });
  if (entries.length === 0 || (whole && !mayGo)) return null;
  return <WaysMenu entries={entries} size={small ? "small" : "medium"} />;
}

/** In a shut window: another address costs nothing and takes any words, so it comes before a template where one may be used. */
export function WaysOut({ conversation, template }: WaysOutProps) {
  const { entries, mayGo, isKnown } = useOtherWays(conversation, { whole: false });
  return (
    <>
      {template && (
        <TemplateButton conversation={conversation} variant={isKnown && !mayGo ? "primary" : "secondary"} />
      )}
      {entries.length > 0 && <WaysMenu entries={entries} variant={mayGo ? "primary" : "secondary"} />}
    </>
  );
}

interface WaysOutProps {
  readonly conversation: Conversation;
  /** Words that were approved beforehand may go too. */
  readonly template: boolean;
}

function useOtherWays({ id, customerId, identityId }: Conversation, { whole }: { whole: boolean }) {
  const t = useT();
  const run = useRun();
  const fetch = useMemo(() => waysFrom(customerId, identityId), [customerId, identityId]);
  const { value, failure } = useFetched(fetch);
  const lacks = useLacks(id);
  const isPossible = (way: Way) => way.obstacle === null && !(whole && lacks(way));
  const entries: MenuEntry[] = (value ?? []).map((way) => {
    const lack = way.obstacle === null ? lacks(way) : null;
    const hint = way.obstacle ? t(`desk.ways.obstacle.${way.obstacle}`) : lack && t(`desk.ways.${lack}`);
    return {
      id: way.identityId,
      label: formatPhone(neutralise(way.address)),
      icon: <ChannelIcon channel={way.channel} size={16} />,
      disabled: !isPossible(way),
      ...(hint ? { hint } : {}),
      onSelect: () => run((client) => continueBy(client, id, way.identityId)),
    };
  });
  return {
    entries,
    mayGo: value?.some(isPossible) ?? false,
    isKnown: value !== null || failure !== null,
  };
}

interface WaysMenuProps extends Pick<ButtonProps, "size" | "variant"> {
  readonly entries: MenuEntry[];
}

function WaysMenu({ entries, ...look }: WaysMenuProps) {
  const t = useT();
  return (
    <DropdownMenu
      side="top"
      align="end"
      entries={entries}
      trigger={
        <Button icon={Reply} {...look}>
          {t("desk.ways.open")}
        </Button>
      }
    />
  );
}

/** What of the draft would not go as it is by that way either. */
function useLacks(conversationId: string): (way: Way) => "filesStay" | "cutUp" | null {
  const channels = useSelect((s) => s.people.channels);
  const files = useDraftFiles();
  const text = files.drafts[conversationId]?.text ?? "";
  return ({ channel }) => {
    const capabilities = channels[channel]?.capabilities;
    if (!capabilities) return null;
    if (unfitFiles(files, conversationId, capabilities.attachments).length > 0) return "filesStay";
    return partsOf(text, capabilities.text) > 1 ? "cutUp" : null;
  };
}
