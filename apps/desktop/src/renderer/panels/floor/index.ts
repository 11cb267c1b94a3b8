import { MonitorDot } from "lucide-react";
import { lazy } from "react";
import type { Panel } from "../panel.ts";

export const panel: Panel = {
  id: "floor",
  slots: { floor: "page" },
  rail: {
    route: "floor",
    label: "common.nav.floor",
    icon: MonitorDot,
    shortcut: "go.floor",
    permission: "floor.see",
  },
  component: lazy(() => import("./floor.tsx")),
};
