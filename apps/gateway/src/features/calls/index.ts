import type { Caller, Ctx } from "../../context.ts";
import { toCall } from "../../presenters/call.ts";
import type { Handlers } from "../../realtime/handler.ts";
import { callsOf, openCallsInSight } from "../../store/calls.ts";
import { seeHistory, sightOf } from "../access.ts";
import { dial } from "./dial.ts";
import { readOutboundRules, saveOutboundRules } from "./outbound-rules.ts";
import { pad } from "./pad.ts";
import { registerPhone } from "./phone.ts";

export { runDesk } from "./desk.ts";
export { forgetPhones } from "./phone.ts";
export { admitVisitor } from "./visit.ts";

const LIST = 100;

/** Those that go on, of the conversations that the caller sees. */
export const callsInSight = async (ctx: Ctx, caller: Caller) =>
  (await openCallsInSight(ctx.store, sightOf(caller))).map(toCall);

export const handlers = {
  "phone.register": (ctx, caller) => registerPhone(ctx, caller),
  "call.dial": (ctx, caller, input) => dial(ctx, caller, input),
  "call.pad": (ctx, caller) => pad(ctx, caller),
  "outbound_rules.get": async (ctx) => ({ rules: await readOutboundRules(ctx.store) }),
  "outbound_rules.save": async (ctx, caller, input) => ({
    rules: await saveOutboundRules(ctx, caller, input),
  }),
  "call.list": async (ctx, caller, { conversationId }) => {
    await seeHistory(ctx, caller, conversationId);
    return { calls: (await callsOf(ctx.store, conversationId, LIST)).map(toCall) };
  },
} satisfies Partial<Handlers>;
