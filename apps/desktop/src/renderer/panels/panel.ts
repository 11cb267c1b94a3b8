import type { Permission } from "@tongdai/shared";
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { Client } from "../actions/client.ts";
import type { Key } from "../i18n/index.ts";
import type { State } from "../state/model.ts";
import type { RouteName } from "../state/route.ts";
import type { ShortcutId } from "../ui/shortcuts.ts";

/** `list`, `main`, `side`: the three panes, left to right. `page`: all three. */
export type Slot = "list" | "main" | "side" | "page";

/** A sentence without placeholders, from the parts of the dictionary that name things to do and places to go. */
export type Label = Key &
  (
    | `shortcuts.${string}`
    | `common.nav.${string}`
    | `desk.view.show.${string}`
    | `settings.${string}.title`
    | `rules.${string}.title`
    | "outbound.title"
    | "signature.title"
    | "states.rules.title"
    | `admin.${string}.title`
  );

/** What a person can do, once: its key, its entry in the palette and its button run the same. */
export interface Command {
  readonly id: string;
  readonly label: Label;
  readonly icon?: LucideIcon;
  readonly shortcut?: ShortcutId;
  /** Left out: always. */
  readonly isPossible?: (state: State) => boolean;
  readonly run: (client: Client) => void | Promise<void>;
}

/** What a folder under panels/ exports as `panel`; shell/panels.ts lists them. */
export interface Panel {
  readonly id: string;
  /** Where it stands, by place; the component is loaded when it is first shown. */
  readonly slots?: { readonly [R in RouteName]?: Slot };
  /** Over everything, everywhere. */
  readonly overlay?: true;
  /** A strip above the panes, everywhere; it takes no room while it has nothing to say. */
  readonly bar?: true;
  /** An entry of the rail. */
  readonly rail?: {
    readonly route: RouteName;
    readonly label: Label;
    readonly icon: LucideIcon;
    readonly shortcut: ShortcutId;
    readonly permission: Permission | null;
    readonly atFoot?: true;
    /** A number on the icon, for what waits there. */
    readonly count?: (state: State) => number;
    /** A second number: what waits for this person by name. */
    readonly mentions?: (state: State) => number;
  };
  /** Within its page; the palette leads there. */
  readonly places?: readonly {
    readonly id: string;
    readonly label: Label;
    readonly icon: LucideIcon;
    readonly permission: Permission | null;
    /** Left out: always. */
    readonly isThere?: (state: State) => boolean;
    readonly open: (client: Client) => void;
  }[];
  readonly component: ComponentType;
  readonly commands?: readonly Command[];
}
