import type { DialObstacle } from "@tongdai/shared";
import { CircleAlert } from "lucide-react";
import { closeDialog, navigate } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { DialRefused } from "../../state/dialog.ts";
import { can } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { formatDateTime } from "../../ui/format.ts";

/** Where it is set right: in the rules for everybody, or at one's own phone. */
type Place = "outbound" | "phone";

export interface Problem {
  readonly text: string;
  readonly place: Place | null;
}

const places: Partial<Readonly<Record<DialObstacle, Place>>> = {
  switched_off: "outbound",
  country: "outbound",
  premium: "outbound",
  no_caller_number: "outbound",
  agent_limit: "outbound",
  day_limit: "outbound",
  hours: "outbound",
  no_phone: "phone",
};

/** Why it was not called, and what can be done. */
export const problemOf = ({ obstacle, until, limit }: DialRefused, t: T): Problem => ({
  text: t(`dial.refused.${obstacle}`, {
    time: until === undefined ? "" : formatDateTime(until),
    limit: limit ?? "",
  }),
  place: places[obstacle] ?? null,
});

export function Refusal({ text, place }: Problem) {
  const t = useT();
  const client = useClient();
  const manages = useSelect((s) => can(s, "channels.manage"));
  const reachable = place === "outbound" && !manages ? null : place;
  const go = (section: Place) => {
    closeDialog(client);
    navigate(client, { name: "settings", section });
  };
  return (
    <div className="flex items-start gap-2 text-small text-amber-ink">
      <CircleAlert size={14} aria-hidden className="mt-0.5 shrink-0" />
      <p role="alert" className="min-w-0 flex-1">
        {text}
      </p>
      {reachable && (
        <Button size="small" onClick={() => go(reachable)}>
          {t(reachable === "phone" ? "settings.phone.title" : "outbound.title")}
        </Button>
      )}
    </div>
  );
}
