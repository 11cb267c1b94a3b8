import { createHash, timingSafeEqual } from "node:crypto";

const digest = (s: string): Buffer => createHash("sha256").update(s).digest();

/**
 * Answers the request by which Meta tests a callback: the challenge, to be sent back as plain text and nothing else, or
 * `null` to refuse with 403. Source: Meta, "Webhooks", verification requests.
 */
export function answerHandshake(verifyToken: string, query: URLSearchParams): string | null {
  const token = query.get("hub.verify_token") ?? "";
  const known = timingSafeEqual(digest(token), digest(verifyToken));
  const challenge = query.get("hub.challenge") ?? "";
  return known && query.get("hub.mode") === "subscribe" && challenge !== "" ? challenge : null;
}
