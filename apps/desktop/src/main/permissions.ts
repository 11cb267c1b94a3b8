import { originOf } from "./origin.ts";

/**
 * `media` is the headset, `fullscreen` the floor on a wall. Writing text to the clipboard and choosing the ring's loudspeaker need no secret.
 * The three network permissions only let an `app:` page reach a gateway on this machine or in the office
 * network at all; where it may connect is limited by the CSP and the egress gate.
 */
const ALLOWED = new Set([
  "media",
  "notifications",
  "fullscreen",
  "clipboard-sanitized-write",
  "speaker-selection",
  "local-network-access",
  "local-network",
  "loopback-network",
]);

export interface PermissionAsked {
  permission: string;
  requestingUrl: string;
  isMainFrame: boolean;
  /** What `media` is about; an unknown kind is asked when devices are only listed. */
  media: readonly string[];
}

export function mayUse(asked: PermissionAsked, ownOrigin: string): boolean {
  if (!ALLOWED.has(asked.permission) || !asked.isMainFrame) return false;
  if (originOf(asked.requestingUrl) !== ownOrigin) return false;
  return asked.permission !== "media" || (asked.media.length > 0 && !asked.media.includes("video"));
}
