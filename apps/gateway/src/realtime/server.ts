import type { Server as HttpServer } from "node:http";
import {
  AppError,
  type ClientToServer,
  CONTRACT_VERSION,
  type CommandName,
  type CommandParsed,
  commands,
  events as eventSchemas,
  Handshake,
  type JournalEvent,
  type ServerToClient,
} from "@tongdai/shared";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { Server, type Socket } from "socket.io";
import type { Caller, Ctx } from "../context.ts";
import { may } from "../features/access.ts";
import { type Floor, runFloor } from "../features/floor/index.ts";
import { authenticate, loadCaller } from "../features/users/index.ts";
import { breathe } from "../store/breathe.ts";
import type { Entry } from "../store/index.ts";
import { allowOrigin } from "./allow-origin.ts";
import { directories } from "./directory.ts";
import { dispatch } from "./dispatch.ts";
import { watchExpiry } from "./expired-sessions.ts";
import { type ConnectionCommand, handlers } from "./handlers.ts";
import { type Knock, limitKnocks, SOCKETS_PER_SESSION } from "./handshake-limits.ts";
import { parcelsFor } from "./parcels.ts";
import { presence } from "./presence.ts";
import { present } from "./present.ts";
import { inHalf, roomsFor } from "./rooms.ts";
import { guardBacklog } from "./slow-consumer.ts";
import { type SyncSocket, sync } from "./sync.ts";
import { tokenOf } from "./token.ts";
import { shareTyping } from "./typing.ts";

interface SocketData {
  userId: string;
  sessionId: string;
  /** Caught up: its rooms may be changed. One that is still being replayed joins by itself. */
  live: boolean;
}

type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type IoSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface Realtime {
  typing(scopes: readonly string[], data: Parameters<ServerToClient["typing.changed"]>[0]): void;
  readonly connected: number;
  /** Somebody's connection was lost or is back: the floor shows it. */
  presenceChanged(): void;
  /** Says again who is connected: the store has forgotten. */
  again(): void;
  /** Resolves when the store knows who is connected, and the sockets have been told what it holds. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** An agent's command is small; files travel over HTTP. */
const MAX_BYTES = 128 * 1024;
const EVENTS_PER_SECOND = 50;
/** The room of those who watch the floor; no scope of the journal is called so. */
const FLOOR = "watch";

/** The socket door: handshake, commands in, journal out. */
export function startRealtime(ctx: () => Ctx, http: HttpServer, handshakesPerNetwork?: number): Realtime {
  const io: Io = new Server(http, {
    transports: ["websocket"],
    serveClient: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxHttpBufferSize: MAX_BYTES,
    perMessageDeflate: false,
    allowRequest: (request, done) => done(null, allowOrigin(request, ctx().config)),
  });
  const limiter = new RateLimiterMemory({ points: EVENTS_PER_SECOND, duration: 1 });
  const people = presence(ctx);
  const directory = directories(ctx);
  const told = { seq: 0, memberships: 0 };
  ctx()
    .store.head()
    .then((head) => {
      told.seq = Math.max(told.seq, head);
    })
    .catch((err: unknown) => ctx().log.error({ err }, "the journal's head cannot be read"));
  const undoFollow = ctx().store.follow((entries) => {
    publish(io, ctx, { entries, told, floor });
    told.seq = entries.at(-1)?.seq ?? told.seq;
  });

  const floor = runFloor(ctx, {
    first: (ids, data) => {
      io.to([...ids]).emit("floor.changed", data);
      for (const id of ids) void io.sockets.sockets.get(id)?.join(FLOOR);
    },
    all: (change) => void io.to(FLOOR).emit("floor.changed", change),
  });

  const expiry = watchExpiry(ctx, {
    connected: () => [...io.sockets.sockets.values()].map((s) => s.data.sessionId),
    end: (ids) => endSessions(io, ids),
  });

  const assertMayKnock = limitKnocks(ctx().config.trustProxy, handshakesPerNetwork);
  io.use((socket, next) => {
    enter(ctx(), socket, assertMayKnock).then(
      () => next(),
      (error: unknown) => next(error instanceof Error ? error : new Error("refused")),
    );
  });
  io.on("connection", (socket) => {
    socket.on("error", (err) => ctx().log.warn({ err }, "socket error"));
    const undoGuard = guardBacklog(ctx().clock, socket);
    socket.on("disconnect", () => {
      undoGuard();
      floor.unwatch(socket.id);
      people.left(socket.data.userId);
    });
    people.came(socket.data.userId);
    listen(ctx, socket, { limiter, told, directory, floor });
  });

  return {
    typing: shareTyping(ctx, (scopes, data) => {
      const rooms = scopes.flatMap((s) => [inHalf(s, false), inHalf(s, true)]);
      io.to(rooms).emit("typing.changed", data);
    }),
    get connected() {
      return io.engine.clientsCount;
    },
    presenceChanged: floor.presenceChanged,
    again: people.again,
    async idle() {
      await expiry.idle();
      await people.idle();
      await floor.idle();
      const head = await ctx().store.head();
      while (told.seq < head) await breathe();
    },
    async close() {
      undoFollow();
      await floor.close();
      await expiry.close();
      const quiet = people.close();
      await io.close();
      await quiet;
    },
  };
}

/** Who it is, or a coded refusal that the client gets as `connect_error`. */
async function enter(
  ctx: Ctx,
  socket: IoSocket,
  assertMayKnock: (knock: Knock) => Promise<void>,
): Promise<void> {
  await assertMayKnock(socket.handshake).catch(refuse);
  const hello = Handshake.safeParse(socket.handshake.auth);
  if (!hello.success) throw refusal("invalid_input");
  if (hello.data.contract !== CONTRACT_VERSION) throw refusal("contract_mismatch");
  const token = hello.data.token ?? tokenOf(socket.handshake.headers.cookie);
  if (!token) throw refusal("unauthenticated");
  const caller = await authenticate(ctx, token).catch(refuse);
  const room = `session:${caller.sessionId}`;
  socket.data.live = false;
  socket.data.userId = caller.userId;
  socket.data.sessionId = caller.sessionId;
  if ((socket.nsp.adapter.rooms.get(room)?.size ?? 0) >= SOCKETS_PER_SESSION) throw refusal("rate_limited");
  await socket.join(room);
}

/** A store that cannot be read says nothing about the token: the client must keep it. */
function refuse(error: unknown): never {
  throw refusal(error instanceof AppError ? error.code : "unavailable");
}

const refusal = (code: string): Error => Object.assign(new Error(code), { data: { code } });

/** How far this process has told its sockets. */
interface Told {
  seq: number;
  /** Changes of who belongs where. */
  memberships: number;
}

interface Door {
  readonly limiter: RateLimiterMemory;
  readonly told: Told;
  readonly directory: SyncSocket["directory"];
  readonly floor: Floor;
}

function listen(ctx: () => Ctx, socket: IoSocket, { limiter, told, directory, floor }: Door): void {
  const caller = () => loadCaller(ctx(), socket.data.userId, socket.data.sessionId);
  socket.onAny((name: string, input: unknown, ack: unknown) => {
    // Every packet counts. Without an answer to say it in, too much of it ends the connection.
    limiter.consume(socket.id).then(
      () => void (typeof ack === "function" && take(name, input, (answer) => void ack(answer))),
      () => {
        if (typeof ack !== "function") socket.disconnect(true);
        else ack({ ok: false, error: { code: "rate_limited", message: "too many commands" } });
      },
    );
  });

  function take(name: string, input: unknown, ack: (answer: unknown) => void): void {
    if (!Object.hasOwn(commands, name)) {
      ack({ ok: false, error: { code: "not_found", message: "no such command" } });
      return;
    }
    const command = name as CommandName;
    const later: (() => Promise<void>)[] = [];
    void dispatch(ctx(), {
      name: command,
      spec: commands[command],
      input,
      caller,
      run: (who, parsed) => run(ctx(), { socket, who, command, parsed, told, directory, floor, later }),
    }).then((answer) => {
      ack(answer);
      for (const work of later) void work().catch((err: unknown) => giveUp(ctx(), socket, err));
    });
  }
}

/** A client that cannot be brought up to date starts again. */
function giveUp(ctx: Ctx, socket: IoSocket, err: unknown): void {
  ctx.log.error({ err }, "catching up failed");
  socket.disconnect(true);
}

async function run(
  ctx: Ctx,
  o: {
    socket: IoSocket;
    who: Caller;
    command: CommandName;
    parsed: unknown;
    told: Told;
    directory: SyncSocket["directory"];
    floor: Floor;
    later: (() => Promise<void>)[];
  },
): Promise<unknown> {
  const { socket, who, command, parsed, told } = o;
  if (command === "sync.start") {
    const memberships = told.memberships;
    const { answer, after } = await sync(
      ctx,
      {
        caller: who,
        send: (events) => void socket.emit("journal", events),
        join: () => {
          if (!socket.connected) return;
          socket.data.live = true;
          joinRooms(socket, who);
          if (told.memberships !== memberships) void refresh(ctx, socket, o.floor);
        },
        leave: () => {
          socket.data.live = false;
          leaveRooms(socket);
        },
        published: () => told.seq,
        directory: o.directory,
      },
      parsed as CommandParsed<"sync.start">,
    );
    o.later.push(after);
    return answer;
  }
  if (command === "floor.watch" || command === "floor.unwatch") {
    watchFloor(o.floor, socket, command === "floor.watch");
    return {};
  }
  // Each handler takes what its own command's schema has just given.
  const handler = handlers[command as Exclude<CommandName, ConnectionCommand>] as (
    ctx: Ctx,
    caller: Caller,
    input: unknown,
  ) => Promise<unknown>;
  return handler(ctx, who, parsed);
}

function watchFloor(floor: Floor, socket: IoSocket, on: boolean): void {
  void socket.leave(FLOOR);
  if (on && socket.connected) floor.watch(socket.id);
  else floor.unwatch(socket.id);
}

function leaveRooms(socket: IoSocket): void {
  for (const room of socket.rooms) if (/^(org|all|floor|queue:|user:)/.test(room)) void socket.leave(room);
}

function joinRooms(socket: IoSocket, caller: Caller): void {
  const reveal = may(caller, "customers.reveal");
  leaveRooms(socket);
  void socket.join(roomsFor(caller).map((room) => inHalf(room, reveal)));
}

/** What was committed to those who may see it, each reader's half in its own words. */
function publish(io: Io, ctx: () => Ctx, o: { entries: readonly Entry[]; told: Told; floor: Floor }): void {
  const { entries, told } = o;
  const { rooms } = io.sockets.adapter;
  for (const parcel of parcelsFor(entries, (room) => rooms.get(room))) {
    const events = parcel.entries.flatMap((entry) => shown(ctx, entry, parcel.reveal));
    if (events.length > 0) io.to([...parcel.sockets]).emit("journal", events);
  }
  for (const entry of entries)
    if (entry.name === "session.ended")
      endSessions(io, eventSchemas["session.ended"].parse(entry.data).sessionIds);
  if (entries.some((e) => movesPeople.has(e.name))) {
    told.memberships++;
    for (const socket of io.sockets.sockets.values())
      if (socket.data.live) void refresh(ctx(), socket, o.floor);
  }
}

/** After these somebody may see more, or less. */
const movesPeople = new Set<string>(["queue.saved", "user.saved", "role.saved", "role.removed"]);

function endSessions(io: Io, sessionIds: readonly string[]): void {
  for (const id of sessionIds) {
    io.in(`session:${id}`).emit("session.ended", { code: "unauthenticated", message: "logged out" });
    io.in(`session:${id}`).disconnectSockets(true);
  }
}

/** One entry that cannot be shown must take neither the commit nor its neighbours with it. */
function shown(ctx: () => Ctx, entry: Entry, reveal: boolean): JournalEvent[] {
  try {
    return [present(entry, reveal)];
  } catch (err) {
    ctx().log.error({ err, seq: entry.seq }, "publishing failed");
    return [];
  }
}

/** Membership has changed: the socket's rooms are what the store says now. */
async function refresh(ctx: Ctx, socket: IoSocket, floor: Floor): Promise<void> {
  const caller = await loadCaller(ctx, socket.data.userId, socket.data.sessionId).catch(() => null);
  if (caller === null) {
    socket.disconnect(true);
    return;
  }
  if (!may(caller, "floor.see")) watchFloor(floor, socket, false);
  if (socket.data.live && socket.connected) joinRooms(socket, caller);
}
