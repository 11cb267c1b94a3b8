import { z } from "zod";
import { SupervisorAct } from "./floor.ts";
import { Id, line, Millis } from "./scalars.ts";

const named = [
  "session.opened",
  "session.refused",
  "session.closed",
  "session.revoked",
  "password.changed",
  "user.created",
  "user.updated",
  "user.signed_out",
  "role.saved",
  "role.removed",
  "queue.saved",
  "hours.saved",
  "hours.removed",
  "skill.saved",
  "skill.removed",
  "team.saved",
  "team.removed",
  "capacity.saved",
  "state_rules.saved",
  "thresholds.saved",
  "floor.defined",
  "canned_reply.saved",
  "canned_reply.removed",
  "account_signature.saved",
  "channel_account.saved",
  "channel_account.checked",
  "message.resent",
  "trial.answered",
  "trial.sent",
  "channel_account.connect_began",
  "channel_account.connected",
  "customer.revealed",
  "customer.opted_out",
  "customer.opted_in",
  "conversation.begun",
  "outbound_rules.saved",
  "call.dialled",
  "call.barred",
  "comment.hidden",
  "comment.shown",
  "comment.deleted",
  "customer.linked",
  "customer.unlinked",
  "customer.told_apart",
  "customer.not_told_apart",
  "webhook.created",
  "webhook.updated",
  "webhook.removed",
  "webhook.rotated",
  "webhook.resent",
  "webhook.ended",
  "config.exported",
  "config.imported",
  "audit.exported",
] as const;

/** What is noted in the audit: the client has words for each. */
export type AuditAction = (typeof named)[number] | `supervisor.${SupervisorAct}`;
export const auditActions: readonly AuditAction[] = [
  ...named,
  ...SupervisorAct.options.map((act) => `supervisor.${act}` as const),
];

/** What is left out narrows nothing. */
export const AuditFilter = z.strictObject({
  /** Words in the target's name, the details and the address; the last may be a beginning. */
  text: line(200).optional(),
  /** `system`: nobody. */
  actor: z.union([z.literal("system"), Id]).optional(),
  action: line(60).optional(),
  /** Id of what it was done to. */
  target: line(100).optional(),
  from: Millis.optional(),
  /** The first moment that is not wanted any more. */
  until: Millis.optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;
