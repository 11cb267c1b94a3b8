import type { Handlers } from "../../realtime/handler.ts";
import { answer } from "./answer.ts";
import { look } from "./look.ts";
import { send } from "./send.ts";

export const handlers = {
  "trial.look": (ctx, _caller, input) => look(ctx, input),
  "trial.answer": answer,
  "trial.send": send,
} satisfies Pick<Handlers, "trial.look" | "trial.answer" | "trial.send">;
