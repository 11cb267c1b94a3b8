import { Notification } from "electron";

export interface Notice {
  title: string;
  body: string;
  conversationId?: string | undefined;
}

/**
 * One per conversation, so that a talkative customer does not fill the screen. They are held here because
 * a collected notification loses its click.
 */
export function createNotifier(
  onClick: (conversationId: string | undefined) => void,
): (notice: Notice) => void {
  const shown = new Map<string, Notification>();
  return ({ title, body, conversationId }) => {
    const key = conversationId ?? "";
    const notification = new Notification({ title, body });
    shown.get(key)?.close();
    shown.set(key, notification);
    const forget = (): void => {
      if (shown.get(key) === notification) shown.delete(key);
    };
    notification.on("click", () => {
      forget();
      onClick(conversationId);
    });
    notification.on("close", forget);
    notification.on("failed", forget);
    notification.show();
  };
}
