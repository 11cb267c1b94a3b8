import { facts } from "../kit/values.ts";

/** Permissions to act for a customer: of no use to an agent, so they stay in the raw body. */
const HIDDEN = new Set(["authorization_code", "one_time_notif_token", "notification_messages_token"]);

/** An object's fields as texts to show an agent. */
export const shownFacts = (value: unknown): Record<string, string> => facts(value, HIDDEN);
