import type { ComponentType } from "react";
import { Appearance } from "./appearance.tsx";
import { Audit } from "./audit.tsx";
import { CannedReplies } from "./canned-replies.tsx";
import { Capacity } from "./capacity.tsx";
import { Channels } from "./channels.tsx";
import { ConfigFile } from "./config-file.tsx";
import { Hours } from "./hours.tsx";
import { Notices } from "./notices.tsx";
import { Outbound } from "./outbound.tsx";
import { Password } from "./password.tsx";
import { People } from "./people.tsx";
import { Phone } from "./phone.tsx";
import { places } from "./places.ts";
import { Queues } from "./queues.tsx";
import { Replay } from "./replay.tsx";
import { Roles } from "./roles.tsx";
import { Sessions } from "./sessions.tsx";
import { OwnSignature } from "./signature.tsx";
import { Skills } from "./skills.tsx";
import { States } from "./states.tsx";
import { Teams } from "./teams.tsx";
import { Webhooks } from "./webhooks.tsx";

type Place = (typeof places)[number];

export type SettingsSection = Place & { readonly body: ComponentType };

const bodies: Record<Place["id"], ComponentType> = {
  appearance: Appearance,
  notices: Notices,
  phone: Phone,
  signature: OwnSignature,
  sessions: Sessions,
  password: Password,
  canned: CannedReplies,
  channels: Channels,
  outbound: Outbound,
  queues: Queues,
  hours: Hours,
  people: People,
  teams: Teams,
  roles: Roles,
  skills: Skills,
  capacity: Capacity,
  states: States,
  webhooks: Webhooks,
  replay: Replay,
  file: ConfigFile,
  audit: Audit,
};

interface Asked {
  readonly permissions: readonly string[];
  readonly phone: boolean;
  readonly calls: boolean;
}

/** The section asked for, or the first one where there is no such, or not for this person. */
export function sectionFor(id: string | null, asked: Asked): SettingsSection | undefined {
  const own = sectionsFor(asked);
  return own.find((section) => section.id === id) ?? own[0];
}

export const sectionsFor = (asked: Asked): readonly SettingsSection[] =>
  places
    .filter((place) => !("needs" in place) || asked[place.needs])
    .filter(({ permission }) => permission === null || asked.permissions.includes(permission))
    .map((place) => ({ ...place, body: bodies[place.id] }));
