import {
  builtInRoles,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type CommandParsed,
  commands,
  defaultQueueRules,
  permissionsOf,
  type WorkKind,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";
import { newConversation } from "../features/conversations/index.ts";
import { findOrCreateByIdentity } from "../features/customers/index.ts";
import { newInteraction } from "../features/interactions/index.ts";
import { newId } from "../ids.ts";
import type { Handler } from "../realtime/handler.ts";
import { insertConversation } from "../store/conversations.ts";
import { insertInteraction, interactionById } from "../store/interactions.ts";
import type { InteractionRow } from "../store/schema.ts";

/** Two queues with a page each, an agent in each, and a supervisor who sees both. */
export interface Scene {
  readonly care: string;
  readonly warranty: string;
  /** Account ids by queue id. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Agent of `care`. */
  readonly lan: Caller;
  /** Agent of `warranty`. */
  readonly minh: Caller;
  readonly ha: Caller;
  readonly admin: Caller;
}

export interface Work {
  readonly conversationId: string;
  readonly customerId: string;
  readonly identityId: string;
  readonly interaction: InteractionRow;
}

export async function scene(ctx: Ctx): Promise<Scene> {
  const [care, warranty] = [newId(), newId()];
  const accounts = { [care]: newId(), [warranty]: newId() };
  await ctx.store.write(async (tx) => {
    for (const [id, name] of [
      [care, "Chăm sóc khách hàng"],
      [warranty, "Bảo hành"],
    ] as const) {
      await tx.db
        .insertInto("queue")
        .values({
          id,
          name,
          offer_seconds: 30,
          wrap_up_seconds: 60,
          dispositions: '[{"name":"Xong","resolved":true}]',
          rules: JSON.stringify(defaultQueueRules),
        })
        .execute();
      await tx.db
        .insertInto("channel_account")
        .values({
          id: accounts[id] ?? "",
          channel: "facebook",
          external_id: id,
          name,
          queue_id: id,
          comment_queue_id: null,
          enabled: 1,
          config: "",
          needs: "[]",
          webhook_key: "",
          one_way: 0,
          health: "ok",
          health_since: 0,
          last_inbound_at: null,
          last_error: null,
        })
        .execute();
    }
  });
  return {
    care,
    warranty,
    accounts,
    lan: await person(ctx, { roles: ["agent"], queueIds: [care] }),
    minh: await person(ctx, { roles: ["agent"], queueIds: [warranty] }),
    ha: await person(ctx, { roles: ["supervisor"], queueIds: [] }),
    admin: await person(ctx, { roles: ["admin"], queueIds: [] }),
  };
}

export async function person(
  ctx: Ctx,
  o: { roles: readonly string[]; queueIds: readonly string[]; disabled?: boolean },
): Promise<Caller> {
  const id = newId();
  await ctx.store.write(async (tx) => {
    await tx.db
      .insertInto("user")
      .values({
        id,
        username: id,
        name: id,
        password_hash: "",
        roles: JSON.stringify(o.roles),
        skills: "{}",
        disabled: o.disabled ? 1 : 0,
        created_at: 0,
      })
      .execute();
    for (const queue_id of o.queueIds)
      await tx.db.insertInto("queue_member").values({ queue_id, user_id: id }).execute();
  });
  return {
    userId: id,
    sessionId: newId(),
    roles: o.roles,
    permissions: permissionsOf(o.roles, builtInRoles),
    queueIds: o.queueIds,
  };
}

/** A customer who has written to a queue: conversation with an interaction that waits or has an owner. */
export async function work(
  ctx: Ctx,
  s: Pick<Scene, "accounts">,
  o: { queueId: string; ownerId?: string | null; externalId?: string; name?: string; kind?: WorkKind },
): Promise<Work> {
  const at = ctx.clock.now();
  const ownerId = o.ownerId ?? null;
  return ctx.store.write(async (tx) => {
    const accountId = s.accounts[o.queueId] ?? "";
    const { identityId, customerId } = await findOrCreateByIdentity(tx, {
      accountId,
      channel: "facebook",
      externalId: o.externalId ?? newId(),
      displayName: o.name ?? "Khách",
      at,
      queueId: o.queueId,
    });
    const place = { id: accountId, channel: "facebook", queue_id: o.queueId };
    const conversation = newConversation(place, { identityId, customerId }, at);
    const row: InteractionRow = {
      ...newInteraction(conversation, o.kind ?? "chat", at),
      state: ownerId ? "active" : "waiting",
      owner_id: ownerId,
    };
    await insertConversation(tx, {
      ...conversation,
      interaction_id: row.id,
      interaction_state: row.state,
      waiting_since: at,
      owner_id: ownerId,
    });
    await insertInteraction(tx, row);
    const interaction = await interactionById(tx, row.id);
    if (!interaction) throw new Error("an interaction that was just written is there");
    return { conversationId: conversation.id, customerId, identityId, interaction };
  });
}

/** Calls a handler as the socket does: input and answer go through the contract, the permission is looked at. */
export async function ask<N extends CommandName>(
  ctx: Ctx,
  caller: Caller,
  o: { name: N; handler: Handler<N>; input: CommandInput<N> },
): Promise<CommandOutput<N>> {
  const spec = commands[o.name];
  const { permission } = spec;
  if (permission !== null && !caller.permissions.has(permission)) throw new Error(`${o.name} is not allowed`);
  const output = await o.handler(ctx, caller, spec.input.parse(o.input) as CommandParsed<N>);
  return spec.output.parse(output) as CommandOutput<N>;
}

/** Journal rows by name, oldest first. */
export const journalOf = async (ctx: Ctx, name: string) => {
  const rows = await ctx.store.db
    .selectFrom("journal")
    .selectAll()
    .where("name", "=", name)
    .orderBy("seq")
    .execute();
  return rows.map((r) => ({ ...r, scopes: JSON.parse(r.scopes) as string[] }));
};
