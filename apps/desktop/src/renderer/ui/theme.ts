import { useSyncExternalStore } from "react";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Puts the theme on html and follows the computer when asked to; the answer stops following. */
export function applyTheme(theme: Theme): () => void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const set = () => {
    const resolved = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset["theme"] = resolved;
  };
  set();
  if (theme !== "system") return () => {};
  dark.addEventListener("change", set);
  return () => dark.removeEventListener("change", set);
}

function onThemeChange(tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** For what the page's own colours do not reach: another document. */
export const useIsDark = (): boolean =>
  useSyncExternalStore(onThemeChange, () => document.documentElement.dataset["theme"] === "dark");
