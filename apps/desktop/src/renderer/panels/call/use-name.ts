import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectConversationIdOf } from "../../state/calls.ts";
import { selectConversation } from "../../state/selectors.ts";
import type { Talk } from "../../state/talk.ts";
import { formatPhone, shownName } from "../../ui/phone.ts";

/** Who is at the other end: the customer of the work, a colleague, or the number. */
export function useName(talk: Talk): { readonly name: string; readonly conversationId: string | null } {
  const t = useT();
  const conversationId = useSelect((s) => selectConversationIdOf(s, talk));
  const customer = useSelect((s) => selectConversation(s, conversationId)?.customerName);
  const colleague = useSelect((s) => s.people.users[talk.peer]?.name);
  const name = customer === undefined ? colleague : shownName(customer);
  return { name: name ?? (talk.peer === "" ? t("call.unknown") : formatPhone(talk.peer)), conversationId };
}
