import type { Server as HttpServer } from "node:http";
import {
  type ClientToServer,
  CONTRACT_VERSION,
  type CommandName,
  commands,
  Handshake,
  type ServerToClient,
} from "@tongdai/shared";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { Server, type Socket } from "socket.io";
import type { Caller, Ctx } from "../context.ts";
import { agentBack, agentLost } from "../features/interactions/index.ts";
import { authenticate, loadCaller } from "../features/users/index.ts";
import type { Entry } from "../store/index.ts";
import { allowOrigin } from "./allow-origin.ts";
import { dispatch } from "./dispatch.ts";
import { handlers } from "./handlers.ts";
import { differsByReader, present } from "./present.ts";
import { inHalf, roomsFor } from "./rooms.ts";
import { guardBacklog } from "./slow-consumer.ts";
import { sync } from "./sync.ts";
import { tokenOf } from "./token.ts";

interface SocketData {
  userId: string;
  sessionId: string;
}

type Io = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type IoSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface Realtime {
  typing(scopes: readonly string[], data: Parameters<ServerToClient["typing.changed"]>[0]): void;
  sessionsEnded(sessionIds: readonly string[]): void;
  readonly connected: number;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 5_000;
/** An agent's command is small; files travel over HTTP. */
const MAX_BYTES = 128 * 1024;
const EVENTS_PER_SECOND = 50;

/** The socket door: handshake, commands in, journal out. */
export function startRealtime(ctx: () => Ctx, http: HttpServer): Realtime {
  const io: Io = new Server(http, {
    transports: ["websocket"],
    serveClient: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxHttpBufferSize: MAX_BYTES,
    perMessageDeflate: false,
    allowRequest: (request, done) => done(null, allowOrigin(request, ctx().config.origins)),
  });
  const limiter = new RateLimiterMemory({ points: EVENTS_PER_SECOND, duration: 1 });
  const present_ = presence(ctx);
  const undoFollow = ctx().store.follow((entries) => {
    try {
      publish(io, ctx, entries);
    } catch (err) {
      // Clients catch up from the journal; the commit that told us must not suffer.
      ctx().log.error({ err }, "publishing failed");
    }
  });

  io.use((socket, next) => {
    enter(ctx(), socket).then(
      () => next(),
      (error: unknown) => next(error instanceof Error ? error : new Error("refused")),
    );
  });
  io.on("connection", (socket) => {
    socket.on("error", (err) => ctx().log.warn({ err }, "socket error"));
    const undoGuard = guardBacklog(ctx().clock, socket);
    socket.on("disconnect", () => {
      undoGuard();
      present_.left(socket.data.userId);
    });
    present_.came(socket.data.userId);
    listen(ctx, socket, limiter);
  });

  return {
    typing: (scopes, data) => {
      const rooms = scopes.flatMap((s) => [inHalf(s, false), inHalf(s, true)]);
      io.to(rooms).emit("typing.changed", data);
    },
    sessionsEnded(sessionIds) {
      for (const id of sessionIds) {
        io.in(`session:${id}`).emit("session.ended", { code: "unauthenticated", message: "logged out" });
        io.in(`session:${id}`).disconnectSockets(true);
      }
    },
    get connected() {
      return io.engine.clientsCount;
    },
    async close() {
      undoFollow();
      present_.close();
      await io.close();
    },
  };
}

/** Who it is, or a coded refusal that the client gets as `connect_error`. */
async function enter(ctx: Ctx, socket: IoSocket): Promise<void> {
  const hello = Handshake.safeParse(socket.handshake.auth);
  if (!hello.success) throw refusal("invalid_input");
  if (hello.data.contract !== CONTRACT_VERSION) throw refusal("contract_mismatch");
  const token = hello.data.token ?? tokenOf(socket.handshake.headers.cookie);
  if (!token) throw refusal("unauthenticated");
  const caller = await authenticate(ctx, token).catch(() => {
    throw refusal("unauthenticated");
  });
  socket.data.userId = caller.userId;
  socket.data.sessionId = caller.sessionId;
  await socket.join(`session:${caller.sessionId}`);
}

const refusal = (code: string): Error => Object.assign(new Error(code), { data: { code } });

function listen(ctx: () => Ctx, socket: IoSocket, limiter: RateLimiterMemory): void {
  const caller = () => loadCaller(ctx(), socket.data.userId, socket.data.sessionId);
  socket.onAny((name: string, input: unknown, ack: unknown) => {
    if (typeof ack !== "function") return;
    if (!Object.hasOwn(commands, name)) {
      ack({ ok: false, error: { code: "not_found", message: "no such command" } });
      return;
    }
    const command = name as CommandName;
    limiter.consume(socket.id).then(
      () =>
        dispatch(ctx(), {
          name: command,
          spec: commands[command],
          input,
          caller,
          run: (who, parsed) => run(ctx(), { socket, who, command, parsed }),
        }).then((answer) => void ack(answer)),
      () => void ack({ ok: false, error: { code: "rate_limited", message: "too many commands" } }),
    );
  });
}

function run(
  ctx: Ctx,
  o: { socket: IoSocket; who: Caller; command: CommandName; parsed: unknown },
): Promise<unknown> {
  const { socket, who, command, parsed } = o;
  if (command === "sync.start") {
    const { lastSeq } = parsed as { lastSeq: number | null };
    return sync(
      ctx,
      {
        caller: who,
        send: (events) => void socket.emit("journal", events),
        join: () => joinRooms(socket, who),
      },
      lastSeq,
    );
  }
  // Each handler takes what its own command's schema has just given.
  const handler = handlers[command] as (ctx: Ctx, caller: Caller, input: unknown) => Promise<unknown>;
  return handler(ctx, who, parsed);
}

function joinRooms(socket: IoSocket, caller: Caller): void {
  const reveal = caller.permissions.has("customers.reveal");
  for (const room of socket.rooms) if (/^(org|all|queue:|user:)/.test(room)) void socket.leave(room);
  void socket.join(roomsFor(caller).map((room) => inHalf(room, reveal)));
}

/** Every committed entry to those who may see it, each reader's half in its own words. */
function publish(io: Io, ctx: () => Ctx, entries: readonly Entry[]): void {
  for (const entry of entries) {
    const plain = entry.scopes.map((s) => inHalf(s, false));
    const revealed = entry.scopes.map((s) => inHalf(s, true));
    if (differsByReader(entry)) {
      io.to(plain).emit("journal", [present(entry, false)]);
      io.to(revealed).emit("journal", [present(entry, true)]);
    } else io.to([...plain, ...revealed]).emit("journal", [present(entry, false)]);
    if (entry.name === "queue.saved" || entry.name === "user.saved") void rejoin(io, ctx());
  }
}

/** Membership has changed: every socket's rooms are what the store says now. */
async function rejoin(io: Io, ctx: Ctx): Promise<void> {
  for (const socket of await io.local.fetchSockets()) {
    const { userId, sessionId } = socket.data;
    const local = io.sockets.sockets.get(socket.id);
    const caller = await loadCaller(ctx, userId, sessionId).catch(() => null);
    if (local && caller) joinRooms(local, caller);
    else local?.disconnect(true);
  }
}

/** Counts each person's sockets: the first one brings the agent back, the end of the last one loses them. */
function presence(ctx: () => Ctx) {
  const sockets = new Map<string, number>();
  let closed = false;
  const tell = (change: Promise<void>) =>
    void change.catch((err: unknown) => ctx().log.error({ err }, "presence not recorded"));
  return {
    came(userId: string) {
      const count = (sockets.get(userId) ?? 0) + 1;
      sockets.set(userId, count);
      if (count === 1) tell(agentBack(ctx(), userId));
    },
    left(userId: string) {
      const count = (sockets.get(userId) ?? 1) - 1;
      if (count > 0) sockets.set(userId, count);
      else {
        sockets.delete(userId);
        // At shut-down everybody leaves; who was there is found lost at the next start.
        if (!closed) tell(agentLost(ctx(), userId));
      }
    },
    close() {
      closed = true;
    },
  };
}
