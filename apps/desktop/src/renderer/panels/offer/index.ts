import { lazy } from "react";
import { selectMyOffers } from "../../state/selectors.ts";
import type { Panel } from "../panel.ts";
import { refuseOffer, takeOffer } from "./take-offer.ts";

export const panel: Panel = {
  id: "offer",
  overlay: true,
  component: lazy(() => import("./offers.tsx")),
  commands: [
    {
      id: "offer.accept",
      label: "shortcuts.acceptNow",
      isPossible: (state) => selectMyOffers(state).length > 0,
      run: async (client) => {
        const [first] = selectMyOffers(client.store.getState());
        if (first) await takeOffer(client, first);
      },
    },
    {
      id: "offer.decline",
      label: "shortcuts.decline",
      isPossible: (state) => selectMyOffers(state).length > 0,
      run: async (client) => {
        const [first] = selectMyOffers(client.store.getState());
        if (first) await refuseOffer(client, first);
      },
    },
  ],
};
