import { InboxOrder } from "@tongdai/shared";
import { z } from "zod";
import type { Storage } from "../net/storage.ts";
import { defaultPreferences, type Preferences } from "../state/model.ts";
import { setPreferences } from "../state/ui.ts";
import type { Client } from "./client.ts";

const key = "tongdai.preferences";

const deviceId = z.string().nullable().catch(null);

const Stored = z.object({
  theme: z.enum(["light", "dark", "system"]).catch(defaultPreferences.theme),
  language: z.enum(["vi", "en"]).catch(defaultPreferences.language),
  messageSound: z.boolean().catch(true),
  offerSound: z.boolean().catch(true),
  alarmSound: z.boolean().catch(true),
  alarmVolume: z.number().min(0).max(1).catch(defaultPreferences.alarmVolume),
  leftOpen: z.boolean().catch(true),
  rightOpen: z.boolean().catch(true),
  inboxOrder: InboxOrder.catch(defaultPreferences.inboxOrder),
  audio: z
    .object({ microphone: deviceId, speaker: deviceId, ring: deviceId })
    .catch(defaultPreferences.audio),
});

/** Of this machine, not of a person: they hold on the log-in screen too. */
export function readPreferences(storage: Storage): Preferences {
  try {
    return Stored.parse(JSON.parse(storage.get(key) ?? "{}"));
  } catch {
    return defaultPreferences;
  }
}

export function changePreferences(client: Client, change: Partial<Preferences>): void {
  client.update((s) => setPreferences(s, change));
  client.storage.set(key, JSON.stringify(client.store.getState().ui.preferences));
}
