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
