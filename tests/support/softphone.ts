import { Registerer, RegistererState, UserAgent } from "sip.js";
import { webSocketWithOrigin } from "../../apps/gateway/src/telephony/edge/testing/with-origin.ts";
import type { Person } from "./person.ts";

export interface Softphone {
  /** Resolves once its connection is gone. */
  readonly gone: Promise<void>;
  close(): Promise<void>;
}

/** Somebody's phone, registered with what the gateway gives them: SIP.js, as on their desktop, without sound. */
export async function softphone(url: string, who: Person): Promise<Softphone> {
  const { phone } = await who.call("phone.register", {});
  if (!phone) throw new Error("no telephony");
  const undoOrigin = webSocketWithOrigin("app://tongdai");
  const lost = Promise.withResolvers<void>();
  const agent = new UserAgent({
    uri: UserAgent.makeURI(phone.address) ?? never(),
    authorizationUsername: phone.name,
    authorizationPassword: phone.password,
    transportOptions: { server: new URL(phone.server, url).href.replace(/^http/, "ws") },
    delegate: { onDisconnect: () => lost.resolve() },
    logLevel: "error",
    logConnector: () => {},
    logBuiltinEnabled: false,
  });
  await agent.start();
  undoOrigin();
  const registerer = new Registerer(agent);
  const registered = Promise.withResolvers<void>();
  registerer.stateChange.addListener((state) => {
    if (state === RegistererState.Registered) registered.resolve();
  });
  await registerer.register({
    requestDelegate: { onReject: ({ message }) => registered.reject(new Error(String(message.statusCode))) },
  });
  await registered.promise;
  return { gone: lost.promise, close: () => agent.stop() };
}

const never = (): never => {
  throw new Error("no SIP address");
};
