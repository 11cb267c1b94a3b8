import { Users } from "lucide-react";
import { lazy } from "react";
import type { Panel } from "../panel.ts";

export const panel: Panel = {
  id: "customers",
  slots: { customers: "list" },
  rail: {
    route: "customers",
    label: "common.nav.customers",
    icon: Users,
    shortcut: "go.customers",
    permission: "work",
  },
  component: lazy(() => import("./customers.tsx")),
};
