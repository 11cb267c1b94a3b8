import type { CallState } from "./state.ts";
import type { View } from "./view.ts";
import { isTrouble, type Words } from "./words.ts";

/** What is heard while nobody speaks to the visitor. */
export function soundOf(state: CallState): "music" | "ringback" | null {
  if (state.phase === "waiting" || (state.phase === "talking" && state.onHold)) return "music";
  return state.phase === "ringing" ? "ringback" : null;
}

/** What stands in the widget, and is spoken when it changes. */
export function statusOf(state: CallState, { t, end }: Words): string {
  if (state.phase === "idle") return state.end === null ? t("intro") : end(state.end);
  if (state.phase === "waiting") {
    if (state.place === null) return t("waiting");
    return state.place === 1 ? t("next") : t("place", state.place);
  }
  if (state.phase !== "talking") return t(state.phase);
  if (state.isBroken) return t("broken");
  if (state.onHold) return t("onHold");
  return t(state.muted ? "muted" : "talking");
}

/** Puts a state into the widget. @param isOpen whether its panel is to be seen */
export function showState(view: View, state: CallState, o: { words: Words; isOpen: boolean }): void {
  const { words } = o;
  const { t } = words;
  const isIdle = state.phase === "idle";
  const isTalking = state.phase === "talking";
  view.panel.hidden = !o.isOpen;
  view.panel.setAttribute("aria-label", t("title"));
  view.open.hidden = o.isOpen;
  view.heading.textContent = t("title");
  view.open.textContent = t("open");
  view.close.setAttribute("aria-label", t("close"));
  view.close.hidden = !isIdle;
  const status = statusOf(state, words);
  // Said again by screen readers when it is set again.
  if (view.status.textContent !== status) view.status.textContent = status;
  view.time.hidden = !isTalking;
  view.levelLabel.textContent = t("level");
  view.meter.setAttribute("aria-label", t("level"));
  view.level.hidden = isIdle || state.phase === "asking";
  view.call.hidden = !isIdle;
  view.call.textContent = t(isIdle && state.end !== null && isTrouble(state.end) ? "again" : "call");
  view.hangUp.hidden = isIdle;
  view.hangUp.textContent = t("hangUp");
  view.mute.hidden = !isTalking;
  view.mute.textContent = t("mute");
  view.mute.setAttribute("aria-pressed", String(isTalking && state.muted));
  view.music.hidden = soundOf(state) === null;
  view.music.textContent = t("music");
}

/** 75 000 becomes 1:15. */
export function timeOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
