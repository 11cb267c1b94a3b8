import { type IncomingHttpHeaders, request } from "node:http";
import { connect as tcp } from "node:net";
import type { Duplex } from "node:stream";
import { CONTRACT_VERSION } from "@tongdai/shared";
import { io, Manager, type Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type HeardLog, heardLog } from "../support/log.ts";
import { type Person, personAt } from "../support/person.ts";
import { arrives, pass } from "../support/work.ts";
import { PASSWORD, type World, world } from "../support/world.ts";

const HOUR = 3_600_000;
/** The first byte of the frame that ends a WebSocket. */
const CLOSE_FRAME = 0x88;

describe("the socket's door", () => {
  let w: World;
  let log: HeardLog;
  beforeEach(async () => {
    log = heardLog();
    w = await world({ overrides: { log: log.log } });
  });
  afterEach(() => w.close());

  const refused = (
    auth: object,
    o: {
      origin?: string;
      host?: string;
      from?: string;
      transports?: string[];
      query?: Record<string, string>;
    } = {},
  ) =>
    new Promise<{ message: string; code?: string }>((resolve) => {
      const socket = io(w.gateway.url, {
        transports: o.transports ?? ["websocket"],
        auth,
        reconnection: false,
        forceNew: true,
        ...(o.query ? { query: o.query } : {}),
        extraHeaders: {
          ...(o.origin ? { origin: o.origin } : {}),
          ...(o.host ? { host: o.host } : {}),
          ...(o.from ? { "x-forwarded-for": o.from } : {}),
        },
      });
      const end = (answer: { message: string; code?: string }) => {
        socket.disconnect();
        resolve(answer);
      };
      socket.on("connect", () => end({ message: "connected" }));
      socket.on("connect_error", (e: Error & { data?: { code: string } }) =>
        end({ message: e.message, ...(e.data ? { code: e.data.code } : {}) }),
      );
    });
  const gone = (p: Person) =>
    new Promise<string>((resolve) => p.socket.once("disconnect", (why) => resolve(why)));
  /** Past the library, as it stands. */
  const send = (p: Person, frame: string) =>
    (
      p.socket.io as unknown as { engine: { transport: { ws: { send(s: string): void } } } }
    ).engine.transport.ws.send(frame);
  /** The WebSocket, before anything of Socket.IO has been said over it. */
  const upgrade = (headers: Record<string, string> = {}) =>
    new Promise<{ headers: IncomingHttpHeaders; socket: Duplex; opened: Promise<unknown> }>((resolve) =>
      request(`${w.gateway.url}/socket.io/?EIO=4&transport=websocket`, {
        headers: {
          connection: "Upgrade",
          upgrade: "websocket",
          "sec-websocket-version": "13",
          "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
          ...headers,
        },
      })
        .once("upgrade", (answer, socket, head) =>
          resolve({
            headers: answer.headers,
            socket,
            opened: head.length > 0 ? Promise.resolve() : new Promise((come) => socket.once("data", come)),
          }),
        )
        .end(),
    );
  const alive = async () => expect((await fetch(`${w.gateway.url}/healthz`)).status).toBe(200);

  test("lets nobody in without a token, with a wrong one, in the address, of another contract, or by polling", async () => {
    const lan = await w.person("lan");
    const contract = CONTRACT_VERSION;
    expect(await refused({ contract })).toMatchObject({ code: "unauthenticated" });
    expect(await refused({ contract, token: "nobody" })).toMatchObject({ code: "unauthenticated" });
    expect(await refused({ contract }, { query: { token: lan.token } })).toMatchObject({
      code: "unauthenticated",
    });
    expect(await refused({ contract: contract + 1, token: lan.token })).toMatchObject({
      code: "contract_mismatch",
    });
    expect(await refused({ contract, token: lan.token, more: 1 })).toMatchObject({ code: "invalid_input" });
    expect(await refused({ contract, token: { $ne: "" } })).toMatchObject({ code: "invalid_input" });
    expect(await refused({ contract, token: lan.token })).toEqual({ message: "connected" });
    const polling = await fetch(`${w.gateway.url}/socket.io/?EIO=4&transport=polling`);
    expect(polling.status).toBe(400);
  });

  test("refuses other sites' pages, and takes our own and the desktop's", async () => {
    const { token } = await w.person("lan");
    const auth = { contract: CONTRACT_VERSION, token };
    for (const origin of [
      "https://evil.example",
      "null",
      "http://127.0.0.1.evil.example",
      `${w.gateway.url}.evil.example`,
    ])
      expect((await refused(auth, { origin })).message).not.toBe("connected");
    const host = "evil.example";
    expect((await refused(auth, { origin: `http://${host}`, host })).message).not.toBe("connected");
    for (const origin of [w.gateway.url, "app://tongdai"])
      expect((await refused(auth, { origin })).message).toBe("connected");
  });

  test("has no namespace but the first, so no administration of the library's", async () => {
    const { token } = await w.person("lan");
    const manager = new Manager(w.gateway.url, { transports: ["websocket"], reconnection: false });
    const socket = manager.socket("/admin", { auth: { contract: CONTRACT_VERSION, token } });
    const why = await new Promise<Error>((resolve) => socket.once("connect_error", resolve));
    socket.disconnect();
    expect(why.message).toBe("Invalid namespace");
  });

  test("serves no copy of the library", async () => {
    for (const file of ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.js.map"])
      expect((await fetch(`${w.gateway.url}/socket.io/${file}`)).ok).toBe(false);
  });

  test("compresses nothing, whatever the client offers", async () => {
    const { headers, socket } = await upgrade({ "sec-websocket-extensions": "permessage-deflate" });
    socket.destroy();
    expect(headers.upgrade).toBe("websocket");
    expect(headers).not.toHaveProperty("sec-websocket-extensions");
  });

  test("gives a line that says nothing five seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const { socket, opened } = await upgrade();
      await opened;
      const frames: number[] = [];
      const told = new Promise((resolve) =>
        socket.on("data", (bytes: Buffer) => resolve(frames.push(bytes[0] ?? 0))),
      );
      vi.advanceTimersByTime(4_999);
      await alive();
      expect(frames).toEqual([]);
      vi.advanceTimersByTime(1);
      await told;
      expect(frames).toEqual([CLOSE_FRAME]);
      socket.destroy();
    } finally {
      vi.useRealTimers();
    }
  });

  test("notes what the library reports about a socket", async () => {
    const lan = await w.person("lan");
    const closed = gone(lan);
    send(lan, "42[");
    await closed;
    expect(log.lines.filter((l) => l.includes("socket error"))).toHaveLength(1);
  });

  test("closes on a packet that is too large, and lives", async () => {
    const lan = await w.person("lan");
    const long = (kib: number) => ({ text: "x".repeat(kib * 1024) });
    await expect(lan.call("session.list", long(127) as never)).rejects.toMatchObject({
      code: "invalid_input",
    });
    const closed = gone(lan);
    (lan.socket.emit as (name: string, input: unknown) => void).call(lan.socket, "note.add", long(129));
    expect(await closed).toMatch(/transport/);
    await alive();
    const again = await personAt(w.gateway.url, { username: "lan", password: PASSWORD });
    expect((await again.call("session.list", {})).sessions.length).toBeGreaterThan(0);
  });

  test("takes fifty commands a second of one socket, and the others are not held up", async () => {
    const lan = await w.person("lan");
    const minh = await w.person("minh");
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => lan.call("session.list", {})));
    const codes = results.flatMap((r) =>
      r.status === "rejected" ? [(r.reason as { code: string }).code] : [],
    );
    expect(codes.length).toBeGreaterThanOrEqual(90);
    expect(new Set(codes)).toEqual(new Set(["rate_limited"]));
    expect((await minh.call("session.list", {})).sessions).toHaveLength(1);
  });

  test("what asks for no answer does nothing, counts like a command, and past the limit costs the socket", async () => {
    const lan = await w.person("lan");
    const minh = await w.person("minh");
    const shout = (n: number) => {
      const emit = lan.socket.emit.bind(lan.socket) as (name: string, input: unknown) => void;
      for (let i = 0; i < n; i++) emit("note.add", { text: "x" });
    };
    shout(30);
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => lan.call("session.list", {})));
    const refused = results.filter((r) => r.status === "rejected");
    expect(refused.length).toBeGreaterThanOrEqual(10);
    const closed = gone(lan);
    shout(60);
    await closed;
    expect((await minh.call("session.list", {})).sessions).toHaveLength(1);
    await alive();
  });

  test("a session has twenty sockets at most", async () => {
    const { token, socket } = await w.person("lan");
    const more = () =>
      new Promise<{ socket: Socket; code?: string }>((resolve) => {
        const auth = { contract: CONTRACT_VERSION, token };
        const another = io(w.gateway.url, {
          transports: ["websocket"],
          auth,
          reconnection: false,
          forceNew: true,
        });
        another.once("connect", () => resolve({ socket: another }));
        another.once("connect_error", (e: Error & { data?: { code: string } }) =>
          resolve({ socket: another, ...e.data }),
        );
      });
    const all = await Promise.all(Array.from({ length: 30 }, more));
    expect(all.filter((a) => a.socket.connected)).toHaveLength(19);
    expect(new Set(all.flatMap((a) => a.code ?? []))).toEqual(new Set(["rate_limited"]));
    expect(socket.connected).toBe(true);
    for (const { socket: one } of all) one.disconnect();
    await vi.waitFor(async () => {
      const { socket: again, code } = await more();
      again.disconnect();
      expect(code).toBeUndefined();
    }, 10_000);
    expect((await refused({ contract: CONTRACT_VERSION, token })).message).toBe("connected");
  });

  test("one network may knock so often and no more, whatever it claims to be", async () => {
    await w.close();
    w = await world({ config: { trustProxy: true }, overrides: { handshakesPerNetwork: 3 } });
    const from = (address: string) => refused({ contract: CONTRACT_VERSION }, { from: address });
    for (const address of ["203.0.113.9", "198.51.100.1, 203.0.113.9", "203.0.113.9"])
      expect(await from(address)).toMatchObject({ code: "unauthenticated" });
    expect(await from("198.51.100.2, 203.0.113.9")).toMatchObject({ code: "rate_limited" });
    expect(await from("203.0.113.10")).toMatchObject({ code: "unauthenticated" });
  });

  test("survives frames that are no packets", async () => {
    const lan = await w.person("lan");
    const frames = [
      "",
      "9",
      "4",
      "42",
      "42[",
      '42["session.list"',
      '42[{"a":1}]',
      "42[]",
      '451-["x",{"_placeholder":true,"num":9}]',
      "4\u0000",
      "42[null,null]",
      '42["connect"]',
      '42["disconnect"]',
      '42["error","x"]',
      "\ud83d",
      "40/admin,{}",
      `42${"[".repeat(50_000)}`,
    ];
    for (const frame of frames) {
      const p = await personAt(w.gateway.url, { username: "lan", password: PASSWORD, connect: false });
      await p.connect();
      send(p, frame);
      await fetch(`${w.gateway.url}/healthz`);
      p.disconnect();
    }
    const { hostname, port } = new URL(w.gateway.url);
    for (const bytes of [
      "\x00\x01\x02",
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 1\r\n\r\n",
    ]) {
      const line = tcp(Number(port), hostname, () => line.end(bytes));
      await new Promise((resolve) => line.on("close", resolve).on("error", resolve).resume());
    }
    await alive();
    expect((await lan.call("session.list", {})).sessions.length).toBeGreaterThan(0);
  });

  test("log-out and a disabled account end the sockets at once", async () => {
    const admin = await w.person("quantri", { roles: ["admin"] });
    for (const end of [
      (p: Person) =>
        fetch(`${w.gateway.url}/api/v1/sessions/current`, {
          method: "DELETE",
          headers: { authorization: `Bearer ${p.token}` },
        }),
      (p: Person) => admin.call("user.update", { userId: p.userId, disabled: true }),
    ]) {
      const name = `nv${Math.floor(performance.now())}`;
      const p = await w.person(name);
      const closed = gone(p);
      const told = new Promise((resolve) => p.socket.once("session.ended", resolve));
      await end(p);
      expect(await told).toMatchObject({ code: "unauthenticated" });
      await closed;
      await expect(p.connect()).rejects.toMatchObject({ data: { code: "unauthenticated" } });
    }
  });

  test("a session that ran out of time hears nothing more; one that is used goes on", async () => {
    const lan = await w.person("lan");
    const minh = await w.person("minh");
    await pass(w, 11 * HOUR);
    await minh.call("session.list", {});
    await pass(w, HOUR - 60_001);
    expect([lan.socket.connected, minh.socket.connected]).toEqual([true, true]);
    const closed = gone(lan);
    const told = new Promise((resolve) => lan.socket.once("session.ended", resolve));
    await pass(w, 60_001);
    await pass(w, 60_000);
    expect(await told).toMatchObject({ code: "unauthenticated" });
    await closed;
    const mark = lan.heard.length;
    await arrives(w, { text: "bí mật" });
    expect(lan.heard.slice(mark)).toEqual([]);
    expect(minh.heard.map((e) => e.name)).toContain("message.created");
  });

  test("a client that stops reading is disconnected, and catches up when it returns", async () => {
    const boss = await w.person("ha", { roles: ["supervisor"] });
    const { engine } = boss.socket.io as unknown as {
      engine: { transport: { ws: { _socket: { pause(): void; resume(): void } } } };
    };
    const wire = engine.transport.ws._socket;
    wire.pause();
    const closed = gone(boss);
    const text = "dài ".repeat(4_000);
    // One commit each: what commits together travels together.
    for (let i = 0; i < 1_400; i++)
      await w.gateway.ctx.store.write(async (tx) =>
        tx.journal({
          name: "canned_reply.saved",
          at: i,
          actorId: null,
          scopes: ["org"],
          data: { cannedReply: { id: crypto.randomUUID(), shortcut: `dai${i}`, text, version: 1 } },
        }),
      );
    await pass(w, 2_100);
    wire.resume();
    await closed;
    await boss.connect();
    await w.settle();
    const replies = boss.heard.filter((e) => e.name === "canned_reply.saved").map((e) => e.at);
    expect(replies).toEqual(Array.from({ length: 1_400 }, (_, i) => i));
  }, 60_000);
});
