import { Settings } from "lucide-react";
import { lazy } from "react";
import { navigate } from "../../actions/navigate.ts";
import type { Panel } from "../panel.ts";
import { places, telephony } from "./places.ts";

export const panel: Panel = {
  id: "settings",
  slots: { settings: "page" },
  rail: {
    route: "settings",
    label: "common.nav.settings",
    icon: Settings,
    shortcut: "go.settings",
    permission: null,
    atFoot: true,
  },
  places: places.map(({ id, label, icon, permission, ...rest }) => ({
    id: `settings ${id}`,
    label,
    icon,
    permission,
    isThere: (state) => !("needs" in rest) || telephony[rest.needs](state),
    open: (client) => navigate(client, { name: "settings", section: id }),
  })),
  component: lazy(() => import("./settings.tsx")),
};
