import { z } from "zod";
import type { Ack, CommandInput, CommandName, CommandOutput } from "./commands.ts";
import type { WireError } from "./errors.ts";
import type { EphemeralData, JournalEvent } from "./events.ts";

/** What the client puts into the Socket.IO handshake's `auth`. The token may be absent where a cookie carries it. */
export const Handshake = z.strictObject({
  contract: z.number().int(),
  token: z.string().max(200).optional(),
});

export type ClientToServer = {
  [N in CommandName]: (input: CommandInput<N>, ack: (answer: Ack<CommandOutput<N>>) => void) => void;
};

export interface ServerToClient {
  /** In order of `seq`; the client drops what it already has. */
  journal: (events: JournalEvent[]) => void;
  "typing.changed": (data: EphemeralData<"typing.changed">) => void;
  "floor.changed": (data: EphemeralData<"floor.changed">) => void;
  /** The session ended here (log-out elsewhere, disabled, roles changed). The socket closes next. */
  "session.ended": (reason: WireError) => void;
}
