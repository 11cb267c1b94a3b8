import type { AddressKind, ChannelAccount, Conversation, TemplateAddress } from "@tongdai/shared";
import type { State } from "./model.ts";

export type Known = Pick<State, "people" | "session">;

/** The accounts by which I may write first to an address of that kind; `null`: of any. */
export function accountsToBegin({ people, session }: Known, kind: AddressKind | null): ChannelAccount[] {
  return Object.values(people.accounts).filter((account) => {
    const capabilities = people.channels[account.channel]?.capabilities;
    if (!account.enabled || !capabilities?.begins || capabilities.address === null) return false;
    if (kind !== null && capabilities.address !== kind) return false;
    return isMine({ people, session }, account);
  });
}

/** Whether its work is in one of my queues. */
function isMine({ people, session }: Known, { queueId }: ChannelAccount): boolean {
  if (session.permissions.includes("conversations.see_all")) return true;
  return people.queues[queueId]?.memberIds.includes(session.me?.id ?? "") ?? false;
}

interface TemplateAccount {
  readonly account: ChannelAccount;
  readonly by: readonly TemplateAddress[];
  /** Of another channel than the conversation's: it needs the customer's telephone number. */
  readonly isOther: boolean;
}

/** The accounts by which templates can go to the customer of a conversation: its own, or else those that a number is enough for. */
export function templateAccounts(known: Known, conversation: Conversation): TemplateAccount[] {
  const { people, session } = known;
  if (!session.permissions.includes("templates.send")) return [];
  const by = ({ channel }: ChannelAccount) => people.channels[channel]?.capabilities.templates?.by ?? [];
  const own = people.accounts[conversation.accountId];
  if (own && by(own).length > 0) return own.enabled ? [{ account: own, by: by(own), isOther: false }] : [];
  return Object.values(people.accounts)
    .filter((account) => account.enabled && by(account).includes("phone") && isMine(known, account))
    .map((account) => ({ account, by: ["phone"], isOther: true }));
}

export const mayBegin = (state: Known): boolean =>
  state.session.permissions.includes("work") && accountsToBegin(state, null).length > 0;
