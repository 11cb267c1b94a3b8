import type { Conversation } from "@tongdai/shared";
import { claim } from "../../actions/claim.ts";
import type { Client } from "../../actions/client.ts";
import { focusOn } from "../../actions/navigate.ts";
import { start } from "../../actions/start.ts";

/** Takes the work that waits, or begins some, and goes on to the words: a button that is gone must not leave the keys to commands. */
export async function takeUp(client: Client, conversation: Conversation): Promise<void> {
  await (conversation.interaction ? claim(client, conversation.interaction) : start(client, conversation.id));
  focusOn(client, "composer");
}
