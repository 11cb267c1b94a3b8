import { lazy } from "react";
import type { Panel } from "../panel.ts";

/** The one form in which tickets are made, from wherever: it lies over everything. */
export const panel: Panel = {
  id: "new-ticket",
  overlay: true,
  component: lazy(() => import("./new-ticket.tsx")),
};
