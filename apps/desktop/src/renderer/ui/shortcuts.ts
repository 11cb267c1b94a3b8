import type { Key } from "../i18n/index.ts";
import { isComposing } from "./composing.ts";

/**
 * Every key of the application, once, with the command it runs. Menus, the palette and the `?` sheet read this
 * table; `createMatcher` turns key presses into command ids.
 *
 * Keys: "j", "shift+f", "mod+k" (Ctrl, or Cmd on a Mac), "g i" (one after the other).
 */
export type Scope =
  | "global"
  | "go"
  | "list"
  | "offer"
  | "conversation"
  | "ticket"
  | "floor"
  | "composer"
  | "call";

interface Definition {
  readonly keys: readonly string[];
  readonly scope: Scope;
  readonly labelKey: Key & `shortcuts.${string}`;
  /** Also while typing. Combinations with mod always are. */
  readonly whileTyping?: true;
  /** The rich text box answers it itself: elsewhere the same keys mean something else. */
  readonly inBox?: true;
}

export const shortcuts = {
  palette: { keys: ["mod+k"], scope: "global", labelKey: "shortcuts.palette" },
  help: { keys: ["?"], scope: "global", labelKey: "shortcuts.help" },
  search: { keys: ["/"], scope: "global", labelKey: "shortcuts.search" },
  "conversation.new": { keys: ["shift+n"], scope: "global", labelKey: "shortcuts.newConversation" },
  "agent.state": { keys: ["p"], scope: "global", labelKey: "shortcuts.agentState" },
  "agent.available": { keys: ["shift+p"], scope: "global", labelKey: "shortcuts.available" },
  "pane.left": { keys: ["mod+b"], scope: "global", labelKey: "shortcuts.foldLeft" },
  "pane.right": { keys: ["mod+."], scope: "global", labelKey: "shortcuts.foldRight" },
  "pane.next": { keys: ["f6"], scope: "global", labelKey: "shortcuts.nextPane", whileTyping: true },
  "pane.previous": {
    keys: ["shift+f6"],
    scope: "global",
    labelKey: "shortcuts.previousPane",
    whileTyping: true,
  },
  "go.inbox": { keys: ["g i"], scope: "go", labelKey: "shortcuts.goInbox" },
  "go.tickets": { keys: ["g t"], scope: "go", labelKey: "shortcuts.goTickets" },
  "go.customers": { keys: ["g c"], scope: "go", labelKey: "shortcuts.goCustomers" },
  "go.floor": { keys: ["g f"], scope: "go", labelKey: "shortcuts.goFloor" },
  "go.reports": { keys: ["g r"], scope: "go", labelKey: "shortcuts.goReports" },
  "go.settings": { keys: ["g s"], scope: "go", labelKey: "shortcuts.goSettings" },
  "list.next": { keys: ["j", "arrowdown"], scope: "list", labelKey: "shortcuts.next" },
  "list.previous": { keys: ["k", "arrowup"], scope: "list", labelKey: "shortcuts.previous" },
  "list.open": { keys: ["enter", "o"], scope: "list", labelKey: "shortcuts.open" },
  // The card shows the first one: Enter is the focused button's own.
  "offer.accept": { keys: ["a", "enter"], scope: "offer", labelKey: "shortcuts.acceptNow" },
  "offer.decline": { keys: ["escape"], scope: "offer", labelKey: "shortcuts.decline" },
  accept: { keys: ["a"], scope: "conversation", labelKey: "shortcuts.accept" },
  reply: { keys: ["r"], scope: "conversation", labelKey: "shortcuts.reply" },
  replyAll: { keys: ["shift+r"], scope: "conversation", labelKey: "shortcuts.replyAll" },
  forward: { keys: ["f"], scope: "conversation", labelKey: "shortcuts.forward" },
  note: { keys: ["n"], scope: "conversation", labelKey: "shortcuts.note" },
  ticket: { keys: ["t"], scope: "conversation", labelKey: "shortcuts.ticket" },
  wrapUp: { keys: ["e"], scope: "conversation", labelKey: "shortcuts.wrapUp" },
  transfer: { keys: ["x"], scope: "conversation", labelKey: "shortcuts.transfer" },
  park: { keys: ["s"], scope: "conversation", labelKey: "shortcuts.park" },
  "ticket.comment": { keys: ["c"], scope: "ticket", labelKey: "shortcuts.ticketComment" },
  "ticket.status": { keys: ["s"], scope: "ticket", labelKey: "shortcuts.ticketStatus" },
  "ticket.owner": { keys: ["i"], scope: "ticket", labelKey: "shortcuts.ticketOwner" },
  "ticket.due": { keys: ["d"], scope: "ticket", labelKey: "shortcuts.ticketDue" },
  "ticket.link": { keys: ["l"], scope: "ticket", labelKey: "shortcuts.ticketLink" },
  "ticket.solve": { keys: ["e"], scope: "ticket", labelKey: "shortcuts.ticketSolve" },
  "ticket.leave": { keys: ["escape"], scope: "ticket", labelKey: "shortcuts.ticketLeave", whileTyping: true },
  "floor.prioritise": { keys: ["u"], scope: "floor", labelKey: "shortcuts.floorPrioritise" },
  "floor.assign": { keys: ["x"], scope: "floor", labelKey: "shortcuts.floorAssign" },
  "floor.take": { keys: ["a"], scope: "floor", labelKey: "shortcuts.floorTake" },
  "floor.wall": { keys: ["shift+f"], scope: "floor", labelKey: "shortcuts.floorWall" },
  "composer.send": { keys: ["mod+enter"], scope: "composer", labelKey: "shortcuts.send" },
  "composer.canned": { keys: ["mod+/"], scope: "composer", labelKey: "shortcuts.canned" },
  "composer.attach": { keys: ["mod+shift+u"], scope: "composer", labelKey: "shortcuts.attach" },
  "composer.bold": { keys: ["mod+b"], scope: "composer", labelKey: "shortcuts.bold", inBox: true },
  "composer.italic": { keys: ["mod+i"], scope: "composer", labelKey: "shortcuts.italic", inBox: true },
  "composer.underline": { keys: ["mod+u"], scope: "composer", labelKey: "shortcuts.underline", inBox: true },
  "composer.link": { keys: ["mod+k"], scope: "composer", labelKey: "shortcuts.link", inBox: true },
  "composer.leave": { keys: ["escape"], scope: "composer", labelKey: "shortcuts.leave", whileTyping: true },
  "call.dial": { keys: ["shift+c"], scope: "call", labelKey: "shortcuts.dial" },
  "call.mute": { keys: ["m"], scope: "call", labelKey: "shortcuts.mute" },
  "call.hold": { keys: ["h"], scope: "call", labelKey: "shortcuts.hold" },
  "call.keypad": { keys: ["d"], scope: "call", labelKey: "shortcuts.keypad" },
  "call.transfer": { keys: ["shift+x"], scope: "call", labelKey: "shortcuts.transferCall" },
  "call.hangUp": { keys: ["mod+shift+e"], scope: "call", labelKey: "shortcuts.hangUp" },
} as const satisfies Record<string, Definition>;

export type ShortcutId = keyof typeof shortcuts;
export const shortcutIds = Object.keys(shortcuts) as readonly ShortcutId[];

export function shortcut(id: ShortcutId): Definition {
  return shortcuts[id];
}

/** What the matcher needs of a KeyboardEvent. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing?: boolean;
  readonly keyCode?: number;
  readonly repeat?: boolean;
}

/** The press as written in the table, or null for presses that can never be a shortcut. */
export function chordOf(press: KeyPress, mac: boolean): string | null {
  const key = press.key.toLowerCase();
  // Vietnamese input methods compose and send "process"; those presses belong to the text.
  if (isComposing(press) || key === "process" || key === "dead" || key === "unidentified") return null;
  if (key === "shift" || key === "control" || key === "meta" || key === "alt" || press.altKey) return null;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other) return null;
  // Shift is part of how "?" is typed, but a choice for letters and named keys.
  const isSymbol = key.length === 1 && key.toUpperCase() === key;
  const name = key === " " ? "space" : key;
  return (mod ? "mod+" : "") + (press.shiftKey && !isSymbol ? "shift+" : "") + name;
}

export interface MatchContext {
  /** Commands that somebody on screen answers to. */
  readonly active: readonly ShortcutId[];
  readonly typing: boolean;
  readonly now: number;
}

export type Match =
  | { readonly kind: "command"; readonly id: ShortcutId }
  | { readonly kind: "pending"; readonly prefix: string }
  | { readonly kind: "none" };

/**
 * Who wins a key that two commands share. Not the order of mounting: a child mounts before its parent. An offer comes
 * first, because it is the one that runs out.
 */
const precedence: readonly Scope[] = [
  "offer",
  "composer",
  "call",
  "conversation",
  "ticket",
  "floor",
  "list",
  "go",
  "global",
];

const none: Match = { kind: "none" };
/** How long the second key of a sequence may take. */
export const sequenceMs = 1200;

export interface Matcher {
  press(press: KeyPress, context: MatchContext): Match;
  reset(): void;
}

export function createMatcher({ mac }: { readonly mac: boolean }): Matcher {
  let prefix = "";
  let since = 0;
  const reset = () => {
    prefix = "";
  };

  return {
    reset,
    press(press, { active, typing, now }) {
      const chord = chordOf(press, mac);
      if (chord === null) return none;
      if (prefix && now - since > sequenceMs) reset();
      const usable = active.filter(
        (id) =>
          !shortcut(id).inBox && (!typing || chord.startsWith("mod+") || shortcut(id).whileTyping === true),
      );
      const matches = (typed: string) =>
        usable
          .filter((id) => shortcut(id).keys.includes(typed))
          .sort((a, b) => precedence.indexOf(shortcut(a).scope) - precedence.indexOf(shortcut(b).scope))[0];
      const sequence = prefix ? `${prefix} ${chord}` : chord;
      reset();
      const found = matches(sequence) ?? (sequence === chord ? undefined : matches(chord));
      if (found) return { kind: "command", id: found };
      const opens = usable.some((id) => shortcut(id).keys.some((keys) => keys.startsWith(`${chord} `)));
      if (!opens || press.repeat) return none;
      prefix = chord;
      since = now;
      return { kind: "pending", prefix };
    },
  };
}

const names: Readonly<Record<string, string>> = {
  arrowdown: "↓",
  arrowup: "↑",
  arrowleft: "←",
  arrowright: "→",
  enter: "Enter",
  escape: "Esc",
  space: "Space",
};

/** One list of caps per key of a sequence: "mod+k" gives [["Ctrl", "K"]], "g i" gives [["G"], ["I"]]. */
export function keyCaps(keys: string, mac: boolean): readonly (readonly string[])[] {
  return keys.split(" ").map((chord) => {
    const parts = chord.split("+").filter(Boolean);
    return parts.map((part) => {
      if (part === "mod") return mac ? "⌘" : "Ctrl";
      if (part === "shift") return mac ? "⇧" : "Shift";
      return names[part] ?? part.toUpperCase();
    });
  });
}

/** For aria-keyshortcuts, which knows no sequences. */
export function ariaKeys(id: ShortcutId, mac: boolean): string | undefined {
  const single = shortcut(id).keys.filter((keys) => !keys.includes(" "));
  if (single.length === 0) return undefined;
  return single
    .map((keys) => keys.replace("mod", mac ? "Meta" : "Control").replace("shift", "Shift"))
    .join(" ");
}

export function isTyping(target: unknown): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  return (
    target instanceof HTMLInputElement && !["button", "checkbox", "radio", "range"].includes(target.type)
  );
}

export const isMac: boolean =
  typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
