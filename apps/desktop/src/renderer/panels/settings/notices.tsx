import { Bell, BellOff, BellRing } from "lucide-react";
import { useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changePreferences } from "../../actions/set-preferences.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/toggles.tsx";
import { Group, Page } from "./page.tsx";

export function Notices() {
  const t = useT();
  const client = useClient();
  const { messageSound, offerSound } = useSelect((s) => s.ui.preferences);
  return (
    <Page title={t("admin.notices.title")} lead={t("admin.ofThisMachine")}>
      <Group title={t("settings.sounds.title")}>
        <div className="flex flex-col gap-2">
          <Switch
            checked={messageSound}
            onChange={(on) => changePreferences(client, { messageSound: on })}
            label={t("settings.sounds.message")}
            hint={t("admin.notices.messageHint")}
          />
          <Switch
            checked={offerSound}
            onChange={(on) => changePreferences(client, { offerSound: on })}
            label={t("admin.notices.offer")}
            hint={t("admin.notices.offerHint")}
          />
        </div>
      </Group>
      <Group title={t("settings.notifications.title")}>
        {client.desktop ? <p className="text-body">{t("settings.notifications.desktop")}</p> : <OfBrowser />}
      </Group>
    </Page>
  );
}

type Allowed = NotificationPermission | "missing";

const allowedNow = (): Allowed => (typeof Notification === "undefined" ? "missing" : Notification.permission);

/** A browser shows them only once a person has said so to the browser itself. */
function OfBrowser() {
  const t = useT();
  const client = useClient();
  const [allowed, setAllowed] = useState(allowedNow);
  const ask = () => {
    Notification.requestPermission().then(setAllowed, client.report);
  };
  if (allowed === "granted")
    return (
      <p className="flex items-center gap-2 text-body">
        <BellRing size={16} aria-hidden className="shrink-0 text-green" />
        {t("admin.notices.allowed")}
      </p>
    );
  if (allowed === "default")
    return (
      <div className="flex flex-col items-start gap-2">
        <p className="text-body text-ink-2">{t("settings.notifications.desktop")}</p>
        <Button icon={Bell} onClick={ask}>
          {t("settings.notifications.allow")}
        </Button>
      </div>
    );
  return (
    <p className="flex items-start gap-2 text-body">
      <BellOff size={16} aria-hidden className="mt-0.5 shrink-0 text-amber" />
      {allowed === "denied" ? t("admin.notices.blocked") : t("admin.notices.missing")}
    </p>
  );
}
