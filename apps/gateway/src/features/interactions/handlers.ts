import type { Handlers } from "../../realtime/handler.ts";
import { claim, start } from "./claim.ts";
import { close, end } from "./close.ts";
import { extendWrapUp } from "./extend-wrap-up.ts";
import { interactionHistory } from "./history.ts";
import { acceptOffer, declineOffer } from "./offers.ts";
import { park, unpark } from "./park.ts";
import { forceAgentState, setAgentState } from "./presence.ts";
import { saveStateRules } from "./save-state-rules.ts";
import { inHand, signOff } from "./sign-off.ts";
import { boost, takeOver } from "./steer.ts";
import { transfer } from "./transfer.ts";

export const handlers = {
  "offer.accept": async (ctx, caller, { offerId }) => ({
    interaction: await acceptOffer(ctx, caller, offerId),
  }),
  "offer.decline": async (ctx, caller, { offerId }) => {
    await declineOffer(ctx, caller, offerId);
    return {};
  },
  "interaction.claim": async (ctx, caller, { interactionId }) => ({
    interaction: await claim(ctx, caller, interactionId),
  }),
  "interaction.start": async (ctx, caller, { conversationId }) => ({
    interaction: await start(ctx, caller, conversationId),
  }),
  "interaction.transfer": async (ctx, caller, input) => ({
    interaction: await transfer(ctx, caller, input),
  }),
  "interaction.park": async (ctx, caller, input) => ({ interaction: await park(ctx, caller, input) }),
  "interaction.unpark": async (ctx, caller, input) => ({ interaction: await unpark(ctx, caller, input) }),
  "interaction.end": async (ctx, caller, input) => ({ interaction: await end(ctx, caller, input) }),
  "interaction.extend_wrap_up": async (ctx, caller, input) => ({
    interaction: await extendWrapUp(ctx, caller, input),
  }),
  "interaction.close": (ctx, caller, input) => close(ctx, caller, input),
  "interaction.history": interactionHistory,
  "agent.set_state": async (ctx, caller, input) => ({ agent: await setAgentState(ctx, caller, input) }),
  "interaction.boost": async (ctx, caller, input) => ({ interaction: await boost(ctx, caller, input) }),
  "interaction.take_over": async (ctx, caller, input) => ({
    interaction: await takeOver(ctx, caller, input),
  }),
  "agent.in_hand": (ctx, caller) => inHand(ctx, caller),
  "agent.sign_off": async (ctx, caller, input) => ({ agent: await signOff(ctx, caller, input) }),
  "state_rules.save": async (ctx, caller, input) => ({
    stateRules: await saveStateRules(ctx, caller, input),
  }),
  "agent.force_state": async (ctx, caller, input) => ({ agent: await forceAgentState(ctx, caller, input) }),
} satisfies Partial<Handlers>;
