import type { T } from "../../i18n/index.ts";

const programs = [
  [/Electron\//, "Tongdai"],
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

const systems = [
  [/Windows/, "Windows"],
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/** "Chrome trên Windows": enough to know one's own machines again. */
export function deviceOf(userAgent: string, t: T): string {
  const program = programs.find(([mark]) => mark.test(userAgent))?.[1];
  const system = systems.find(([mark]) => mark.test(userAgent))?.[1];
  if (program && system) return t("admin.device", { program, system });
  return program ?? system ?? t("admin.deviceUnknown");
}
