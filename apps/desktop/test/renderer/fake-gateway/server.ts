import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import {
  AppError,
  CONTRACT_VERSION,
  type CommandName,
  commands,
  type JournalEvent,
  type Message,
} from "@tongdai/shared";
import { Server } from "socket.io";
import { type DataOf, event, id, lan } from "../builders.ts";
import { receive, serve } from "./commands.ts";
import { demoOffer, type World } from "./world.ts";

export interface FakeGateway {
  readonly url: string;
  readonly world: World;
  /** A message from outside, told to everybody. */
  arrive(message: Message): void;
  tell(...events: JournalEvent[]): void;
  offer(): void;
  /** Breaks every connection; with `down` new ones are refused until `up`. */
  cut(down?: boolean): void;
  up(): void;
  close(): Promise<void>;
}

interface Options {
  readonly world: World;
  readonly port?: number;
  /** The built renderer. */
  readonly files?: string;
  readonly loggedIn?: boolean;
}

/** Socket.IO and REST on the contract, in a process of its own: what the client is looked at with. */
export async function startFakeGateway({
  world,
  port = 0,
  files,
  loggedIn = false,
}: Options): Promise<FakeGateway> {
  let isIn = loggedIn;
  let isDown = false;
  const http = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  const io = new Server(http, { transports: ["websocket"], serveClient: false });
  const tell = (...events: JournalEvent[]) => void io.emit("journal", events);

  io.use((socket, next) => {
    const contract: unknown = socket.handshake.auth["contract"];
    if (isDown) return next(new Error("down"));
    if (contract === CONTRACT_VERSION) return next();
    next(Object.assign(new Error("contract"), { data: { code: "contract_mismatch", message: "" } }));
  });
  io.on("connection", (socket) => {
    socket.onAny((name: CommandName, input: unknown, ack: (answer: unknown) => void) => {
      if (!(name in commands) || typeof ack !== "function") return;
      try {
        if (name === "sync.start") replay(input, (events) => socket.emit("journal", events));
        const { output, events } = serve(world, name, input);
        ack({ ok: true, data: output });
        if (events.length > 0) tell(...events);
      } catch (cause) {
        const error = cause instanceof AppError ? cause : new AppError("internal", String(cause));
        ack({ ok: false, error: { code: error.code, message: error.message } });
      }
    });
  });

  function replay(input: unknown, send: (events: JournalEvent[]) => void): void {
    const { lastSeq } = commands["sync.start"].input.parse(input);
    if (lastSeq !== null) send(world.journal.filter((e) => e.seq > lastSeq));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? "/", "http://x").pathname;
    const json = (status: number, body: unknown) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const route = `${request.method} ${path}`;
    if (route === "GET /api/v1/me")
      return isIn ? json(200, lan) : json(401, { code: "unauthenticated", message: "" });
    if (route === "GET /api/v1/demo")
      return json(200, {
        password: "tongdai-demo",
        users: world.snapshot.users.map(({ username, name, roles }) => ({ username, name, roles })),
      });
    if (route === "POST /api/v1/sessions") {
      const { password } = JSON.parse(await body(request)) as { password: string };
      if (password !== "tongdai-demo") return json(401, { code: "bad_credentials", message: "" });
      isIn = true;
      return json(200, { user: lan, token: null });
    }
    if (route === "DELETE /api/v1/sessions/current") {
      isIn = false;
      return void response.writeHead(204).end();
    }
    if (route === "POST /api/v1/media") {
      await body(request);
      return json(200, {
        mediaId: id(61_000 + world.seq++),
        kind: "image",
        name: "hinh.png",
        mime: "image/png",
        size: 20_000,
        thumbnail: true,
      });
    }
    if (path.startsWith("/api/v1/media/"))
      return void response.writeHead(200, { "content-type": "image/svg+xml" }).end(picture(path));
    return file(path, response);
  }

  async function file(path: string, response: ServerResponse): Promise<void> {
    const name = path === "/" ? "/index.html" : normalize(path);
    const types: Record<string, string> = {
      ".html": "text/html",
      ".js": "text/javascript",
      ".css": "text/css",
      ".woff2": "font/woff2",
      ".json": "application/json",
    };
    try {
      if (!files) throw new Error("no files are served");
      const content = await readFile(join(files, name));
      const policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' ws:";
      response
        .writeHead(200, {
          "content-type": types[extname(name)] ?? "application/octet-stream",
          "content-security-policy": policy,
        })
        .end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  // A listening TCP server has an address, and not a pipe's name.
  const { port: taken } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    world,
    tell,
    arrive(message) {
      const events: JournalEvent[] = [];
      receive(
        world,
        <N extends JournalEvent["name"]>(name: N, data: DataOf<N>) => {
          const row = event(++world.seq, name, data);
          world.journal.push(row);
          events.push(row);
        },
        message,
      );
      tell(...events);
    },
    offer() {
      const made = demoOffer(world, Date.now());
      world.snapshot = { ...world.snapshot, offers: [made] };
      const row = event(++world.seq, "offer.made", { offer: made });
      world.journal.push(row);
      tell(row);
    },
    cut(down = false) {
      isDown = down;
      io.disconnectSockets(true);
    },
    up() {
      isDown = false;
    },
    async close() {
      await io.close();
    },
  };
}

async function body(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Something to look at, different for each id. */
function picture(path: string): string {
  const hue = path.split("").reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 360, 7);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="hsl(${hue} 35% 80%)"/><circle cx="400" cy="330" r="170" fill="hsl(${hue} 40% 60%)"/><path d="M560 300c90-10 110 90 10 120" fill="none" stroke="hsl(${hue} 40% 60%)" stroke-width="30"/></svg>`;
}
