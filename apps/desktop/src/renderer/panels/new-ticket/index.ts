import { lazy } from "react";
import type { Panel } from "../panel.ts";

/** A ticket for a customer without a conversation on screen; from within one, the conversation's own dialog is used. */
export const panel: Panel = {
  id: "new-ticket",
  overlay: true,
  component: lazy(() => import("./new-ticket.tsx")),
};
