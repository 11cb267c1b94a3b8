import { addNote } from "../../actions/add-note.ts";
import { useClient } from "../../actions/react-client.ts";
import { heldBack, sendMessage } from "../../actions/send-message.ts";
import { useT } from "../../i18n/index.ts";
import { toast } from "../../ui/toast.tsx";
import { quoteIntro } from "./quote-intro.ts";

/** The composer's one way out, by key or by button: as a note, or to the customer once all its files are up. */
export function useSubmit(conversationId: string): (note: boolean) => void {
  const t = useT();
  const client = useClient();
  return (note) => {
    const held = note ? null : heldBack(client.store.getState(), conversationId);
    if (note) addNote(client, conversationId);
    else if (held === null)
      sendMessage(client, conversationId, (quoted, forward) => quoteIntro(quoted, forward, t));
    else toast(t(`letter.held.${held}`), { tone: "warning", key: "held-back" });
  };
}
