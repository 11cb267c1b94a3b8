import { AppError, type User } from "@tongdai/shared";
import { setCustomerQuery } from "../state/customers.ts";
import { editDraft, learnMedia } from "../state/drafts.ts";
import { heldLetter } from "../state/letters.ts";
import { loggedIn, loggedOut } from "../state/session.ts";
import type { Client } from "./client.ts";
import { readDraftFiles } from "./draft-files.ts";

const askAgainMs = 3_000;

/** Who is here? Asks until the gateway answers, then logs in by what is kept or shows the log-in screen. */
export async function startClient(client: Client): Promise<void> {
  try {
    const me = await client.rest.me();
    if (me) enter(client, me);
    // A link from outside may have said already whom to look for.
    else client.update((s) => setCustomerQuery(loggedOut(s, null), s.customers.query));
  } catch (cause) {
    // The desktop may be started before the network is: that is no reason to ask for a password.
    if (!(cause instanceof AppError && cause.code === "unavailable")) client.report(cause);
    client.update((s) => ({
      ...s,
      connection: { ...s.connection, status: "offline", since: s.connection.since || client.clock.now() },
    }));
    client.later.put("start", askAgainMs, () => void startClient(client));
  }
}

/** From here on this person works: what they left unsent is taken up and the connection is made. */
export function enter(client: Client, me: User): void {
  client.update((s) => loggedIn(s, me));
  client.outbox.restore(me.id);
  for (const item of client.store.getState().outgoing) {
    if (item.name !== "draft.save") continue;
    const { conversationId, text, mediaIds = [], replyToId = null, note = false } = item.input;
    const letter = heldLetter(item.input.letter);
    const files = readDraftFiles(client, conversationId);
    client.update((s) =>
      editDraft(learnMedia(s, files), conversationId, { text, mediaIds, replyToId, note, letter }),
    );
  }
  client.connection.start();
}
