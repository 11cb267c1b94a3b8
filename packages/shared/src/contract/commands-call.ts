import { z } from "zod";
import { Call, PhoneLogin } from "./calls.ts";
import { command } from "./command.ts";
import { Id } from "./scalars.ts";

export const callCommands = {
  /** `null`: this gateway has no telephony. */
  "phone.register": command("work", z.strictObject({}), z.object({ phone: PhoneLogin.nullable() })),
  /** The calls of a conversation, newest first, at most a hundred. */
  "call.list": command("work", z.strictObject({ conversationId: Id }), z.object({ calls: z.array(Call) })),
};
