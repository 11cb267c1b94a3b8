import { ChartColumn } from "lucide-react";
import { lazy } from "react";
import type { Panel } from "../panel.ts";

export const panel: Panel = {
  id: "reports",
  slots: { reports: "page" },
  rail: {
    route: "reports",
    label: "common.nav.reports",
    icon: ChartColumn,
    shortcut: "go.reports",
    permission: "reports.see",
  },
  component: lazy(() => import("./reports.tsx")),
};
