import { lazy } from "react";
import type { Panel } from "../panel.ts";

/** One ticket, beside the list of them. */
export const panel: Panel = {
  id: "ticket",
  slots: { tickets: "side" },
  component: lazy(() => import("./ticket.tsx")),
};
