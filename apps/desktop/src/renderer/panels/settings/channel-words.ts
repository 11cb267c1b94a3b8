import type { ChannelWords } from "@tongdai/shared";
import { currentLanguage, useT } from "../../i18n/index.ts";

/** What a channel says of itself, in the language that is shown. */
export function useChannelWords(): (words: ChannelWords) => string {
  // Whoever listens to the language draws again when it changes.
  useT();
  return (words) => words[currentLanguage()];
}
