import { AppError, type ChannelAccount } from "@tongdai/shared";
import { checkChannelAccount } from "../../actions/check-channel-account.ts";
import type { Client } from "../../actions/client.ts";
import type { T } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { toast } from "../../ui/toast.tsx";
import { causeText } from "../words.ts";

/** Asks the vendor how the account is and tells the answer, or why there is none; never rejects. */
export const checkAccount = (client: Client, accountId: string, t: T): Promise<void> =>
  checkChannelAccount(client, accountId).then(
    (checked) => tell(checked, t),
    (cause: unknown) => tellFailure(cause, isLive(client), t),
  );

const isLive = (client: Client): boolean => client.store.getState().connection.status === "live";

/** While we are connected ourselves it is the vendor who is out of reach. */
function tellFailure(cause: unknown, live: boolean, t: T): void {
  const isFar = cause instanceof AppError && (cause.code === "unavailable" || cause.code === "timeout");
  const detail = live && isFar ? t("admin.channels.vendorFar") : causeText(cause, t);
  toast(t("admin.channels.checkFailed"), { tone: "error", detail });
}

function tell({ name, health }: ChannelAccount, t: T): void {
  const isWell = health.state === "ok";
  toast(t("admin.channels.checked", { name: neutralise(name), state: t(`admin.health.${health.state}`) }), {
    tone: isWell ? "success" : "warning",
  });
}
