import type { Permission } from "@tongdai/shared";
import {
  Bell,
  Gauge,
  GraduationCap,
  KeyRound,
  ListTree,
  type LucideIcon,
  MessageSquareQuote,
  MonitorSmartphone,
  Palette,
  Radio,
  ScrollText,
  UsersRound,
} from "lucide-react";
import type { ComponentType } from "react";
import type { Key } from "../../i18n/index.ts";
import { Appearance } from "./appearance.tsx";
import { Audit } from "./audit.tsx";
import { CannedReplies } from "./canned-replies.tsx";
import { Capacity } from "./capacity.tsx";
import { Channels } from "./channels.tsx";
import { Notices } from "./notices.tsx";
import { Password } from "./password.tsx";
import { People } from "./people.tsx";
import { Queues } from "./queues.tsx";
import { Sessions } from "./sessions.tsx";
import { Skills } from "./skills.tsx";

export interface SettingsSection {
  readonly id: string;
  readonly group: "own" | "shared";
  readonly label: Key &
    (`settings.${string}.title` | "admin.canned.title" | "admin.notices.title" | `rules.${string}.title`);
  readonly icon: LucideIcon;
  /** Without it the section is not shown; the gateway checks anyway. */
  readonly permission: Permission | null;
  readonly body: ComponentType;
}

export const sections: readonly SettingsSection[] = [
  {
    id: "appearance",
    group: "own",
    label: "settings.appearance.title",
    icon: Palette,
    permission: null,
    body: Appearance,
  },
  {
    id: "notices",
    group: "own",
    label: "admin.notices.title",
    icon: Bell,
    permission: null,
    body: Notices,
  },
  {
    id: "sessions",
    group: "own",
    label: "settings.sessions.title",
    icon: MonitorSmartphone,
    permission: null,
    body: Sessions,
  },
  {
    id: "password",
    group: "own",
    label: "settings.password.title",
    icon: KeyRound,
    permission: null,
    body: Password,
  },
  {
    id: "canned",
    group: "shared",
    label: "admin.canned.title",
    icon: MessageSquareQuote,
    permission: "work",
    body: CannedReplies,
  },
  {
    id: "channels",
    group: "shared",
    label: "settings.channels.title",
    icon: Radio,
    permission: "channels.manage",
    body: Channels,
  },
  {
    id: "queues",
    group: "shared",
    label: "settings.queues.title",
    icon: ListTree,
    permission: "people.manage",
    body: Queues,
  },
  {
    id: "people",
    group: "shared",
    label: "settings.people.title",
    icon: UsersRound,
    permission: "people.manage",
    body: People,
  },
  {
    id: "skills",
    group: "shared",
    label: "rules.skills.title",
    icon: GraduationCap,
    permission: "people.manage",
    body: Skills,
  },
  {
    id: "capacity",
    group: "shared",
    label: "rules.capacity.title",
    icon: Gauge,
    permission: "people.manage",
    body: Capacity,
  },
  {
    id: "audit",
    group: "shared",
    label: "settings.audit.title",
    icon: ScrollText,
    permission: "audit.read",
    body: Audit,
  },
];

/** The section asked for, or the first one where there is no such, or not for this person. */
export function sectionFor(id: string | null, permissions: readonly string[]): SettingsSection | undefined {
  const own = sectionsFor(permissions);
  return own.find((section) => section.id === id) ?? own[0];
}

export const sectionsFor = (permissions: readonly string[]): readonly SettingsSection[] =>
  sections.filter(({ permission }) => permission === null || permissions.includes(permission));
