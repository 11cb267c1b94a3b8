import type { Conversation, Message } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { shownName } from "../../ui/phone.ts";

/** Whose words a customer's message is. In public others may join in; nothing is told of some. */
export const commenter = ({ comment }: Message, { customerName }: Conversation, t: T): string =>
  shownName(comment?.author ?? customerName) || t("comments.somebody");
