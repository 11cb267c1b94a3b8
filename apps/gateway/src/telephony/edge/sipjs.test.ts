import { once } from "node:events";
import { createServer } from "node:http";
import { Inviter, Registerer, type Session, SessionState, UserAgent, type UserAgentOptions } from "sip.js";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../clock.ts";
import { createExchange } from "./exchange.ts";
import { audio } from "./testing/phone.ts";
import { webSocketWithOrigin } from "./testing/with-origin.ts";
import { listenWebSocket } from "./transport/index.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const f of undo.splice(0).reverse()) await f();
});

/** Media are words here: what is tried is the signalling that desktops and the web widget speak. */
const wordsForMedia = {
  close: () => {},
  getDescription: () => Promise.resolve({ body: audio(), contentType: "application/sdp" }),
  hasDescription: () => true,
  rollbackDescription: () => Promise.resolve(),
  setDescription: () => Promise.resolve(),
  sendDtmf: () => true,
};

/** An exchange on a WebSocket whose calls ring at Lan, and who may be sent on to whoever is registered. */
async function listening() {
  const said: string[] = [];
  let ids = 0;
  const x = createExchange({
    clock: systemClock,
    domain: "127.0.0.1",
    secret: "secret",
    nonceKey: Buffer.alloc(32, 7),
    randomId: () => `id${++ids}`,
    random: () => 0.5,
    revoked: () => false,
    report: (error) => said.push(String(error)),
    trunks: [],
    desk: {
      incoming(call) {
        call.queued(1);
        const device = x.edge.bindings.of("lan")[0];
        if (device) call.ring(device);
      },
      missed: (call, cause) => call.hangUp(cause),
      ended: (_, cause) => said.push(`ended ${cause.q850}`),
      resolve(_, __, user) {
        const device = x.edge.bindings.of(user)[0];
        return device && { device };
      },
      transferred: (_, from, to) => said.push(`${from} to ${to}`),
      news: (n) => said.push(`${n.party} ${n.phase}`),
    },
  });
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const web = listenWebSocket(
    { server, path: "/sip", secure: false, sentBy: "127.0.0.1", clock: systemClock, allowOrigin: () => true },
    x.edge.gate,
  );
  undo.push(
    () => x.edge.close(),
    () => server.close(),
    () => web.close(),
  );
  undo.push(webSocketWithOrigin("http://127.0.0.1"));

  async function client(user: string, more: Partial<UserAgentOptions> = {}): Promise<UserAgent> {
    const uri = UserAgent.makeURI(`sip:${user}@127.0.0.1`);
    if (!uri) throw new Error("no URI");
    const agent = new UserAgent({
      uri,
      transportOptions: { server: `ws://127.0.0.1:${port}/sip` },
      sessionDescriptionHandlerFactory: () => wordsForMedia,
      logLevel: "error",
      ...more,
    });
    await agent.start();
    undo.push(() => agent.transport.disconnect());
    return agent;
  }

  /** An agent who takes every call. */
  async function agent(user: string) {
    const login = x.edge.credentials.mint({ user, session: user }, 60_000);
    const sessions: Session[] = [];
    const ua = await client(user, {
      authorizationUsername: login.username,
      authorizationPassword: login.password,
      delegate: {
        onInvite(invitation) {
          sessions.push(invitation);
          void invitation.accept();
        },
      },
    });
    await new Registerer(ua).register();
    await expect.poll(() => x.edge.bindings.of(user).length).toBe(1);
    return sessions;
  }
  return { ...x, said, client, agent };
}

test("SIP.js calls from a web page by token, is answered, changes its media, is sent on and hung up", async () => {
  const x = await listening();
  const lan = await x.agent("lan");
  const minh = await x.agent("minh");
  const page = await x.client("guest");
  const target = UserAgent.makeURI("sip:support@127.0.0.1");
  if (!target) throw new Error("no URI");
  const token = x.tokens.mint({ visitor: "v1", target: "support" }, 60_000);
  const call = new Inviter(page, target, { extraHeaders: [`Authorization: Bearer ${token}`] });
  await call.invite();
  await expect.poll(() => call.state).toBe(SessionState.Established);
  await expect.poll(() => lan[0]?.state).toBe(SessionState.Established);

  const settled = new Promise<void>((done) => {
    void call.invite({ requestDelegate: { onAccept: () => done() } });
  });
  await settled;
  const to = UserAgent.makeURI("sip:minh@127.0.0.1");
  if (!to) throw new Error("no URI");
  await lan[0]?.refer(to);
  await expect.poll(() => lan[0]?.state).toBe(SessionState.Terminated);
  expect(minh[0]?.state).toBe(SessionState.Established);
  expect(x.said).toContain("lan to minh");
  await minh[0]?.bye();
  await expect.poll(() => call.state).toBe(SessionState.Terminated);
  await expect.poll(() => [x.calls.size, x.calls.dialogs]).toEqual([0, 0]);
});
