import { type Invitation, Inviter, Registerer, UserAgent } from "sip.js";
import type { OutgoingRequestDelegate } from "sip.js/lib/core/index.js";
import { audio } from "../../apps/gateway/src/telephony/edge/testing/phone.ts";
import { webSocketWithOrigin } from "../../apps/gateway/src/telephony/edge/testing/with-origin.ts";
import type { Person } from "./person.ts";

export interface Outgoing {
  readonly call: Inviter;
  /** Status of the final answer. */
  readonly answered: Promise<number>;
}

export interface Softphone {
  /** The next call that rings here, if it does already or will. */
  rung(): Promise<Invitation>;
  /** Calls an address of our exchange. @param as whose it says it is; by default its own */
  call(user: string, as?: string): Outgoing;
  /** Resolves once its connection is gone. */
  readonly gone: Promise<void>;
  /** Connects and registers again, as a desktop does by itself. */
  back(): Promise<void>;
  /** Its connection breaks, without a word. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

/** Media are words here: what is tried is the signalling. */
const wordsForMedia = {
  close: () => {},
  getDescription: () => Promise.resolve({ body: audio(), contentType: "application/sdp" }),
  hasDescription: () => true,
  rollbackDescription: () => Promise.resolve(),
  setDescription: () => Promise.resolve(),
  sendDtmf: () => true,
};

/** Somebody's phone, registered with what the gateway gives them: SIP.js, as on their desktop, without sound. */
export async function softphone(url: string, who: Person): Promise<Softphone> {
  const { phone } = await who.call("phone.register", {});
  if (!phone) throw new Error("no telephony");
  const undoOrigin = webSocketWithOrigin("app://tongdai");
  const lost = Promise.withResolvers<void>();
  const rung: Invitation[] = [];
  const waiting: ((call: Invitation) => void)[] = [];
  const agent = new UserAgent({
    uri: UserAgent.makeURI(phone.address) ?? never(),
    authorizationUsername: phone.name,
    authorizationPassword: phone.password,
    transportOptions: { server: new URL(phone.server, url).href.replace(/^http/, "ws") },
    sessionDescriptionHandlerFactory: () => wordsForMedia,
    delegate: {
      onDisconnect: () => lost.resolve(),
      onInvite(call) {
        const take = waiting.shift();
        if (take) take(call);
        else rung.push(call);
      },
    },
    logBuiltinEnabled: false,
  });
  await agent.start();
  undoOrigin();
  const registerer = new Registerer(agent);
  const register = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const requestDelegate: OutgoingRequestDelegate = {
        onAccept: () => resolve(),
        onReject: ({ message }) => reject(new Error(String(message.statusCode))),
      };
      registerer.register({ requestDelegate }).catch(reject);
    });
  await register();
  return {
    call(user, as) {
      const domain = agent.configuration.uri.host;
      const from = as === undefined ? {} : { fromUri: UserAgent.makeURI(`sip:${as}@${domain}`) ?? never() };
      const call = new Inviter(agent, UserAgent.makeURI(`sip:${user}@${domain}`) ?? never(), {
        params: from,
      });
      const answered = new Promise<number>((resolve, reject) => {
        const told = ({ message }: { message: { statusCode?: number | undefined } }): void =>
          resolve(message.statusCode ?? 0);
        call.invite({ requestDelegate: { onAccept: told, onReject: told } }).catch(reject);
      });
      return { call, answered };
    },
    gone: lost.promise,
    rung() {
      const call = rung.shift();
      return call ? Promise.resolve(call) : new Promise((resolve) => void waiting.push(resolve));
    },
    async back() {
      const undo = webSocketWithOrigin("app://tongdai");
      await agent.reconnect();
      undo();
      await register();
    },
    drop: () => agent.transport.disconnect(),
    close: () => agent.stop(),
  };
}

const never = (): never => {
  throw new Error("no SIP address");
};
