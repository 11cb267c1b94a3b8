import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WebCallParts } from "./call.ts";
import { widgetWith } from "./element.ts";
import type { CallState } from "./state.ts";

let line: WebCallParts | undefined;
let asked: string[] = [];
let heard: (string | null)[] = [];
const clock = fakeClock();

customElements.define(
  "test-call",
  widgetWith({
    clock,
    audio: {} as WebCallParts["audio"],
    sounds: () => ({ play: (what) => heard.push(what), close: () => heard.push("closed") }),
    meter: () => () => {},
    webCall(parts) {
      line = parts;
      return {
        call: async () => void asked.push("call"),
        hangUp: () => asked.push("hang up"),
        mute: (on) => asked.push(on ? "mute" : "unmute"),
      };
    },
  }),
);

let element: HTMLElement;
const user = userEvent.setup();
const inside = () => within(element.shadowRoot as unknown as HTMLElement);
const button = (name: string) => inside().getByRole("button", { name });
const show = (state: CallState) => act(() => line?.changed(state));
const talking = {
  phase: "talking",
  since: clock.now(),
  onHold: false,
  muted: false,
  isBroken: false,
} as const;
const status = () => inside().getByRole("status").textContent;
const focused = () => element.shadowRoot?.activeElement?.textContent;

function place(attributes: Record<string, string>): void {
  element = document.createElement("test-call");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
}

beforeEach(() => {
  line = undefined;
  asked = [];
  heard = [];
});
afterEach(() => element.remove());

test("in the corner it is a button that opens, and Escape closes it again", async () => {
  place({ lang: "en" });
  expect(screen.queryByRole("region")).toBeNull();
  await user.click(button("Call us"));
  expect(focused()).toBe("Call");
  await user.keyboard("{Escape}");
  expect(focused()).toBe("Call us");
});

test("its place in the line is said in both languages, and again whenever it moves", async () => {
  place({ lang: "vi", inline: "" });
  await user.click(button("Gọi"));
  expect(asked).toEqual(["call"]);
  show({ phase: "waiting", place: 3 });
  expect(status()).toBe("Bạn ở vị trí 3 trong hàng chờ");
  show({ phase: "waiting", place: 1 });
  expect(status()).toBe("Bạn là người tiếp theo");
  element.setAttribute("lang", "en");
  expect(status()).toBe("You are next in the line");
});

test("music plays while one waits and is on hold, can be put off, and is over with the call", async () => {
  place({ lang: "en", inline: "" });
  await user.click(button("Call"));
  show({ phase: "waiting", place: null });
  expect(heard.at(-1)).toBe("music");
  await user.click(button("Music"));
  expect(heard.at(-1)).toBeNull();
  await user.click(button("Music"));
  show({ phase: "ringing" });
  expect(heard.at(-1)).toBe("ringback");
  show(talking);
  expect(heard.at(-1)).toBeNull();
  show({ ...talking, onHold: true });
  expect([heard.at(-1), status()]).toEqual(["music", "The agent has put you on hold for a moment"]);
  show({ phase: "idle", end: "peer_hung_up" });
  expect(heard.at(-1)).toBe("closed");
});

test("the cursor stays with the call: on hanging up while it runs, on calling afterwards", async () => {
  place({ lang: "en", inline: "" });
  await user.click(button("Call"));
  show({ phase: "asking" });
  expect(focused()).toBe("Hang up");
  await user.keyboard("{Enter}");
  expect(asked).toEqual(["call", "hang up"]);
  show({ phase: "idle", end: "hung_up" });
  expect([focused(), status()]).toEqual(["Call", "The call has ended."]);
});

test.each([
  ["microphone_denied", /browser blocks the microphone.*allow/],
  ["microphone_missing", /No microphone was found. Plug in/],
  ["not_secure", /https/],
  ["no_answer", /Nobody can take the call right now/],
  ["too_often", /Try again in a minute/],
] as const)("after %s it says what to do, and one may call again", async (end, words) => {
  place({ lang: "en", inline: "" });
  await user.click(button("Call"));
  show({ phase: "idle", end });
  expect(status()).toMatch(words);
  expect(button("Call again")).toBeTruthy();
});

test("muting is a switch that keeps its name, and the time of the talk runs", async () => {
  place({ lang: "en", inline: "" });
  await user.click(button("Call"));
  show({ ...talking, since: clock.now() });
  await user.click(button("Mute"));
  expect(asked.at(-1)).toBe("mute");
  show({ ...talking, since: clock.now(), muted: true });
  expect(button("Mute").getAttribute("aria-pressed")).toBe("true");
  expect(status()).toBe("Your microphone is off");
  clock.advance(61_000);
  expect(element.shadowRoot?.textContent).toContain("1:01");
});

test("a widget that is taken out of the page hangs up", async () => {
  place({ lang: "en", inline: "" });
  await user.click(button("Call"));
  element.remove();
  expect(asked.at(-1)).toBe("hang up");
});
