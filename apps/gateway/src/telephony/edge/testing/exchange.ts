import { fakeClock } from "@tongdai/shared/testing";
import { digest, ha1 } from "../auth/index.ts";
import type { Call, Desk, LegNews, MediaRelay } from "../b2bua/index.ts";
import { createExchange } from "../exchange.ts";
import { header, parseAuth, type ReceivedResponse } from "../message/index.ts";
import { audio, type Phone, type PhoneOptions, phone } from "./phone.ts";

/** The exchange with a trunk at 192.0.2.7, and a desk that rings at whoever is named. */
export function exchange(desk: Partial<Desk> = {}, relay?: MediaRelay) {
  const clock = fakeClock();
  const calls: Call[] = [];
  const news: LegNews[] = [];
  const said: string[] = [];
  const bugs: unknown[] = [];
  let ids = 0;
  const built = createExchange({
    clock,
    domain: "example.com",
    secret: "secret",
    nonceKey: Buffer.alloc(32, 7),
    randomId: () => `id${++ids}`,
    random: () => 0.5,
    revoked: () => false,
    report: (error) => bugs.push(error),
    ...(relay && { relay }),
    trunks: [
      { id: "carrier", addresses: ["192.0.2.0/28"] },
      { id: "branch", addresses: [], user: "pbx" },
    ],
    desk: {
      incoming: (call) => calls.push(call),
      missed: (_, cause) => said.push(`missed ${cause.q850}`),
      ended: (_, cause) => said.push(`ended ${cause.q850} by ${cause.by}`),
      resolve: (_, __, user) => {
        const device = edge.bindings.of(user)[0];
        return device && { device };
      },
      transferred: (_, from, to) => said.push(`${from} to ${to}`),
      news: (n) => news.push(n),
      ...desk,
    },
  });
  const { edge } = built;
  const dial = (options?: PhoneOptions): Phone => phone(edge.transactions.receive, options);

  /** An agent's phone that is registered. */
  function agent(user: string): Phone {
    const desktop = dial({ number: user, address: "198.51.100.9", transport: "WS" });
    put(user, desktop);
    return desktop;
  }
  function put(user: string, { flow }: Phone): void {
    edge.bindings.put({
      user,
      session: "s",
      uri: `sip:${user}@a.invalid;transport=ws`,
      flow,
      instance: user,
      callId: "r",
      cseq: 1,
      expiresAt: clock.elapsed() + 3_600_000,
    });
  }
  const device = (user: string) => edge.bindings.of(user)[0] ?? never();

  /** A caller and an agent who talk. */
  function talk() {
    const caller = dial();
    const lan = agent("lan");
    caller.say("INVITE", { body: audio() });
    calls[0]?.ring(device("lan"));
    lan.reply(200, { body: audio("sendrecv", "lan") });
    caller.join("200");
    caller.say("ACK");
    caller.news();
    lan.news();
    return { caller, lan };
  }

  /** An agent calls another by a phone of his own, and they talk. */
  function callAs(user: string, other: Phone, number: string): Phone {
    const line = dial({ number: user, address: "198.51.100.9", transport: "WS" });
    callWithPassword(line, edge.credentials.mint({ user, session: "s" }, 60_000));
    calls.at(-1)?.ring(device(number));
    other.reply(200, { body: audio("sendrecv", number) });
    line.join("200");
    line.say("ACK");
    line.news();
    other.news();
    return line;
  }

  /** What is left of calls some time after they ended, wherever it may hide. */
  function left() {
    clock.advance(70_000);
    // The overload's beat and one timer for each registration stay.
    const timers = clock.pending - 1 - edge.bindings.size;
    return {
      calls: built.calls.size,
      dialogs: built.calls.dialogs,
      transactions: edge.transactions.size,
      timers,
      bugs,
    };
  }

  const { resume } = built.calls;
  return { ...built, resume, clock, calls, news, said, bugs, dial, agent, put, device, talk, callAs, left };
}

export const never = (): never => {
  throw new Error("nobody is registered");
};

/** What `left` should say. */
export const nothing = { calls: 0, dialogs: 0, transactions: 0, timers: 0, bugs: [] };

/** Calls with a log-in's password, as a phone does after its challenge. */
export function callWithPassword(
  caller: Phone,
  { username, password }: { username: string; password: string },
): void {
  caller.say("INVITE", { body: audio() });
  const challenge = caller.last("401") as ReceivedResponse;
  const nonce = parseAuth(header(challenge, "www-authenticate") ?? "").params.get("nonce") ?? "";
  const parts = {
    algorithm: "MD5",
    method: "INVITE",
    uri: "sip:x",
    nonce,
    nc: "00000001",
    cnonce: "c",
  } as const;
  const response = digest({ ...parts, secret: ha1("MD5", username, "example.com", password) });
  const value = `Digest username="${username}", realm="example.com", nonce="${nonce}", uri="sip:x", response="${response}", qop=auth, nc=00000001, cnonce="c"`;
  caller.say("INVITE", { body: audio(), headers: [`Authorization: ${value}`] });
}
