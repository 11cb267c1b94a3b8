import type { Clock } from "../../kit/clock.ts";
import type { Limits } from "../core/options.ts";
import { errors } from "./errors.ts";
import type { AttachmentSource } from "./send-request.ts";

export interface RateLimit {
  take(pageId: string, attachment: AttachmentSource | undefined): void;
}

/** Calls in the last second, per page and kind. */
export function createRateLimit(clock: Clock, limits: Limits): RateLimit {
  const taken = new Map<string, number[]>();
  return {
    take(pageId, attachment) {
      const heavy = attachment !== undefined && "type" in attachment && isHeavy(attachment.type);
      const key = `${pageId}:${heavy}`;
      const recent = (taken.get(key) ?? []).filter((at) => at > clock.now() - 1_000);
      taken.set(key, recent);
      if (recent.length >= (heavy ? limits.mediaPerSecond : limits.textPerSecond)) throw errors.throttled();
      recent.push(clock.now());
    },
  };
}

function isHeavy(type: string): boolean {
  return type === "audio" || type === "video";
}
