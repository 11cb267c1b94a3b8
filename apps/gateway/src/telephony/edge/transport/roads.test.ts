import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Flow } from "../flow.ts";
import { answer, limits, parseMessage, type ReceivedMessage, serialise } from "../message/index.ts";
import { requestText } from "../testing/requests.ts";
import {
  createBans,
  createGate,
  listenStream,
  listenUdp,
  listenWebSocket,
  type WebSocketOptions,
} from "./index.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const f of undo.splice(0).reverse()) await f();
});

function bench(strikes = 50) {
  const clock = fakeClock();
  const seen: { message: ReceivedMessage; flow: Flow }[] = [];
  const waiting: (() => void)[] = [];
  const news: string[] = [];
  const wake = () => {
    for (const f of waiting.splice(0)) f();
  };
  const gate = createGate({
    bans: createBans(clock, { strikes, duration: 600_000 }),
    report: (error) => news.push(String(error)),
    receiver: {
      message(message, flow) {
        seen.push({ message, flow });
        if (message.kind === "request" && message.method === "BUG") throw new Error("a bug");
        if (message.kind === "request") flow.send(serialise(answer(message, 200)));
        wake();
      },
      closed(flow) {
        news.push(`closed ${flow.transport}`);
        wake();
      },
    },
  });
  const until = async (ready: () => boolean) => {
    while (!ready()) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { clock, gate, seen, news, until };
}

const options = (headers: string[] = []) =>
  requestText("OPTIONS", { via: "SIP/2.0/UDP 192.0.2.99", headers });

describe("UDP", () => {
  async function udp(strikes?: number) {
    const b = bench(strikes);
    const listener = await listenUdp({ host: "127.0.0.1", port: 0 }, b.gate);
    const phone = createSocket("udp4");
    undo.push(
      () => listener.close(),
      () => phone.close(),
    );
    phone.bind(0, "127.0.0.1");
    await once(phone, "listening");
    const say = (text: string) => phone.send(text, listener.port, "127.0.0.1");
    const hear = async () => parseMessage(((await once(phone, "message")) as [Buffer])[0]);
    return { ...b, listener, phone, say, hear };
  }

  test("what was sent before it closed has left", async () => {
    const { listener, phone, hear } = await udp();
    const heard = hear();
    listener.flowTo("127.0.0.1", phone.address().port).send(Buffer.from(options()));
    await listener.close();
    expect(await heard).toMatchObject({ kind: "request", method: "OPTIONS" });
  });

  test("answers to where it came from, and notes where that was (RFC 3581)", async () => {
    const { phone, say, hear } = await udp();
    say(options());
    const heard = await hear();
    expect(heard).toMatchObject({ kind: "response", status: 200 });
    expect([heard.via.params.get("rport"), heard.via.params.get("received")]).toEqual([
      String(phone.address().port),
      "127.0.0.1",
    ]);
  });

  test("answers to the port in Via when rport is not asked for", async () => {
    const { say, until, seen } = await udp();
    say(options().replace(";rport", "").replace("192.0.2.99", "192.0.2.99:5099"));
    await until(() => seen.length > 0);
    expect(seen[0]?.flow.remote).toEqual({ address: "127.0.0.1", port: 5_099 });
    expect(seen[0]?.message.via.params.get("received")).toBe("127.0.0.1");
  });

  test("answers garbage that can be answered, drops the rest, and bans who goes on with it", async () => {
    const { clock, gate, say, hear } = await udp(3);
    say("\r\n\r\n");
    say(`garbage that is long enough\r\n\r\n`);
    say(options().replace("CSeq: 1 OPTIONS", "CSeq: 1 INVITE"));
    expect(await hear()).toMatchObject({ status: 400 });
    expect(gate.counts).toMatchObject({ received: 2, malformed: 2 });
    say("more garbage, also long\r\n\r\n");
    say(options());
    const banned = hear();
    await expect.poll(() => gate.counts.shutOut).toBe(1);
    clock.advance(600_001);
    say(options());
    expect(await banned).toMatchObject({ status: 200 });
  });

  test("outlives a bug that a message brings to light", async () => {
    const { say, hear, news } = await udp();
    say(requestText("BUG"));
    say(options());
    await hear();
    expect(news).toEqual(["Error: a bug"]);
  });
});

describe("TCP", () => {
  async function tcp(limit: { most?: number; mostOfOne?: number } = {}) {
    const b = bench();
    const listener = await listenStream({ host: "127.0.0.1", port: 0, clock: b.clock, ...limit }, b.gate);
    undo.push(() => listener.close());
    const dial = async (): Promise<Socket> => {
      const socket = connect(listener.port, "127.0.0.1");
      socket.on("error", () => {});
      undo.push(() => socket.destroy());
      await once(socket, "connect");
      return socket;
    };
    return { ...b, listener, dial };
  }

  test("takes messages however they are cut, answers on the connection, and pongs", async () => {
    const { dial, until, seen } = await tcp();
    const socket = await dial();
    const text = options();
    socket.write(text.slice(0, 50));
    socket.write(text.slice(50) + options());
    await until(() => seen.length === 2);
    let heard = "";
    socket.on("data", (d) => {
      heard += d;
    });
    socket.write("\r\n\r\n");
    await expect.poll(() => heard.endsWith("\r\n\r\n\r\n")).toBe(true);
    expect(heard.match(/SIP\/2\.0 200 OK/g)).toHaveLength(2);
  });

  test("closes on what cannot be cut, on a message that never ends, and on silence", async () => {
    const { clock, dial, listener } = await tcp();
    const bad = await dial();
    bad.write("x".repeat(limits.head + 1));
    await once(bad, "close");
    const slow = await dial();
    slow.write("INVITE");
    await expect.poll(() => clock.pending).toBe(1);
    const late = () => {
      // More of the message does not make it less late.
      slow.write("x");
      clock.advance(1_000);
      return slow.readyState;
    };
    await expect.poll(late).toBe("closed");
    const silent = await dial();
    await expect.poll(() => listener.connections).toBe(1);
    clock.advance(180_000);
    await once(silent, "close");
  });

  test("lets in no more than its caps say", async () => {
    const { dial, listener } = await tcp({ mostOfOne: 1 });
    await dial();
    await expect.poll(() => listener.connections).toBe(1);
    const second = await dial();
    await once(second, "close");
    expect(listener.connections).toBe(1);
  });
});

describe("WebSocket", () => {
  async function web(limit: Partial<WebSocketOptions> = {}) {
    const b = bench();
    const server: Server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const port = (server.address() as { port: number }).port;
    const listener = listenWebSocket(
      {
        server,
        path: "/sip",
        secure: false,
        sentBy: "tongdai",
        clock: b.clock,
        allowOrigin: (o) => o === "https://desk.example",
        ...limit,
      },
      b.gate,
    );
    undo.push(
      () => server.close(),
      () => listener.close(),
    );
    const dial = (protocol: string | undefined = "sip", origin = "https://desk.example", path = "/sip") => {
      const ws = new WebSocket(
        `ws://127.0.0.1:${port}${path}`,
        protocol ? [protocol] : [],
        origin ? { origin } : {},
      );
      ws.on("error", () => {});
      undo.push(() => ws.terminate());
      return ws;
    };
    const refused = async (ws: WebSocket) =>
      ((await once(ws, "unexpected-response")) as [unknown, { statusCode: number }])[1].statusCode;
    return { ...b, listener, dial, refused };
  }

  test("behind a proxy counts and bans whom the proxy names", async () => {
    let n = 0;
    const { dial, gate, seen, until } = await web({ mostOfOne: 1, addressOf: () => `198.51.100.${++n}` });
    const [first, second] = [dial(), dial()];
    await Promise.all([once(first, "open"), once(second, "open")]);
    second.send(options());
    await until(() => seen.length > 0);
    expect(seen[0]?.flow.remote.address).toMatch(/^198\.51\.100\.[12]$/);
    expect(gate.bans.banned("127.0.0.1")).toBe(false);
  });

  test("takes one message per frame and answers as text", async () => {
    const { dial } = await web();
    const ws = dial();
    await once(ws, "open");
    expect(ws.protocol).toBe("sip");
    ws.send(options());
    const [data, binary] = (await once(ws, "message")) as [Buffer, boolean];
    expect([parseMessage(data), binary]).toMatchObject([{ status: 200 }, false]);
    ws.send("\r\n\r\n");
    expect(String(((await once(ws, "message")) as [Buffer])[0])).toBe("\r\n");
  });

  test("wants the subprotocol and a known Origin", async () => {
    const { dial, refused } = await web();
    expect(await refused(dial(""))).toBe(400);
    expect(await refused(dial("xmpp"))).toBe(400);
    expect(await refused(dial("sip", ""))).toBe(403);
    expect(await refused(dial("sip", "https://evil.example"))).toBe(403);
  });

  test("hangs up on who goes on with garbage, and does not let him in again", async () => {
    const { gate, dial, refused } = await web();
    const ws = dial();
    await once(ws, "open");
    for (let i = 0; i < 51; i++) ws.send(`garbage ${i}`);
    await once(ws, "close");
    expect(gate.counts).toMatchObject({ malformed: 50, shutOut: 1 });
    expect(await refused(dial())).toBe(503);
  });

  test("counts connections, and gives a place back", async () => {
    const { dial, refused, listener, news, until } = await web({ mostOfOne: 1 });
    const ws = dial();
    await once(ws, "open");
    expect(await refused(dial())).toBe(503);
    ws.close();
    await until(() => news.includes("closed WS"));
    await expect.poll(() => listener.connections).toBe(0);
    await once(dial(), "open");
  });

  test("closes on a frame that is too large, and on a peer that answers no ping", async () => {
    const { clock, dial, news, until } = await web();
    const large = dial();
    await once(large, "open");
    large.send("x".repeat(limits.message + 1));
    await until(() => news.length === 1);
    const dead = dial();
    dead.pong = () => {};
    await once(dead, "open");
    await expect.poll(() => clock.pending).toBe(1);
    clock.advance(15_000);
    clock.advance(15_000);
    await until(() => news.length === 2);
    expect(news).toEqual(["closed WS", "closed WS"]);
  });
});
