import { createServer } from "node:http";
import { connect } from "node:net";
import Sqlite from "better-sqlite3";
import { COMMAND, cstring, decode, encode, RESPONSE } from "../../simulators/smpp/pdu.ts";
import { serve } from "../lib/wire.ts";

/** The least that hearing a message costs: its bytes made durable, all that came together in one commit, and then its answer. */
function keeper(path: string): (body: string, done: () => void) => void {
  const database = new Sqlite(path);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec("create table if not exists message (id integer primary key, body text)");
  const insert = database.prepare("insert into message (body) values (?)");
  let waiting: { body: string; done: () => void }[] = [];
  const flush = database.transaction((batch: readonly { body: string }[]) => {
    for (const { body } of batch) insert.run(body);
  });
  return (body, done) => {
    if (waiting.length === 0)
      setImmediate(() => {
        const batch = waiting;
        waiting = [];
        flush.immediate(batch);
        for (const one of batch) one.done();
      });
    waiting.push({ body, done });
  };
}

const jobs = {
  /** As a webhook. */
  http: async (o: { path: string; port: number }): Promise<void> => {
    const keep = keeper(o.path);
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () =>
        keep(`${request.url} ${Buffer.concat(chunks).toString()}`, () => void response.end("<Response/>")),
      );
    });
    await new Promise<void>((resume) => server.listen(o.port, "127.0.0.1", resume));
  },
  /** As a receiver of a message centre. */
  smpp: async (o: { path: string; port: number; password: string }): Promise<void> => {
    const keep = keeper(o.path);
    const socket = connect({ host: "127.0.0.1", port: o.port, noDelay: true });
    const bound = Promise.withResolvers<void>();
    let data: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      const { frames, rest } = decode(Buffer.concat([data, chunk]));
      data = rest;
      for (const { command, sequence, body } of frames)
        if (command === COMMAND.bind_receiver + RESPONSE) bound.resolve();
        else if (command === COMMAND.deliver_sm)
          keep(body.toString("latin1"), () => {
            const answer = { command: COMMAND.deliver_sm + RESPONSE, status: 0, sequence, body: cstring("") };
            socket.write(encode(answer));
          });
    });
    const login = Buffer.concat([
      cstring("bare"),
      cstring(o.password),
      cstring(""),
      Buffer.from([0x34, 0, 0, 0]),
    ]);
    socket.write(encode({ command: COMMAND.bind_receiver, status: 0, sequence: 1, body: login }));
    await bound.promise;
  },
};
export type HearingJobs = typeof jobs;

serve(jobs);
