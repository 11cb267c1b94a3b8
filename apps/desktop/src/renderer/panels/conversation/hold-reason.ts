import {
  type Capabilities,
  type ChannelAccount,
  type Conversation,
  chargedFrom,
  type ReplyWindow,
  replyWindow,
} from "@tongdai/shared";

/** Why the customer cannot be written to now. Notes between agents are always possible. */
export type Blocked =
  | {
      readonly kind:
        | "window_closed"
        | "window_unopened"
        | "no_work"
        | "unclaimed"
        | "channel_off"
        | "opted_out"
        | "private_used"
        | "private_late"
        /** They telephone: nothing can be written to them on this channel. */
        | "calls";
    }
  | { readonly kind: "not_owner"; readonly ownerId: string };

/** Why what is sent now will wait, or what one must know of it. */
export type Notice = "login_needed" | "restricted" | "unreachable" | "disabled";

export interface Standing {
  readonly window: ReplyWindow;
  /** When an answer begins to cost money; `null`: never, or always. */
  readonly chargedFrom: number | null;
  readonly blocked: Blocked | null;
  readonly notice: Notice | null;
}

interface Facts {
  readonly conversation: Conversation;
  readonly capabilities: Capabilities | null;
  readonly account: ChannelAccount | null;
  readonly myId: string | null;
  readonly now: number;
}

export function standing({ conversation, capabilities, account, myId, now }: Facts): Standing {
  const window = replyWindow(capabilities?.replyWindow ?? null, conversation, now);
  return {
    window,
    chargedFrom: capabilities && chargedFrom(capabilities, conversation),
    blocked: blockedBy({ conversation, account, capabilities, myId }, window),
    notice: noticeOf(account),
  };
}

function blockedBy(
  { conversation: { interaction, optedOutAt }, account, capabilities, myId }: Omit<Facts, "now">,
  window: ReplyWindow,
): Blocked | null {
  if (account && (!account.enabled || account.health.state === "off")) return { kind: "channel_off" };
  if (optedOutAt !== null) return { kind: "opted_out" };
  // Whoever wants a call that waits takes it first: it rings at their phone then.
  if (capabilities?.calls && interaction?.ownerId !== null) return { kind: "calls" };
  if (window.state === "closed") return { kind: "window_closed" };
  if (window.state === "unopened") return { kind: "window_unopened" };
  if (!interaction) return { kind: "no_work" };
  if (interaction.ownerId === null) return { kind: "unclaimed" };
  return interaction.ownerId === myId ? null : { kind: "not_owner", ownerId: interaction.ownerId };
}

const notices: readonly Notice[] = ["login_needed", "restricted", "unreachable", "disabled"];

const noticeOf = (account: ChannelAccount | null): Notice | null =>
  notices.find((notice) => notice === account?.health.state) ?? null;
