import { Languages, LogOut, Moon, Volume2 } from "lucide-react";
import { logOut } from "../actions/log-out.ts";
import { closeDialog, openDialog } from "../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../actions/react-client.ts";
import { changePreferences } from "../actions/set-preferences.ts";
import { languages, useT } from "../i18n/index.ts";
import { mineFilter, selectHasUnfinished, selectHeld, selectList, selectMe } from "../state/selectors.ts";
import { Avatar } from "../ui/avatar.tsx";
import { AlertDialog } from "../ui/dialog.tsx";
import { DropdownMenu, type MenuEntry } from "../ui/menu.tsx";
import { themes } from "../ui/theme.ts";
import { SignOffDialog } from "./sign-off-dialog.tsx";

/** Who I am here, how it looks and sounds, and the way out. */
export function AccountMenu() {
  const t = useT();
  const client = useClient();
  const me = useSelect(selectMe);
  const preferences = useSelect((s) => s.ui.preferences);
  const dialog = useSelect((s) => s.ui.dialog);
  const asks = useSelect((s) => s.connection.status === "live" && selectHasUnfinished(s));
  if (!me) return null;
  const entries: MenuEntry[] = [
    { kind: "title", id: "me", label: me.name },
    {
      kind: "menu",
      id: "theme",
      label: t("settings.appearance.theme"),
      entries: themes.map((theme) => ({
        id: theme,
        icon: Moon,
        label: t(`settings.appearance.${theme}`),
        checked: preferences.theme === theme,
        onSelect: () => changePreferences(client, { theme }),
      })),
    },
    {
      kind: "menu",
      id: "language",
      label: t("settings.language.title"),
      entries: languages.map((language) => ({
        id: language,
        icon: Languages,
        label: t(`settings.language.${language}`),
        checked: preferences.language === language,
        onSelect: () => changePreferences(client, { language }),
      })),
    },
    { kind: "line", id: "line-1" },
    {
      id: "messageSound",
      icon: Volume2,
      label: t("desk.shell.messageSound"),
      checked: preferences.messageSound,
      onSelect: () => changePreferences(client, { messageSound: !preferences.messageSound }),
    },
    {
      id: "offerSound",
      icon: Volume2,
      label: t("desk.shell.offerSound"),
      checked: preferences.offerSound,
      onSelect: () => changePreferences(client, { offerSound: !preferences.offerSound }),
    },
    { kind: "line", id: "line-2" },
    {
      id: "out",
      icon: LogOut,
      label: t("auth.signOut"),
      onSelect: () => openDialog(client, { kind: "log_out" }),
    },
  ];
  return (
    <>
      <DropdownMenu
        side="right"
        align="end"
        entries={entries}
        trigger={
          <button
            type="button"
            aria-label={`${t("desk.shell.account")}: ${me.name}`}
            className="flex size-9 items-center justify-center rounded-ui hover:bg-hover data-[state=open]:bg-hover"
          >
            <Avatar id={me.id} name={me.name} size="small" />
          </button>
        }
      />
      {dialog?.kind === "log_out" && asks && (
        <SignOffDialog next="log_out" onClose={() => closeDialog(client)} />
      )}
      {dialog?.kind === "sign_off" && (
        <SignOffDialog next={dialog.next} onClose={() => closeDialog(client)} />
      )}
      <Leave
        open={dialog?.kind === "log_out" && !asks}
        onOpenChange={(open) => !open && closeDialog(client)}
      />
    </>
  );
}

interface LeaveProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Says what becomes of open work and unsent words before somebody leaves. */
function Leave({ open, onOpenChange }: LeaveProps) {
  const t = useT();
  const run = useRun();
  const count = useSelect((s) => selectList(s, mineFilter)?.ids.length ?? 0);
  const held = useSelect(selectHeld);
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("auth.signOutTitle")}
      body={
        <>
          <p>{count > 0 ? t("auth.signOutBody", { count }) : t("auth.signOutClean")}</p>
          {held > 0 && <p>{t("desk.shell.heldOnLeave", { count: held })}</p>}
        </>
      }
      confirm={t("auth.signOut")}
      onConfirm={() => run(logOut)}
    />
  );
}
