import type { Permission } from "@tongdai/shared";
import {
  ArrowUpDown,
  Bell,
  CalendarClock,
  Coffee,
  Gauge,
  GraduationCap,
  Headset,
  History,
  KeyRound,
  ListTree,
  type LucideIcon,
  MessageSquareQuote,
  MonitorSmartphone,
  Palette,
  PhoneOutgoing,
  Radio,
  ScrollText,
  ShieldCheck,
  Signature,
  Users,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { State } from "../../state/model.ts";
import type { Label } from "../panel.ts";

/** Who sets the rules for calls need not have a phone. */
export const telephony = {
  phone: (state: State): boolean => state.calls.phone !== null,
  calls: ({ people }: State): boolean =>
    Object.values(people.channels).some(({ capabilities }) => capabilities.calls),
} as const;

/** What the palette may name before the settings themselves are loaded. */
interface SettingsPlace {
  readonly id: string;
  readonly group: "own" | "shared";
  readonly label: Label &
    (
      | `settings.${string}.title`
      | "admin.canned.title"
      | "admin.notices.title"
      | "outbound.title"
      | "signature.title"
      | `rules.${string}.title`
      | "states.rules.title"
      | "teams.title"
    );
  readonly icon: LucideIcon;
  /** Without it the section is not shown; the gateway checks anyway. */
  readonly permission: Permission | null;
  /** Only where there is one: a phone of one's own, or a channel that calls. */
  readonly needs?: keyof typeof telephony;
}

export const places = [
  {
    id: "appearance",
    group: "own",
    label: "settings.appearance.title",
    icon: Palette,
    permission: null,
  },
  {
    id: "notices",
    group: "own",
    label: "admin.notices.title",
    icon: Bell,
    permission: null,
  },
  {
    id: "phone",
    group: "own",
    label: "settings.phone.title",
    icon: Headset,
    permission: "work",
    needs: "phone",
  },
  {
    id: "signature",
    group: "own",
    label: "signature.title",
    icon: Signature,
    permission: "work",
  },
  {
    id: "sessions",
    group: "own",
    label: "settings.sessions.title",
    icon: MonitorSmartphone,
    permission: null,
  },
  {
    id: "password",
    group: "own",
    label: "settings.password.title",
    icon: KeyRound,
    permission: null,
  },
  {
    id: "canned",
    group: "shared",
    label: "admin.canned.title",
    icon: MessageSquareQuote,
    permission: "canned_replies.manage",
  },
  {
    id: "channels",
    group: "shared",
    label: "settings.channels.title",
    icon: Radio,
    permission: "channels.manage",
  },
  {
    id: "outbound",
    group: "shared",
    label: "outbound.title",
    icon: PhoneOutgoing,
    permission: "channels.manage",
    needs: "calls",
  },
  {
    id: "queues",
    group: "shared",
    label: "settings.queues.title",
    icon: ListTree,
    permission: "people.manage",
  },
  {
    id: "hours",
    group: "shared",
    label: "settings.hours.title",
    icon: CalendarClock,
    permission: "people.manage",
  },
  {
    id: "people",
    group: "shared",
    label: "settings.people.title",
    icon: UsersRound,
    permission: "people.manage",
  },
  {
    id: "teams",
    group: "shared",
    label: "settings.teams.title",
    icon: Users,
    permission: "people.manage",
  },
  {
    id: "roles",
    group: "shared",
    label: "settings.roles.title",
    icon: ShieldCheck,
    permission: "roles.manage",
  },
  {
    id: "skills",
    group: "shared",
    label: "rules.skills.title",
    icon: GraduationCap,
    permission: "people.manage",
  },
  {
    id: "capacity",
    group: "shared",
    label: "rules.capacity.title",
    icon: Gauge,
    permission: "people.manage",
  },
  {
    id: "states",
    group: "shared",
    label: "states.rules.title",
    icon: Coffee,
    permission: "people.manage",
  },
  {
    id: "webhooks",
    group: "shared",
    label: "settings.webhooks.title",
    icon: Webhook,
    permission: "webhooks.manage",
  },
  {
    id: "replay",
    group: "shared",
    label: "settings.replay.title",
    icon: History,
    permission: "replay.run",
  },
  {
    id: "file",
    group: "shared",
    label: "settings.file.title",
    icon: ArrowUpDown,
    permission: "people.manage",
  },
  {
    id: "audit",
    group: "shared",
    label: "settings.audit.title",
    icon: ScrollText,
    permission: "audit.read",
  },
] as const satisfies readonly SettingsPlace[];
