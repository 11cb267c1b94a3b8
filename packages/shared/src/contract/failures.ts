import { z } from "zod";

/** Why a message did not go out, as an agent must understand it. Channels map their vendors' errors to these. */
export const SendFailure = z.enum([
  "outside_window",
  "recipient_unavailable",
  "recipient_unknown",
  "recipient_terms",
  "other_app_controls",
  "automated_flow",
  "throttled",
  "temporary",
  "attachment_refused",
  "attachment_fetch",
  "policy",
  "permission",
  "login_needed",
  "page_restricted",
  "invalid",
  "retired_tag",
  "no_answer",
  "opted_out",
  "template_unavailable",
  "quota_used",
  "quiet_hours",
  /** The comment has had its one private answer. */
  "already_answered",
  /** The comment or its post is no more. */
  "gone",
]);
export type SendFailure = z.infer<typeof SendFailure>;
