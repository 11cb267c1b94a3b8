import { useClient, useSelect } from "../../actions/react-client.ts";
import { changePreferences } from "../../actions/set-preferences.ts";
import { languages, useT } from "../../i18n/index.ts";
import { themes } from "../../ui/theme.ts";
import { RadioGroup } from "../../ui/toggles.tsx";
import { Group, Page } from "./page.tsx";

/** Of this machine; each choice takes effect at once. */
export function Appearance() {
  const t = useT();
  const client = useClient();
  const { theme, language } = useSelect((s) => s.ui.preferences);
  return (
    <Page title={t("settings.appearance.title")} lead={t("admin.ofThisMachine")}>
      <Group title={t("settings.appearance.theme")}>
        <RadioGroup
          label={t("settings.appearance.theme")}
          value={theme}
          onChange={(next) => changePreferences(client, { theme: next })}
          options={themes.map((value) => ({ value, label: t(`settings.appearance.${value}`) }))}
        />
      </Group>
      <Group title={t("settings.language.title")}>
        <RadioGroup
          label={t("settings.language.title")}
          value={language}
          onChange={(next) => changePreferences(client, { language: next })}
          options={languages.map((value) => ({
            value,
            label: <span lang={value}>{t(`settings.language.${value}`)}</span>,
          }))}
        />
      </Group>
      <p className="text-small text-ink-3">{t("settings.appearance.reduceMotion")}</p>
    </Page>
  );
}
