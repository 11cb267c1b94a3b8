import { isTyping } from "../ui/shortcuts.ts";

/** Whether somebody types, or is asked something in a dialog: the focus is theirs. */
export const isWriting = (): boolean =>
  isTyping(document.activeElement) || document.querySelector("[role=dialog],[role=alertdialog]") !== null;
