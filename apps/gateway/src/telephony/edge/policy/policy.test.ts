import { fakeClock } from "@tongdai/shared/testing";
import { describe, expect, test } from "vitest";
import { parseMessage } from "../message/index.ts";
import { callWithPassword, exchange, never, nothing } from "../testing/exchange.ts";
import { audio } from "../testing/phone.ts";
import { requestText } from "../testing/requests.ts";
import { createTrunks, createWebTokens } from "./index.ts";

const stranger = { address: "198.51.100.66" };

describe("who calls", () => {
  test("is asked for a password when nobody knows him, and nothing is kept of him", () => {
    const x = exchange();
    const caller = x.dial(stranger);
    caller.say("INVITE", { body: audio(), headers: ["P-Asserted-Identity: <sip:ceo@example.com>"] });
    expect([caller.news(), x.calls, x.left()]).toEqual([["401"], [], nothing]);
  });

  test("by WebSocket from a trunk's address is no trunk", () => {
    const x = exchange();
    const caller = x.dial({ transport: "WS" });
    caller.say("INVITE", { body: audio() });
    expect([caller.news(), x.calls]).toEqual([["401"], []]);
  });

  test("by a trunk is whom the trunk asserts, with its words about the call", () => {
    const x = exchange();
    x.dial().say("INVITE", {
      body: audio(),
      headers: [
        'P-Asserted-Identity: "Chị Hoa" <tel:+84912345678>',
        "Diversion: <sip:19001234@carrier.example>;reason=unconditional",
        "X-Campaign: spring",
      ],
    });
    expect(x.calls[0]?.caller).toEqual({
      kind: "trunk",
      id: "carrier",
      session: undefined,
      target: "support",
      from: { user: "+84912345678", name: "Chị Hoa" },
      diverted: "19001234",
      headers: [{ name: "x-campaign", value: "spring" }],
    });
  });

  test("with an agent's password is that agent and nobody else; what he forges is not looked at", () => {
    const x = exchange();
    const login = x.edge.credentials.mint({ user: "lan", session: "s1" }, 60_000);
    const lan = x.dial({ ...stranger, number: "lan" });
    callWithPassword(lan, login);
    expect(x.calls[0]?.caller).toMatchObject({ kind: "agent", id: "lan", session: "s1", headers: [] });
    expect(x.calls[0]?.caller.from).toEqual({ user: "lan", name: undefined });
    const forger = x.dial({ ...stranger, number: "boss" });
    callWithPassword(forger, login);
    expect([forger.news(), x.calls.length]).toEqual([["401", "403"], 1]);
    const guesser = x.dial({ ...stranger, number: "lan" });
    callWithPassword(guesser, { ...login, password: "guessed" });
    expect([guesser.news(), x.calls.length]).toEqual([["401", "401"], 1]);
  });

  test("with the password of a trunk that registers is the trunk", () => {
    const x = exchange();
    const login = x.edge.credentials.mint({ user: "pbx", session: "s1" }, 60_000);
    callWithPassword(x.dial({ ...stranger, number: "0987654321" }), login);
    expect(x.calls[0]?.caller).toMatchObject({ kind: "trunk", id: "branch", from: { user: "0987654321" } });
  });

  test("with a token of a web page is a visitor, for one call to one address", () => {
    const x = exchange();
    const token = x.tokens.mint({ visitor: "v1", target: "support" }, 60_000);
    const say = (value: string, uri = "sip:support@example.com") => {
      const caller = x.dial(stranger);
      caller.say("INVITE", { uri, body: audio(), headers: [`Authorization: Bearer ${value}`, "X-Vip: yes"] });
      return caller.news();
    };
    expect(say(`${token}x`)).toEqual(["403"]);
    expect(say(token)).toEqual([]);
    expect(x.calls[0]?.caller).toMatchObject({ kind: "web", id: "v1", target: "support", headers: [] });
    expect(say(token)).toEqual(["403"]);
    const other = x.tokens.mint({ visitor: "v1", target: "support" }, 60_000);
    expect(say(other, "sip:0900000000@example.com")).toEqual(["403"]);
  });

  test("whom a web page's own site vouches for has that number and name, whatever he writes", () => {
    const x = exchange();
    const who = { visitor: "v1", target: "support", number: "+84912345678", name: "Chị Hoa" };
    const say = (visit: typeof who | { visitor: string; target: string }) =>
      x.dial({ ...stranger, number: "boss" }).say("INVITE", {
        body: audio(),
        headers: [
          `Authorization: Bearer ${x.tokens.mint(visit, 60_000)}`,
          "P-Asserted-Identity: <sip:boss@example.com>",
        ],
      });
    say(who);
    say({ visitor: "v2", target: "support" });
    expect(x.calls.map(({ caller }) => caller.from.user)).toEqual(["+84912345678", "anonymous"]);
    expect(x.calls[0]?.caller.from.name).toBe("Chị Hoa");
  });

  test("is passed on by what is believed of him and nothing else", () => {
    const x = exchange();
    const login = x.edge.credentials.mint({ user: "lan", session: "s1" }, 60_000);
    const lan = x.dial({ ...stranger, number: "lan" });
    const minh = x.agent("minh");
    callWithPassword(lan, login);
    x.calls[0]?.ring(x.device("minh"));
    const names = (minh.last("INVITE") ?? never()).headers.map((h) => h.name);
    expect(names.filter((n) => n.startsWith("x-") || n === "authorization" || n.startsWith("p-"))).toEqual(
      [],
    );
  });

  test("to a bare host, or after too many hops is refused", () => {
    const x = exchange();
    const say = (uri: string) => {
      const caller = x.dial();
      caller.say("INVITE", { uri, body: audio() });
      return caller.news();
    };
    expect([say("sip:example.com"), say("tel:+84900000000;phone-context=x")]).toEqual([["404"], []]);
    expect(x.calls[0]?.caller.target).toBe("+84900000000");
    const { flow } = x.dial();
    const tired = requestText("INVITE").replace("Max-Forwards: 70", "Max-Forwards: 0");
    x.edge.transactions.receive(parseMessage(Buffer.from(tired)), flow);
    expect(flow.trace).toEqual(["483"]);
  });
});

describe("tokens of web pages", () => {
  test("are good for their time, once, and cannot be made by others", () => {
    const clock = fakeClock();
    const tokens = createWebTokens(clock, "secret");
    const visit = { visitor: "v", target: "support" };
    const token = tokens.mint(visit, 30_000);
    expect(createWebTokens(clock, "other").take(token)).toBeUndefined();
    expect([tokens.take(token), tokens.take(token)]).toEqual([visit, undefined]);
    const late = tokens.mint(visit, 30_000);
    clock.advance(30_000);
    expect([tokens.take(late), tokens.take("nonsense")]).toEqual([undefined, undefined]);
  });

  test("say for which origin a connection may be opened, again and again while they last", () => {
    const clock = fakeClock();
    const tokens = createWebTokens(clock, "secret");
    const ticket = tokens.ticket("https://shop.example", 30_000);
    const admits = (origin: string, given = ticket) => tokens.admits(given, origin);
    expect([admits("https://shop.example"), admits("https://shop.example")]).toEqual([true, true]);
    expect([admits("https://evil.example"), admits("https://shop.example", `9${ticket}`)]).toEqual([
      false,
      false,
    ]);
    expect(createWebTokens(clock, "other").admits(ticket, "https://shop.example")).toBe(false);
    clock.advance(30_000);
    expect(admits("https://shop.example")).toBe(false);
  });

  test("are taken as long as there is room to remember them, and again when those are over", () => {
    const clock = fakeClock();
    const tokens = createWebTokens(clock, "secret", 1);
    const mint = (visitor: string) => tokens.mint({ visitor, target: "support" }, 30_000);
    const [first, second] = [mint("a"), mint("b")];
    expect([tokens.take(first)?.visitor, tokens.take(second), tokens.take(first)]).toEqual([
      "a",
      undefined,
      undefined,
    ]);
    clock.advance(30_000);
    expect(tokens.take(mint("c"))?.visitor).toBe("c");
  });
});

describe("trunks", () => {
  test("are known by address and network, of both kinds", () => {
    const trunks = createTrunks([
      { id: "a", addresses: ["203.0.113.0/28", "2001:db8::/64"] },
      { id: "b", addresses: ["198.51.100.1"], user: "pbx" },
    ]);
    const at = (address: string) => trunks.at(address)?.id;
    expect(
      ["203.0.113.15", "203.0.113.16", "2001:db8::5", "::ffff:198.51.100.1", "nonsense"].map(at),
    ).toEqual(["a", undefined, "a", "b", undefined]);
    expect(trunks.of("pbx")?.id).toBe("b");
  });
});
