import { Keyboard, Languages, LogOut, Moon } from "lucide-react";
import { useState } from "react";
import type { Client } from "../actions/client.ts";
import { closeDialog, goTo, openDialog } from "../actions/navigate.ts";
import { openConversation } from "../actions/open-conversation.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { run } from "../actions/run.ts";
import { search } from "../actions/search.ts";
import { setAgentState } from "../actions/set-agent-state.ts";
import { changePreferences } from "../actions/set-preferences.ts";
import { goOffline } from "../actions/sign-off.ts";
import { languages, type T, useT } from "../i18n/index.ts";
import { reasonName } from "../panels/state-words.ts";
import { previewText } from "../panels/words.ts";
import type { State } from "../state/model.ts";
import { can, mineFilter, selectAwayReasons, selectConversation, selectList } from "../state/selectors.ts";
import { ChannelIcon } from "../ui/channel-icon.tsx";
import { type CommandEntry, CommandMenu } from "../ui/command-menu.tsx";
import { shownName } from "../ui/phone.ts";
import { ShortcutSheet } from "../ui/shortcut-sheet.tsx";
import { StatusDot } from "../ui/status-dot.tsx";
import { themes } from "../ui/theme.ts";
import { panels } from "./panels.ts";
import { commands, isPossible, runCommand } from "./use-command-keys.ts";

export function CommandPalette() {
  const client = useClient();
  const dialog = useSelect((s) => s.ui.dialog?.kind);
  const hasPhone = useSelect((s) => s.calls.phone !== null);
  const close = () => closeDialog(client);
  return (
    <>
      {dialog === "palette" && <Palette onClose={close} />}
      <ShortcutSheet
        open={dialog === "shortcuts"}
        onOpenChange={(open) => !open && close()}
        calls={hasPhone}
      />
    </>
  );
}

function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const client = useClient();
  // Drawn once for each snapshot, as it was when it opened: entries must not move under the finger.
  const epoch = useSelect((s) => s.connection.epoch);
  const [state, draw] = useState(() => client.store.getState());
  if (state.connection.epoch !== epoch) draw(client.store.getState());
  const [query, setQuery] = useState("");
  const found: CommandEntry[] =
    query.trim().length < 2
      ? []
      : [
          {
            // Another entry for other words: the menu does not look again at the words of one that it knows.
            id: `search ${query}`,
            group: t("common.search"),
            label: t("common.search"),
            hint: query,
            keywords: [query],
            run: () => {
              goTo(client, "inbox");
              search(client, query);
            },
          },
        ];
  return (
    <CommandMenu
      open
      onOpenChange={(open) => !open && onClose()}
      onQuery={setQuery}
      commands={[
        ...actions(client, state, t),
        ...conversations(client, state, t),
        ...rails(client, state, t),
        ...places(client, state, t),
        ...states(client, state, t),
        ...looks(client, t),
        logOut(client, t),
        ...found,
      ]}
    />
  );
}

const actions = (client: Client, state: State, t: T): CommandEntry[] => [
  ...commands
    .filter((command) => isPossible(command, state))
    // What depends on the moment comes before what can always be done.
    .sort((a, b) => Number(b.isPossible !== undefined) - Number(a.isPossible !== undefined))
    .map((command) => ({
      id: command.id,
      group: t("desk.shell.actions"),
      label: t(command.label),
      ...(command.icon ? { icon: command.icon } : {}),
      ...(command.shortcut ? { shortcut: command.shortcut } : {}),
      run: () => runCommand(client, command),
    })),
  {
    id: "help",
    group: t("desk.shell.actions"),
    label: t("shortcuts.help"),
    icon: Keyboard,
    shortcut: "help" as const,
    run: () => openDialog(client, { kind: "shortcuts" }),
  },
];

const conversations = (client: Client, state: State, t: T): CommandEntry[] =>
  (selectList(state, mineFilter)?.ids ?? [])
    .map((id) => selectConversation(state, id))
    .filter((c) => c !== null)
    .slice(0, 30)
    .map((c) => ({
      id: c.id,
      group: t("inbox.filters.mine"),
      label: shownName(c.customerName),
      hint: previewText(c.preview, t).slice(0, 60),
      leading: <ChannelIcon channel={c.channel} />,
      run: () => openConversation(client, c.id),
    }));

const rails = (client: Client, state: State, t: T): CommandEntry[] =>
  panels
    .map((panel) => panel.rail)
    .filter((rail) => rail !== undefined)
    .filter((rail) => rail.permission === null || can(state, rail.permission))
    .map((rail) => ({
      id: `go ${rail.route}`,
      group: t("desk.shell.go"),
      label: t(rail.label),
      icon: rail.icon,
      shortcut: rail.shortcut,
      run: () => goTo(client, rail.route),
    }));

const places = (client: Client, state: State, t: T): CommandEntry[] =>
  panels
    .flatMap((panel) => panel.places ?? [])
    .filter((place) => place.permission === null || can(state, place.permission))
    .filter((place) => place.isThere?.(state) ?? true)
    .map((place) => ({
      id: `go ${place.id}`,
      group: t("desk.shell.go"),
      label: t(place.label),
      icon: place.icon,
      run: () => place.open(client),
    }));

const logOut = (client: Client, t: T): CommandEntry => ({
  id: "log out",
  group: t("desk.shell.account"),
  label: t("auth.signOut"),
  icon: LogOut,
  run: () => openDialog(client, { kind: "log_out" }),
});

function states(client: Client, state: State, t: T): CommandEntry[] {
  if (!can(state, "work")) return [];
  const group = t("desk.shell.state");
  return [
    ...(["available", "busy", "offline"] as const).map((name) => ({
      id: `state ${name}`,
      group,
      label: t(`agent.state.${name}`),
      leading: <StatusDot state={name} decorative />,
      run: () =>
        name === "offline" ? goOffline(client) : run(client, setAgentState(client, { state: name })),
    })),
    ...selectAwayReasons(state).map((reason) => ({
      id: `state away ${reason.id}`,
      group,
      label: t("agent.awayWith", { reason: reasonName(reason) }),
      leading: <StatusDot state="away" decorative />,
      run: () => run(client, setAgentState(client, { state: "away", reason: reason.id })),
    })),
  ];
}

const looks = (client: Client, t: T): CommandEntry[] => [
  ...themes.map((theme) => ({
    id: `theme ${theme}`,
    group: t("desk.shell.look"),
    label: t("desk.shell.theme", { name: t(`settings.appearance.${theme}`) }),
    icon: Moon,
    keywords: ["theme", theme],
    run: () => changePreferences(client, { theme }),
  })),
  ...languages.map((language) => ({
    id: `language ${language}`,
    group: t("desk.shell.look"),
    label: t("desk.shell.language", { name: t(`settings.language.${language}`) }),
    icon: Languages,
    keywords: ["language", language],
    run: () => changePreferences(client, { language }),
  })),
];
