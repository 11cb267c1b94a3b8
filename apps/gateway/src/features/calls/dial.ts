import {
  AppError,
  type CallerNumber,
  type CommandOutput,
  type CommandParsed,
  type Dialled,
  type DialRefusal,
  dayStart,
  obstacleToDial,
  readDialled,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import { toConversation } from "../../presenters/conversation.ts";
import { accountById } from "../../store/accounts.ts";
import {
  type ConversationView,
  conversationById,
  conversationOfIdentity,
} from "../../store/conversations.ts";
import { identityById, isOptedOutAnywhere } from "../../store/customers.ts";
import { countDials, dialByClientId, insertDial, lastAdvertised } from "../../store/dials.ts";
import type { Tx } from "../../store/index.ts";
import { agentById } from "../../store/people.ts";
import type { DialRow } from "../../store/schema-records.ts";
import { audit } from "../audit/index.ts";
import { findOrCreateConversation, noteAddress } from "../conversations/index.ts";
import { customerSeenBy } from "../customers/index.ts";
import { callerNumbers, ownNumbers } from "./caller-numbers.ts";
import { outboundTurn, readOutboundRules } from "./outbound-rules.ts";

type Input = CommandParsed<"call.dial">;

/** The address that the phone of whoever asked calls. */
export const addressOfDial = (id: string): string => `out-${id}`;

/**
 * Decides whether somebody may call a number, and makes ready what the call will be: the customer of that number and their
 * conversation. The work begins with the call itself, see `beginOut`. The same `clientId` again gives the same answer.
 */
export function dial(ctx: Ctx, caller: Caller, input: Input): Promise<CommandOutput<"call.dial">> {
  return ctx.store.write(async (tx) => {
    await outboundTurn(tx);
    const done = await dialByClientId(tx, input.clientId);
    if (done) return answer(tx, caller, done);
    const to = await whomToCall(tx, caller, input);
    const from = await judge(tx, ctx, { caller, input, to });
    const view = await conversationWith(tx, ctx, { to, from, caller, clientId: input.clientId });
    const row: DialRow = {
      id: newId(),
      client_id: input.clientId,
      user_id: caller.userId,
      queue_id: from.queueId,
      account_id: from.accountId,
      conversation_id: view.id,
      interaction_id: view.i_id ?? newId(),
      number: to.e164,
      purpose: input.purpose,
      at: ctx.clock.now(),
      call_id: null,
    };
    await insertDial(tx, row);
    await audit(tx, ctx, {
      by: caller,
      action: "call.dialled",
      target: view.id,
      detail: { purpose: input.purpose, kind: to.kind },
    });
    return answer(tx, caller, row);
  });
}

async function answer(tx: Tx, caller: Caller, row: DialRow): Promise<CommandOutput<"call.dial">> {
  const view = await conversationById(tx, row.conversation_id);
  if (!view || row.user_id !== caller.userId)
    throw new AppError("conflict", "the client id belongs to another command");
  return {
    address: addressOfDial(row.id),
    interactionId: row.interaction_id,
    conversation: toConversation(view),
  };
}

function refusal({ code, until, limit }: DialRefusal): AppError {
  return new AppError("call_refused", `not called: ${code}`, {
    obstacle: code,
    ...(until === undefined ? {} : { until }),
    ...(limit === undefined ? {} : { limit }),
  });
}

async function whomToCall(tx: Tx, caller: Caller, { to }: Input): Promise<Dialled> {
  let text = "number" in to ? to.number : "";
  if ("identityId" in to) {
    const identity = await identityById(tx, to.identityId);
    if (!identity || !(await customerSeenBy(tx, caller, identity.customer_id)))
      throw new AppError("not_found", "no such address of this customer");
    text = identity.external_id;
  }
  const dialled = readDialled(text);
  if (!dialled) throw refusal({ code: "bad_number" });
  return dialled;
}

interface Asked {
  readonly caller: Caller;
  readonly input: Input;
  readonly to: Dialled;
}

/** @returns the number that is shown. Throws `call_refused` */
async function judge(tx: Tx, ctx: Ctx, o: Asked): Promise<CallerNumber> {
  const { caller, to } = o;
  const rules = await readOutboundRules(tx);
  const obstacle = obstacleToDial(rules, await factsOf(tx, ctx, o));
  if (obstacle) throw refusal(obstacle);
  const isEmergency = to.kind === "emergency";
  if (!ctx.telephony?.reachesOutside)
    throw refusal({ code: isEmergency ? "emergency_unreachable" : "no_trunk" });
  if ((await agentById(tx, caller.userId))?.phone !== 1) throw refusal({ code: "no_phone" });
  const numbers = await callerNumbers(tx, ctx, { caller, rules });
  const { queueId } = o.input;
  const from = queueId === null ? numbers[0] : numbers.find((n) => n.queueId === queueId);
  if (from) return from;
  const any = isEmergency ? (await ownNumbers(tx, ctx))[0] : undefined;
  if (!any) throw refusal({ code: "no_caller_number" });
  return { queueId: any.queue_id, accountId: any.id, number: any.external_id };
}

async function factsOf(tx: Tx, ctx: Ctx, { caller: { userId }, input: { purpose }, to }: Asked) {
  const now = ctx.clock.now();
  const { timeZone } = ctx.config;
  const since = dayStart(timeZone, now);
  return {
    to,
    purpose,
    now,
    timeZone,
    byAgent: await countDials(tx, { since, userId }),
    byAll: await countDials(tx, { since }),
    advertisedAt: await lastAdvertised(tx, to.e164),
    optedOut: await isOptedOutAnywhere(tx, to.e164),
  };
}

/** What there is with that number; work that somebody else has there, or that is being wrapped up, goes on beside it. */
async function conversationWith(
  tx: Tx,
  ctx: Ctx,
  o: { to: Dialled; from: CallerNumber; caller: Caller; clientId: string },
): Promise<ConversationView> {
  const { to, from, caller, clientId } = o;
  const account = await accountById(tx, from.accountId);
  if (!account) throw new Error(`account ${from.accountId} vanished`);
  const at = ctx.clock.now();
  const usual = await conversationOfIdentity(tx, account.id, to.e164);
  const isFree = !usual?.i_id || (usual.i_owner_id === caller.userId && usual.i_state === "active");
  const made = await findOrCreateConversation(tx, ctx, {
    account,
    externalId: to.e164,
    at,
    name: to.e164,
    ...(isFree ? {} : { thread: { id: `called ${clientId}`, subject: "" } }),
  });
  if (to.kind !== "emergency" && made.last_inbound_at === null)
    await noteAddress(tx, ctx, { view: made, address: to.e164, at });
  const view = await conversationById(tx, made.id);
  if (!view) throw new Error(`conversation ${made.id} vanished`);
  return view;
}
