import type { FakeChannel } from "../channels/fake/index.ts";
import { receiveDelivery } from "../channels/inbound.ts";
import type { Ctx } from "../context.ts";
import { saveAccount } from "../features/channel-accounts/index.ts";
import { type ConversationView, conversationOfIdentity } from "../store/conversations.ts";

/** An account of each fake channel, and what comes to them. */
export interface FakeAccounts {
  readonly idOf: (fake: FakeChannel) => string;
  readonly deliver: (fake: FakeChannel, item: unknown) => Promise<unknown>;
  /** Throws when they have not written. */
  readonly conversationOf: (fake: FakeChannel, from: string) => Promise<ConversationView>;
}

export async function fakeAccounts(
  ctx: Ctx,
  queueId: string,
  fakes: readonly FakeChannel[],
): Promise<FakeAccounts> {
  const ids = new Map<FakeChannel, string>();
  for (const fake of fakes) {
    const account = { id: null, name: "A", queueId, enabled: true, channel: fake.channel.id };
    ids.set(fake, (await saveAccount(ctx, null, { ...account, config: fake.config() })).id);
  }
  const idOf = (fake: FakeChannel) => ids.get(fake) ?? "";
  return {
    idOf,
    deliver: (fake, item) =>
      receiveDelivery(ctx, {
        channel: fake.channel.id,
        webhookKey: `fake-${fake.channel.id}`,
        body: fake.webhook(item).raw.toString(),
      }),
    async conversationOf(fake, from) {
      const view = await conversationOfIdentity(ctx.store, idOf(fake), from);
      if (!view) throw new Error(`${from} has not written`);
      return view;
    },
  };
}
