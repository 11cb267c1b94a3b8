import type { Clock } from "@tongdai/shared";
import { createPhoneAudio, type PhoneAudio } from "../softphone/audio.ts";
import { meter } from "../softphone/devices.ts";
import { createWebCall, type WebCall, type WebCallParts } from "./call.ts";
import { type AskForPass, askForPass, visitorId } from "./pass.ts";
import { showState, soundOf, timeOf } from "./show.ts";
import { createSounds, type Sounds } from "./sounds.ts";
import type { CallState } from "./state.ts";
import { buildView, type View } from "./view.ts";
import { type Language, wordsIn } from "./words.ts";

/** What a test plays itself. */
export interface WidgetParts {
  readonly clock: Clock;
  readonly audio: PhoneAudio;
  readonly sounds: () => Sounds;
  readonly meter: typeof meter;
  readonly webCall: (parts: WebCallParts) => WebCall;
}

interface Widget extends HTMLElement {
  connectedCallback(): void;
}

const report = (error: unknown): void => console.warn("Tongdai:", error);

export const browserParts = (clock: Clock): WidgetParts => ({
  clock,
  audio: createPhoneAudio(report),
  sounds: createSounds,
  meter,
  webCall: createWebCall,
});

/**
 * `<tongdai-call number="support">`: a button with which the visitor of a page calls. Attributes: `number`; `gateway`, its address;
 * `statement`, who the visitor is, signed by the site's server; `lang`, `vi` or `en`; `theme`, `light` or `dark`; `inline`, to
 * stand in the page instead of its corner. It tells each change by an event `tongdai-call` whose detail is the state.
 */
export function widgetWith(parts: WidgetParts): new () => Widget {
  return class TongdaiCall extends HTMLElement {
    static readonly observedAttributes = ["lang", "inline"];
    #view: View | null = null;
    #state: CallState = { phase: "idle", end: null };
    #isOpen = false;
    #hasMusic = true;
    #sounds: Sounds | null = null;
    #stopMeter = (): void => {};
    #stopTime = (): void => {};
    #call: WebCall | null = null;
    readonly #leave = (): void => this.#call?.hangUp();

    connectedCallback(): void {
      this.#view ??= this.#build();
      window.addEventListener("pagehide", this.#leave);
      this.#draw();
    }

    disconnectedCallback(): void {
      window.removeEventListener("pagehide", this.#leave);
      this.#leave();
    }

    attributeChangedCallback(): void {
      this.#draw();
    }

    #build(): View {
      const view = buildView(this);
      view.open.addEventListener("click", () => this.#show(true, view.call));
      view.close.addEventListener("click", () => this.#show(false, view.open));
      view.panel.addEventListener("keydown", ({ key }) => {
        if (key === "Escape" && this.#state.phase === "idle" && !this.hasAttribute("inline"))
          this.#show(false, view.open);
      });
      view.call.addEventListener("click", () => void this.#line().call());
      view.hangUp.addEventListener("click", () => this.#call?.hangUp());
      view.mute.addEventListener("click", () => {
        if (this.#state.phase === "talking") this.#call?.mute(!this.#state.muted);
      });
      view.music.addEventListener("click", () => {
        this.#hasMusic = !this.#hasMusic;
        this.#draw();
      });
      return view;
    }

    #line(): WebCall {
      this.#call ??= parts.webCall({
        clock: parts.clock,
        audio: parts.audio,
        askPass: this.#askPass,
        changed: (state) => this.#changed(state),
        speaking: (stream) => {
          this.#stopMeter();
          this.#stopMeter = parts.meter(parts.clock, stream, (level) => this.#showLevel(level));
        },
        report,
      });
      // Within the click: browsers let sound begin with one only.
      this.#sounds ??= parts.sounds();
      return this.#call;
    }

    readonly #askPass: AskForPass = () =>
      askForPass(this.getAttribute("gateway") ?? location.origin, {
        number: this.getAttribute("number") ?? "",
        visitor: visitorId(),
        statement: this.getAttribute("statement"),
      });

    #show(isOpen: boolean, focus: HTMLElement): void {
      this.#isOpen = isOpen;
      this.#draw();
      focus.focus();
    }

    #changed(state: CallState): void {
      const before = this.#state.phase;
      this.#state = state;
      const focused = this.shadowRoot?.activeElement;
      this.#draw();
      if (state.phase === "idle") this.#end();
      if (state.phase === "talking" && before !== "talking") this.#count(state.since);
      // The button that was pressed is gone: its place is taken, so that the next key still means something.
      if (focused instanceof HTMLElement && focused.hidden)
        (state.phase === "idle" ? this.#view?.call : this.#view?.hangUp)?.focus();
      this.dispatchEvent(new CustomEvent("tongdai-call", { detail: state, bubbles: true, composed: true }));
    }

    #end(): void {
      this.#stopMeter();
      this.#stopTime();
      this.#sounds?.close();
      this.#sounds = null;
      this.#hasMusic = true;
    }

    #count(since: number): void {
      if (this.#view) this.#view.time.textContent = timeOf(parts.clock.now() - since);
      this.#stopTime = parts.clock.after(1_000, () => this.#count(since));
    }

    #showLevel(level: number): void {
      if (!this.#view) return;
      this.#view.bar.style.transform = `scaleX(${level.toFixed(3)})`;
      this.#view.meter.setAttribute("aria-valuenow", String(Math.round(level * 100)));
    }

    #draw(): void {
      if (!this.#view) return;
      const isOpen = this.#isOpen || this.hasAttribute("inline");
      showState(this.#view, this.#state, { words: wordsIn(this.#language()), isOpen });
      this.#view.close.hidden ||= this.hasAttribute("inline");
      this.#view.music.setAttribute("aria-pressed", String(this.#hasMusic));
      this.#sounds?.play(this.#hasMusic ? soundOf(this.#state) : null);
    }

    #language(): Language {
      const asked = this.lang || document.documentElement.lang || navigator.language;
      return asked.startsWith("vi") ? "vi" : "en";
    }
  };
}
