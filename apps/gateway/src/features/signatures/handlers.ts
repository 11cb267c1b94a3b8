import type { Handlers } from "../../realtime/handler.ts";
import { saveAccountSignature, saveOwnSignature } from "./save-signature.ts";

export const handlers = {
  "signature.save": async (ctx, caller, input) => ({
    signature: await saveOwnSignature(ctx, caller, input),
  }),
  "account_signature.save": async (ctx, caller, input) => ({
    signature: await saveAccountSignature(ctx, caller, input),
  }),
} satisfies Pick<Handlers, "signature.save" | "account_signature.save">;
