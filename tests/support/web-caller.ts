import { Inviter, SessionState, UserAgent } from "sip.js";
import { audio } from "../../apps/gateway/src/telephony/edge/testing/phone.ts";
import { webSocketWithOrigin } from "../../apps/gateway/src/telephony/edge/testing/with-origin.ts";

export interface Pass {
  readonly server: string;
  readonly address: string;
  readonly token: string;
  readonly known: boolean;
}

/** Asks for a pass as a page of this origin does. @returns the answer */
export const askPass = (url: string, origin: string | null, body: object): Promise<Response> =>
  fetch(`${url}/web-call/passes`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(origin !== null && { origin }) },
    body: JSON.stringify({ visitor: crypto.randomUUID(), ...body }),
  });

const uri = (text: string) => {
  const made = UserAgent.makeURI(text);
  if (!made) throw new Error(`no URI: ${text}`);
  return made;
};

export interface WebCaller {
  /** Rings, and resolves with the final status of the answer. @param to in the place of what the pass is for */
  call(o?: { token?: string; to?: string }): Promise<number>;
  hangUp(): Promise<void>;
  close(): Promise<void>;
}

/** SIP.js in a page of this origin, without sound. Rejects when the gateway does not let it connect. */
export async function webCaller(url: string, origin: string, pass: Pass): Promise<WebCaller> {
  const undoOrigin = webSocketWithOrigin(origin);
  const agent = new UserAgent({
    uri: uri("sip:visitor@page.invalid"),
    transportOptions: { server: new URL(pass.server, url).href.replace(/^http/, "ws") },
    // Media are words here.
    sessionDescriptionHandlerFactory: () => ({
      close: () => {},
      getDescription: () => Promise.resolve({ body: audio(), contentType: "application/sdp" }),
      hasDescription: () => true,
      rollbackDescription: () => Promise.resolve(),
      setDescription: () => Promise.resolve(),
      sendDtmf: () => true,
    }),
    logBuiltinEnabled: false,
  });
  await agent.start().finally(undoOrigin);
  let running: Inviter | undefined;
  return {
    call({ token = pass.token, to = pass.address } = {}) {
      const inviter = new Inviter(agent, uri(to), { extraHeaders: [`Authorization: Bearer ${token}`] });
      running = inviter;
      return new Promise((resolve, reject) => {
        const onAccept = ({ message }: { message: { statusCode?: number | undefined } }) =>
          resolve(message.statusCode ?? 0);
        inviter.invite({ requestDelegate: { onAccept, onReject: onAccept } }).catch(reject);
      });
    },
    async hangUp() {
      if (running?.state === SessionState.Established) await running.bye();
      else await running?.cancel();
    },
    close: () => agent.stop(),
  };
}
