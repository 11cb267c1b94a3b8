import { once } from "node:events";
import { createServer } from "node:http";
import { fakeClock } from "@tongdai/shared/testing";
import { Registerer, UserAgent } from "sip.js";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../clock.ts";
import { digest, ha1 } from "./auth/index.ts";
import { createEdge, type EdgeParts } from "./edge.ts";
import { header, headerValues, parseAuth, type ReceivedMessage, SipError } from "./message/index.ts";
import { fakeFlow } from "./testing/fake-flow.ts";
import { type RequestOptions, request } from "./testing/requests.ts";
import { runSipp, sipp, sippRequest } from "./testing/sipp.ts";
import { webSocketWithOrigin } from "./testing/with-origin.ts";
import { listenUdp, listenWebSocket } from "./transport/index.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const f of undo.splice(0).reverse()) await f();
});

function edge(parts: Partial<EdgeParts> = {}) {
  const news: string[] = [];
  const clock = fakeClock();
  let ids = 0;
  const built = createEdge({
    clock,
    domain: "127.0.0.1",
    secret: "secret",
    nonceKey: Buffer.alloc(32, 7),
    randomId: () => `id${++ids}`,
    random: () => 0.5,
    revoked: () => false,
    report: (error) => news.push(String(error)),
    calls: {
      admit: () => undefined,
      request: (t) => news.push(t.request.method),
      cancelled: () => news.push("cancelled"),
      acknowledged: () => news.push("ack"),
      bound: (change) => news.push(`${change.kind} ${change.binding.user}`),
      roadLost: (flow) => news.push(`lost ${flow.transport}`),
    },
    ...parts,
  });
  undo.push(() => built.close());
  return { ...built, clock, news };
}

const status = (message: ReceivedMessage | undefined) =>
  message?.kind === "response" ? message.status : undefined;

describe("the edge", () => {
  const say = (e: ReturnType<typeof edge>, method: string, options: RequestOptions = {}) => {
    const flow = fakeFlow();
    e.transactions.receive(request(method, options), flow);
    return { flow, answer: flow.sent[0], status: status(flow.sent[0]) };
  };

  test("answers a ping, and what it does not know, without keeping anything", () => {
    const e = edge();
    const ping = say(e, "OPTIONS");
    expect(headerValues(ping.flow.sent[0] ?? request("X"), "allow")).toContain("CANCEL");
    expect([ping.status, say(e, "SUBSCRIBE").status, say(e, "MESSAGE").status]).toEqual([200, 405, 405]);
    const strange = say(e, "INVITE", { headers: ["Require: timer, nothingSupportsThis"] });
    expect([strange.status, header(strange.flow.sent[0] ?? request("X"), "unsupported")]).toEqual([
      420,
      "nothingSupportsThis",
    ]);
    expect(say(e, "REGISTER", { to: "<sip:lan@127.0.0.1>" }).status).toBe(401);
    expect([e.news, e.transactions.size]).toEqual([[], 0]);
  });

  test("when there is too much to do, sends new calls away with a time, and keeps those that it has", () => {
    const e = edge({ overload: { lag: 200, transactions: 1 } });
    say(e, "INVITE");
    say(e, "INVITE");
    const refused = say(e, "INVITE");
    expect([refused.status, header(refused.flow.sent[0] ?? request("X"), "retry-after")]).toEqual([
      503,
      "10",
    ]);
    say(e, "BYE", { to: "<sip:support@example.com>;tag=1" });
    expect(e.news).toEqual(["INVITE", "INVITE", "BYE"]);
  });

  test("answers a request that meets a bug, and one whose headers turn out to be broken", () => {
    const failing = (error: Error) => {
      const calls: EdgeParts["calls"] = {
        admit: () => undefined,
        request: () => {
          throw error;
        },
        cancelled: () => {},
        acknowledged: () => {},
        bound: () => {},
        roadLost: () => {},
      };
      const e = edge({ calls });
      return [say(e, "INFO").status, e.news];
    };
    expect(failing(new Error("a bug"))).toEqual([500, ["Error: a bug"]]);
    expect(failing(new SipError("malformed Refer-To"))).toEqual([400, []]);
  });

  test("tells of a lost connection to all whom it concerns", () => {
    const e = edge();
    const flow = fakeFlow("WS");
    const [name, password] = Object.values(e.credentials.mint({ user: "lan", session: "s" }, 60_000)).map(
      String,
    );
    const ask = (authorization?: string) => {
      const headers = [
        "Contact: <sip:x@a.invalid>",
        ...(authorization ? [`Authorization: ${authorization}`] : []),
      ];
      e.transactions.receive(request("REGISTER", { to: "<sip:lan@127.0.0.1>", headers }), flow);
      return flow.sent.at(-1);
    };
    const nonce =
      parseAuth(header(ask() ?? request("X"), "www-authenticate") ?? "").params.get("nonce") ?? "";
    const parts = {
      algorithm: "MD5",
      method: "REGISTER",
      uri: "sip:a",
      nonce,
      nc: "00000001",
      cnonce: "c",
    } as const;
    const response = digest({ ...parts, secret: ha1("MD5", name ?? "", "127.0.0.1", password ?? "") });
    const given = `Digest username="${name}", realm="127.0.0.1", nonce="${nonce}", uri="sip:a", response="${response}", qop=auth, nc=00000001, cnonce="c"`;
    expect(status(ask(given))).toBe(200);
    // The answer was lost and the same comes again: the client is told to take a new nonce, and stays registered.
    expect(header(ask(given) ?? request("X"), "www-authenticate")).toContain("stale=true");
    expect(e.transactions.size).toBe(0);
    e.gate.closed(flow);
    expect(e.news).toEqual(["added lan", "gone lan", "lost WS"]);
  });
});

describe("beside real parts", () => {
  test.skipIf(!sipp)("sipp registers by digest and pings by OPTIONS (Debian: sip-tester)", async () => {
    const e = edge({ clock: systemClock });
    const udp = await listenUdp({ host: "127.0.0.1", port: 0 }, e.gate);
    undo.push(() => udp.close());
    const { username, password } = e.credentials.mint({ user: "lan", session: "s" }, 60_000);
    await runSipp(udp.port, scenario(username, password), 20);
    expect(e.news).toEqual(["added lan"]);
    expect(e.gate.counts.malformed).toBe(0);
  });

  test("SIP.js registers over WebSocket, and its page's end is its registration's", async () => {
    const e = edge({ clock: systemClock });
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const web = listenWebSocket(
      {
        server,
        path: "/sip",
        secure: false,
        sentBy: "127.0.0.1",
        clock: systemClock,
        allowOrigin: () => true,
      },
      e.gate,
    );
    undo.push(
      () => server.close(),
      () => web.close(),
    );
    const { username, password } = e.credentials.mint({ user: "lan", session: "s" }, 60_000);
    undo.push(webSocketWithOrigin("http://127.0.0.1"));
    const uri = UserAgent.makeURI("sip:lan@127.0.0.1");
    if (!uri) throw new Error("no URI");
    const agent = new UserAgent({
      uri,
      transportOptions: { server: `ws://127.0.0.1:${port}/sip` },
      authorizationUsername: username,
      authorizationPassword: password,
      sessionDescriptionHandlerFactory: () => {
        throw new Error("no calls here");
      },
      logLevel: "error",
    });
    await agent.start();
    await new Registerer(agent).register();
    await expect.poll(() => e.news).toEqual(["added lan"]);
    await agent.transport.disconnect();
    await expect.poll(() => e.news).toEqual(["added lan", "gone lan", "lost WS"]);
  });
});

/** OPTIONS, then REGISTER, 401, REGISTER with the digest, 200. */
function scenario(username: string, password: string): string {
  const say = (method: string, more: string) =>
    sippRequest(`${method} sip:127.0.0.1`, "<sip:lan@127.0.0.1>", more);
  const login = `\n[authentication username=${username} password=${password}]`;
  return `${say("OPTIONS", "CSeq: 1 OPTIONS")}<recv response="200"/>
${say("REGISTER", "CSeq: 2 REGISTER\nExpires: 60")}<recv response="401" auth="true"/>
${say("REGISTER", `CSeq: 3 REGISTER\nExpires: 60${login}`)}<recv response="200"/>`;
}
