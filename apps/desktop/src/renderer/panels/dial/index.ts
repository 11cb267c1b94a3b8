import { PhoneOutgoing } from "lucide-react";
import { lazy } from "react";
import { mayDial } from "../../actions/dial.ts";
import { openDialog } from "../../actions/navigate.ts";
import type { Panel } from "../panel.ts";

/** Calling a number outside, from wherever: it lies over everything. */
export const panel: Panel = {
  id: "dial",
  overlay: true,
  component: lazy(() => import("./dial-pad.tsx")),
  commands: [
    {
      id: "call.dial",
      label: "shortcuts.dial",
      icon: PhoneOutgoing,
      shortcut: "call.dial",
      isPossible: mayDial,
      run: (client) => openDialog(client, { kind: "dial", to: null, refused: null }),
    },
  ],
};
