import {
  AgentSkills,
  type AgentState,
  AgentStateName,
  Disposition,
  defaultWrapUpRules,
  type Limits,
  noWaitRules,
  type Queue,
  QueueRules,
  type User,
  WaitRules,
  WrapUpRules,
} from "@tongdai/shared";
import { z } from "zod";
import { fromJson } from "../store/json.ts";
import type { AgentRow } from "../store/people.ts";
import type { AgentStateRow, QueueRow, UserRow } from "../store/schema.ts";
import type { Staffing } from "../store/staffing.ts";
import { outOfHoursOf } from "./hours.ts";

const Roles = z.array(z.string());
const Dispositions = z.array(Disposition);

export const rolesOf = (r: Pick<UserRow, "roles">): string[] => fromJson(Roles, r.roles);

export const toUser = (r: UserRow): User => ({
  id: r.id,
  username: r.username,
  name: r.name,
  roles: rolesOf(r),
  skills: skillsOf(r.skills),
  disabled: r.disabled === 1,
  version: r.version,
});

export const skillsOf = (json: string): AgentSkills => (json === "{}" ? {} : fromJson(AgentSkills, json));

export const limitsOf = (r: AgentStateRow): Limits => ({
  call: r.limit_call,
  chat: r.limit_chat,
  mail: r.limit_mail,
});

export const toAgentState = (r: AgentRow): AgentState => ({
  userId: r.user_id,
  state: AgentStateName.parse(r.state),
  reason: r.reason,
  since: r.since,
  overAt: r.over_at,
  limits: limitsOf(r),
  carries: r.carries,
  ...(r.phone === 1 ? { phone: true } : {}),
});

export const dispositionsOf = (r: QueueRow): Disposition[] => fromJson(Dispositions, r.dispositions);

export const wrapUpOf = (r: Pick<QueueRow, "wrap_up">): WrapUpRules =>
  r.wrap_up === null ? defaultWrapUpRules : fromJson(WrapUpRules, r.wrap_up);

export const rulesOf = (r: QueueRow): QueueRules => fromJson(QueueRules, r.rules);

export const waitRulesOf = (r: Pick<QueueRow, "waiting">): WaitRules =>
  r.waiting === null ? noWaitRules : fromJson(WaitRules, r.waiting);

export const toQueue = (r: QueueRow, staffing: Staffing): Queue => ({
  id: r.id,
  version: r.version,
  name: r.name,
  ...staffing,
  offerSeconds: r.offer_seconds,
  wrapUpSeconds: r.wrap_up_seconds,
  promiseMs: r.promise_ms,
  dispositions: dispositionsOf(r),
  wrapUp: wrapUpOf(r),
  hoursId: r.hours_id,
  outOfHours: outOfHoursOf(r),
  waiting: waitRulesOf(r),
  rules: rulesOf(r),
});
