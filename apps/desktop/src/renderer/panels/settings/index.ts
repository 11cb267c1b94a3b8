import { Settings } from "lucide-react";
import { lazy } from "react";
import type { Panel } from "../panel.ts";

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
  component: lazy(() => import("./settings.tsx")),
};
