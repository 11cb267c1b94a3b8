import {
  type AgentState,
  AgentStateName,
  AwayReason,
  Disposition,
  type Queue,
  Role,
  type User,
} from "@tongdai/shared";
import { z } from "zod";
import { fromJson } from "../store/json.ts";
import type { AgentRow } from "../store/people.ts";
import type { QueueRow, UserRow } from "../store/schema.ts";
import { outOfHoursOf } from "./hours.ts";

const Roles = z.array(Role);
const Dispositions = z.array(Disposition);

export const toUser = (r: UserRow): User => ({
  id: r.id,
  username: r.username,
  name: r.name,
  roles: fromJson(Roles, r.roles),
  disabled: r.disabled === 1,
});

export const toAgentState = (r: AgentRow): AgentState => ({
  userId: r.user_id,
  state: AgentStateName.parse(r.state),
  reason: r.reason === null ? null : AwayReason.parse(r.reason),
  since: r.since,
  capacity: r.capacity,
  load: r.load,
});

export const dispositionsOf = (r: QueueRow): Disposition[] => fromJson(Dispositions, r.dispositions);

export const toQueue = (r: QueueRow, memberIds: string[]): Queue => ({
  id: r.id,
  name: r.name,
  memberIds,
  offerSeconds: r.offer_seconds,
  wrapUpSeconds: r.wrap_up_seconds,
  priority: r.priority,
  dispositions: dispositionsOf(r),
  hoursId: r.hours_id,
  outOfHours: outOfHoursOf(r),
});
