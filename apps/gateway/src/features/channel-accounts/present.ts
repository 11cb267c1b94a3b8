import { AccountAlarm, type ChannelAccount, ChannelId, HealthState } from "@tongdai/shared";
import { z } from "zod";
import { needsOf } from "../../presenters/accounts.ts";
import { fromJson } from "../../store/json.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";

const Alarms = z.array(AccountAlarm);

/** What people may know of an account: everything but its configuration. */
export const toAccount = (r: ChannelAccountRow): ChannelAccount => ({
  id: r.id,
  version: r.version,
  channel: ChannelId.parse(r.channel),
  externalId: r.external_id,
  name: r.name,
  queueId: r.queue_id,
  commentQueueId: r.comment_queue_id,
  needs: [...needsOf(r)],
  enabled: r.enabled === 1,
  oneWay: r.one_way === 1,
  health: {
    state: HealthState.parse(r.health),
    since: r.health_since,
    lastInboundAt: r.last_inbound_at,
    lastError: r.last_error,
  },
  alarms: r.enabled === 1 && r.alarms !== "[]" ? fromJson(Alarms, r.alarms) : [],
});
