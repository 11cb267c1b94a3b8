import { ChartColumn, History, type LucideIcon } from "lucide-react";
import { navigate } from "../actions/navigate.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { type Key, useT } from "../i18n/index.ts";
import type { DayPlace, Route } from "../state/route.ts";
import { Button } from "../ui/button.tsx";

interface Way {
  readonly icon: LucideIcon;
  readonly label: Key;
  readonly permission: string;
  readonly route: (of: DayPlace) => Route;
}

const ways = {
  report: {
    icon: ChartColumn,
    label: "report.ofDay",
    permission: "reports.see",
    route: (of) => ({ name: "reports", of }),
  },
  replay: {
    icon: History,
    label: "replay.ofDay",
    permission: "replay.run",
    route: (of) => ({ name: "settings", section: "replay", of }),
  },
} satisfies Record<string, Way>;

/** From a day's numbers to running it again, and back, for who may go there. */
export function DayLink({ to, of }: { readonly to: keyof typeof ways; readonly of: DayPlace }) {
  const t = useT();
  const client = useClient();
  const { icon, label, permission, route } = ways[to];
  const may = useSelect((s) => s.session.permissions.some((p) => p === permission));
  if (!may) return null;
  return (
    <Button icon={icon} onClick={() => navigate(client, route(of))}>
      {t(label)}
    </Button>
  );
}
