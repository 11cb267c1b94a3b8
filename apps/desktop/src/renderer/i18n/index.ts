import i18next, { type i18n as I18n } from "i18next";
import { useMemo } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { en } from "./en/index.ts";
import type { At, Path, Placeholder, Values } from "./types.ts";
import { vi } from "./vi/index.ts";

export const languages = ["vi", "en"] as const;
export type Language = (typeof languages)[number];

export type Key = Path<typeof vi>;
type NamesIn<K extends Key> = Placeholder<At<typeof vi, K>>;
type Args<K extends Key> = [NamesIn<K>] extends [never] ? [] : [values: Values<NamesIn<K>>];

/** A sentence by its key; the placeholders of that sentence are required, and no others. */
export type T = <K extends Key>(key: K, ...values: Args<K>) => string;

export const i18n: I18n = i18next.createInstance();

interface StartOptions {
  readonly language?: Language;
  /** Where the choice is kept is the caller's business. */
  readonly onLanguage?: (language: Language) => void;
}

export function isLanguage(value: unknown): value is Language {
  return languages.includes(value as Language);
}

/** Starts the translator; the answer undoes the subscription. */
export function startI18n({ language = "vi", onLanguage }: StartOptions = {}): () => void {
  const follow = (next: string) => {
    document.documentElement.lang = next;
    if (isLanguage(next) && i18n.isInitialized) onLanguage?.(next);
  };
  i18n.on("languageChanged", follow);
  // Resources are in the bundle, so this finishes before it returns.
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: "vi",
    resources: { vi: { all: vi }, en: { all: en } },
    ns: ["all"],
    defaultNS: "all",
    initAsync: false,
    returnNull: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return () => i18n.off("languageChanged", follow);
}

export function currentLanguage(): Language {
  return isLanguage(i18n.language) ? i18n.language : "vi";
}

export async function setLanguage(language: Language): Promise<void> {
  await i18n.changeLanguage(language);
}

/** i18next's own key types know nothing of ours, so it is called with plain strings and checked here instead. */
function say(translate: I18n["t"]): T {
  return (key, ...values) => translate(key as string, { ...values[0] } as Record<string, unknown>);
}

/** For what is said outside React: notifications, window titles. */
export const t: T = say(i18n.t.bind(i18n));

/** The translator for components; they render again when the language changes. */
export function useT(): T {
  const { t: translate } = useTranslation(undefined, { i18n });
  return useMemo(() => say(translate), [translate]);
}

export function useLanguage(): Language {
  useTranslation(undefined, { i18n });
  return currentLanguage();
}
