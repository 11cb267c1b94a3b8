import { useEffect } from "react";
import { useSelect } from "../actions/react-client.ts";
import { setLanguage } from "../i18n/index.ts";
import { setFormatDefaults } from "../ui/format.ts";
import { applyTheme } from "../ui/theme.ts";
import { ticker } from "../ui/ticker.ts";

/** What the person chose, and the gateway's clock, carried to the page. */
export function useAppearance(): void {
  const { theme, language } = useSelect((s) => s.ui.preferences);
  const skew = useSelect((s) => s.connection.skew);
  useEffect(() => applyTheme(theme), [theme]);
  useEffect(() => ticker.setSkew(skew), [skew]);
  useEffect(() => {
    setFormatDefaults({ language });
    void setLanguage(language);
  }, [language]);
}
