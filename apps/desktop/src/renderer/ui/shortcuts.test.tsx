import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { vi as texts } from "../i18n/vi/index.ts";
import {
  chordOf,
  createMatcher,
  type KeyPress,
  keyCaps,
  type ShortcutId,
  sequenceMs,
  shortcut,
  shortcutIds,
} from "./shortcuts.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const run = (
  presses: readonly KeyPress[],
  { mac = false, typing = false, active = shortcutIds, gap = 100 } = {},
) => {
  const matcher = createMatcher({ mac });
  return presses.map((p, i) => matcher.press(p, { active, typing, now: i * gap })).at(-1);
};
const command = (id: ShortcutId) => ({ kind: "command", id });

describe("the table", () => {
  test("has a label for every command", () => {
    for (const id of shortcutIds) {
      const name = shortcut(id).labelKey.replace("shortcuts.", "");
      expect(texts.shortcuts).toHaveProperty(name);
    }
  });
  test("gives no key twice within scopes that are active together", () => {
    for (const scope of ["global", "go", "list", "offer", "conversation", "ticket", "composer", "call"]) {
      const keys = shortcutIds
        .filter((id) => [scope, "global", "go"].includes(shortcut(id).scope) && !shortcut(id).inBox)
        .flatMap((id) => shortcut(id).keys);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });
  test("no single key hides the start of a sequence", () => {
    const all = shortcutIds.flatMap((id) => shortcut(id).keys);
    for (const keys of all.filter((k) => k.includes(" "))) expect(all).not.toContain(keys.split(" ")[0]);
  });
});

describe("matching", () => {
  test("single keys, caps lock or not", () => {
    expect(run([press("r")])).toEqual(command("reply"));
    expect(run([press("R")])).toEqual(command("reply"));
    expect(run([press("R", { shiftKey: true })])).toEqual(command("replyAll"));
    expect(run([press("Q", { shiftKey: true })])).toEqual({ kind: "none" });
  });
  test("a symbol matches however the layout types it", () => {
    expect(run([press("?", { shiftKey: true })])).toEqual(command("help"));
    expect(run([press("/", { shiftKey: true })])).toEqual(command("search"));
  });
  test("mod is Ctrl here and Cmd on a Mac", () => {
    expect(run([press("k", { ctrlKey: true })])).toEqual(command("palette"));
    expect(run([press("k", { metaKey: true })], { mac: true })).toEqual(command("palette"));
    expect(run([press("k", { ctrlKey: true })], { mac: true })).toEqual({ kind: "none" });
    expect(run([press("k", { metaKey: true })])).toEqual({ kind: "none" });
    expect(run([press("E", { ctrlKey: true, shiftKey: true })])).toEqual(command("call.hangUp"));
  });
  test("sequences, within their time", () => {
    expect(run([press("g")])).toEqual({ kind: "pending", prefix: "g" });
    expect(run([press("g"), press("i")])).toEqual(command("go.inbox"));
    expect(run([press("g"), press("f")], { gap: sequenceMs + 1 })).toEqual(command("forward"));
    expect(run([press("g"), press("Shift"), press("i")])).toEqual(command("go.inbox"));
    expect(run([press("g"), press("n")])).toEqual(command("note"));
    expect(run([press("g"), press("g"), press("t")])).toEqual(command("go.tickets"));
  });
  test("typing takes single keys and sequences, not combinations", () => {
    for (const key of ["r", "?", "/", "Enter", "g"])
      expect(run([press(key)], { typing: true })).toEqual({ kind: "none" });
    expect(run([press("g"), press("i")], { typing: true })).toEqual({ kind: "none" });
    expect(run([press("Enter", { ctrlKey: true })], { typing: true })).toEqual(command("composer.send"));
    expect(run([press("Escape")], { typing: true })).toEqual(command("composer.leave"));
  });
  test("composition belongs to the input method", () => {
    expect(chordOf(press("r", { isComposing: true }), false)).toBeNull();
    expect(chordOf(press("Enter", { keyCode: 229 }), false)).toBeNull();
    expect(chordOf(press("Process"), false)).toBeNull();
    expect(chordOf(press("q", { altKey: true }), false)).toBeNull();
  });
  test("an offer wins the keys it shares, and inactive commands do not match", () => {
    expect(run([press("Enter")], { active: ["offer.accept", "list.open"] })).toEqual(command("offer.accept"));
    expect(run([press("a")], { active: ["accept", "offer.accept"] })).toEqual(command("offer.accept"));
    expect(run([press("a")], { active: ["accept"] })).toEqual(command("accept"));
    expect(run([press("Escape")], { active: ["offer.decline", "composer.leave"], typing: true })).toEqual(
      command("composer.leave"),
    );
    expect(run([press("a")], { active: ["reply"] })).toEqual({ kind: "none" });
  });
});

test("caps are written for the machine", () => {
  expect(keyCaps("mod+shift+u", false)).toEqual([["Ctrl", "Shift", "U"]]);
  expect(keyCaps("mod+.", true)).toEqual([["⌘", "."]]);
  expect(keyCaps("g i", false)).toEqual([["G"], ["I"]]);
  expect(keyCaps("escape", false)).toEqual([["Esc"]]);
});

describe("on screen", () => {
  function Layer({ handlers }: { handlers: Parameters<typeof useShortcuts>[0] }) {
    useShortcuts(handlers);
    return <input aria-label="field" />;
  }

  test("an offer over the list answers, and the list when it leaves", async () => {
    const user = userEvent.setup();
    const [below, above] = [vi.fn(), vi.fn()];
    render(<Layer handlers={{ "list.open": below }} />);
    const top = render(<Layer handlers={{ "offer.accept": above }} />);
    await user.keyboard("{Enter}");
    expect([below.mock.calls.length, above.mock.calls.length]).toEqual([0, 1]);
    top.unmount();
    await user.keyboard("{Enter}");
    expect([below.mock.calls.length, above.mock.calls.length]).toEqual([1, 1]);
  });

  test("nothing is taken from somebody who types", async () => {
    const user = userEvent.setup();
    const accept = vi.fn();
    const { getByLabelText } = render(<Layer handlers={{ "offer.accept": accept, reply: accept }} />);
    await user.click(getByLabelText("field"));
    await user.keyboard("ra{Enter}");
    expect(accept).not.toHaveBeenCalled();
    expect(getByLabelText("field")).toHaveValue("ra");
  });
});
