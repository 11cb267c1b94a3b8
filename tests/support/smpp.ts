import type { Gateway } from "@tongdai/gateway";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import type { SmscSimulator } from "../simulators/smpp/index.ts";

export const SMSC_PASSWORD = "mat-khau";
const SHORT_CODE = "8099";

/** Connects the short code of a message centre. */
export const connectSmpp = (
  gateway: Gateway,
  o: { smsc: SmscSimulator; queueId: string; perSecond?: number },
) =>
  saveAccount(gateway.ctx, null, {
    id: null,
    channel: "sms",
    name: SHORT_CODE,
    queueId: o.queueId,
    enabled: true,
    config: {
      provider: "smpp",
      sender: SHORT_CODE,
      host: "127.0.0.1",
      port: String(o.smsc.port),
      systemId: "sen",
      password: SMSC_PASSWORD,
      ...(o.perSecond && { perSecond: String(o.perSecond) }),
    },
  });
