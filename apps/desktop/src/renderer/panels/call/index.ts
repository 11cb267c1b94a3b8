import { Grid3x3, Mic, Pause, PhoneOff } from "lucide-react";
import { lazy } from "react";
import { hangUp, holdCall, muteCall } from "../../actions/call.ts";
import type { Client } from "../../actions/client.ts";
import { selectCurrentTalk } from "../../state/calls.ts";
import type { State } from "../../state/model.ts";
import type { Talk } from "../../state/talk.ts";
import { runShortcut } from "../../ui/use-shortcuts.ts";
import type { Panel } from "../panel.ts";

const talks = (state: State): boolean => selectCurrentTalk(state)?.phase === "talking";
const current = (act: (client: Client, talk: Talk) => Promise<unknown>) => async (client: Client) => {
  const talk = selectCurrentTalk(client.store.getState());
  if (talk) await act(client, talk);
};

export const panel: Panel = {
  id: "call",
  bar: true,
  component: lazy(() => import("./bar.tsx")),
  commands: [
    { id: "call.mute", label: "shortcuts.mute", icon: Mic, isPossible: talks, run: current(muteCall) },
    { id: "call.hold", label: "shortcuts.hold", icon: Pause, isPossible: talks, run: current(holdCall) },
    {
      id: "call.keypad",
      label: "shortcuts.keypad",
      icon: Grid3x3,
      isPossible: talks,
      run: () => void runShortcut("call.keypad"),
    },
    {
      id: "call.hangUp",
      label: "shortcuts.hangUp",
      icon: PhoneOff,
      isPossible: (state) => selectCurrentTalk(state) !== null,
      run: current((client, talk) => hangUp(client, talk.id)),
    },
  ],
};
