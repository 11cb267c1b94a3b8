import type { Conversation } from "@tongdai/shared";
import { useEffect, useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";

/** Says new messages of the open conversation to screen readers; what was loaded or replayed stays silent. */
export function Announcer({ conversation }: { readonly conversation: Conversation }) {
  const t = useT();
  const client = useClient();
  const [said, setSaid] = useState("");
  const { id, customerName } = conversation;
  useEffect(
    () =>
      client.onEvents(({ events, live }) => {
        if (!live) return;
        for (const event of events) {
          if (event.name !== "message.created" || event.data.message.conversationId !== id) continue;
          const { direction, text, attachments } = event.data.message;
          if (direction !== "in") continue;
          const kind = attachments[0]?.kind;
          const words = neutralise(text) || (kind ? t(`desk.attachment.${kind}`) : "");
          setSaid(t("desk.message.newFrom", { name: customerName, text: words }));
        }
      }),
    [client, id, customerName, t],
  );
  return (
    <div aria-live="polite" className="sr-only">
      {said}
    </div>
  );
}
