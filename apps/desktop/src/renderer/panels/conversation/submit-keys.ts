import type { FormEvent, KeyboardEvent } from "react";
import { isComposing } from "../../ui/composing.ts";

/** For a form, as in the composer: Enter does it from every field, Shift+Enter breaks the line. */
export const submitKeys = (submit: () => void) => ({
  onSubmit(event: FormEvent) {
    event.preventDefault();
    submit();
  },
  onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    submit();
  },
});
