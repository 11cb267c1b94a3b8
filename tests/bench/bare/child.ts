import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import Sqlite from "better-sqlite3";
import { Server } from "socket.io";
import { serve } from "../lib/wire.ts";

/**
 * The least that any program on these parts must do for a webhook: look at the signature, make one row durable (the same
 * SQLite settings, one commit for all that came together) and tell one agent by Socket.IO.
 */
interface Waiting {
  readonly body: string;
  readonly done: () => void;
}

interface Body {
  entry: [{ messaging: [{ sender: { id: string }; message: { mid: string; text: string } }] }];
}

const jobs = {
  start: async (o: { path: string; secret: string; customers: readonly string[]; agents: number }) => {
    const database = new Sqlite(o.path);
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("wal_autocheckpoint = 2000");
    database.exec(
      "create table message (id integer primary key, mid text unique, customer text, text text, body text)",
    );
    const insert = database.prepare(
      "insert into message (mid, customer, text, body) values (?, ?, ?, ?) on conflict do nothing",
    );
    const begin = database.prepare("begin immediate");
    const commit = database.prepare("commit");
    const agentOf = new Map(o.customers.map((c, i) => [c, i % o.agents]));

    let waiting: Waiting[] = [];
    const flush = () => {
      const batch = waiting;
      waiting = [];
      const told: [string, string][] = [];
      begin.run();
      for (const { body } of batch) {
        const { sender, message } = (JSON.parse(body) as Body).entry[0].messaging[0];
        const { changes } = insert.run(message.mid, sender.id, message.text, body);
        if (changes === 1) told.push([sender.id, message.text]);
      }
      commit.run();
      for (const { done } of batch) done();
      for (const [customer, text] of told)
        io.to(`agent:${agentOf.get(customer)}`).emit("journal", [
          { name: "message.created", data: { message: { text } } },
        ]);
    };

    const http = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const raw = Buffer.concat(chunks);
        if (!signed(request, raw, o.secret)) return void response.writeHead(401).end();
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({
          body: raw.toString("utf8"),
          done: () => void response.writeHead(200, { "content-length": "0" }).end(),
        });
      });
    });
    const io = new Server(http, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
    io.on("connection", (socket) => {
      void socket.join(`agent:${socket.handshake.auth["token"]}`);
      socket.on("sync.start", (_input: unknown, ack: (answer: unknown) => void) => ack({ ok: true }));
    });
    await new Promise<void>((resume) => http.listen(0, "127.0.0.1", resume));
    const address = http.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return { url: `http://127.0.0.1:${address.port}` };
  },
};
export type BareJobs = typeof jobs;

function signed(request: IncomingMessage, raw: Buffer, secret: string): boolean {
  const header = request.headers["x-hub-signature-256"];
  const hex = typeof header === "string" ? header.slice("sha256=".length) : "";
  const expected = createHmac("sha256", secret).update(raw).digest();
  return hex.length === 64 && timingSafeEqual(expected, Buffer.from(hex, "hex"));
}

serve(jobs);
