import type { AddressKind, ChannelAccount } from "@tongdai/shared";
import type { State } from "./model.ts";

export type Known = Pick<State, "people" | "session">;

/** The accounts by which I may write first to an address of that kind; `null`: of any. */
export function accountsToBegin({ people, session }: Known, kind: AddressKind | null): ChannelAccount[] {
  const { accounts, channels, queues } = people;
  const myId = session.me?.id ?? "";
  const seesAll = session.permissions.includes("conversations.see_all");
  return Object.values(accounts).filter((account) => {
    const capabilities = channels[account.channel]?.capabilities;
    if (!account.enabled || !capabilities?.begins || capabilities.address === null) return false;
    if (kind !== null && capabilities.address !== kind) return false;
    return seesAll || (queues[account.queueId]?.memberIds.includes(myId) ?? false);
  });
}

export const mayBegin = (state: Known): boolean =>
  state.session.permissions.includes("work") && accountsToBegin(state, null).length > 0;
