import { type Attachment, type Message, maskText } from "@tongdai/shared";

/** A card that somebody hands on names a number as a customer's own does. */
const titleOf = ({ kind, title }: Attachment): string | null =>
  kind === "card" && title !== null ? maskText(title) : title;

/** Whether masking hides anything of the message. */
export const hidesCards = ({ attachments }: Pick<Message, "attachments">): boolean =>
  attachments.some((a) => titleOf(a) !== a.title);

/** A message as one sees it who may not see phone numbers and e-mail addresses. The words of people stay as they are. */
export const maskMessage = (message: Message): Message =>
  hidesCards(message)
    ? { ...message, attachments: message.attachments.map((a) => ({ ...a, title: titleOf(a) })) }
    : message;
