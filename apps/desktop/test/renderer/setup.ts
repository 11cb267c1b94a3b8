// First: React looks for the counter when it is loaded.
import "./count-renders.ts";
import "@testing-library/jest-dom/vitest";
import { act, cleanup, configure, getConfig } from "@testing-library/react";
import { afterEach } from "vitest";
import { startI18n } from "../../src/renderer/i18n/index.ts";

/** What jsdom lacks and Radix, cmdk, the panels and the virtual list ask for. */
class NoResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoResizeObserver;

window.matchMedia ??= (media) => ({
  matches: false,
  media,
  onchange: null,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
  dispatchEvent: () => false,
});

const element = Element.prototype;
element.scrollIntoView ??= () => {};
element.scrollTo ??= () => {};
element.hasPointerCapture ??= () => false;
element.setPointerCapture ??= () => {};
element.releasePointerCapture ??= () => {};

// jsdom draws every 16 ms: an editor that takes the focus with the next frame would take it in the middle of a test.
window.requestAnimationFrame = (draw) => window.setTimeout(() => draw(performance.now()), 0);
window.cancelAnimationFrame = (frame) => window.clearTimeout(frame);

// A virtual list without a height shows nothing: give scroll boxes one, in a world without layout.
const box = (size: number) => ({
  configurable: true,
  get(this: HTMLElement) {
    return this.hasAttribute("data-virtual-scroll") ? size : 0;
  },
});
Object.defineProperty(HTMLElement.prototype, "clientHeight", box(560));
Object.defineProperty(HTMLElement.prototype, "clientWidth", box(320));

// Panels are loaded when they are first shown: on a busy machine that takes longer than the library waits.
configure({ asyncUtilTimeout: 10_000 });

// What was waited for has run its effects too: a timer that the found element starts is there when a test moves the clock.
const { asyncWrapper } = getConfig();
configure({
  async asyncWrapper(wait) {
    const found = await asyncWrapper(wait);
    await act(async () => {});
    return found;
  },
});

startI18n({ language: "vi" });
afterEach(cleanup);
