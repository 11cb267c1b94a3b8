import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "../i18n/index.ts";
import { applyTheme } from "./theme.ts";

/** The page before there is a shell: words, theme, and in development the catalogue of components. */
startI18n();
applyTheme("system");

const root = document.getElementById("root");
if (root && import.meta.env.DEV && location.hash.startsWith("#catalogue"))
  void import("./catalogue.tsx").then(({ Catalogue }) =>
    createRoot(root).render(
      <StrictMode>
        <Catalogue />
      </StrictMode>,
    ),
  );
