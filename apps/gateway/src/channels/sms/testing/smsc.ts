import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import smpp, { type Pdu, type ServerSession } from "smpp";

/** No status of the protocol: the SMSC says nothing. */
export const SILENT = -1;

/** An SMSC of the package: it answers as it is told to. */
export interface Smsc {
  readonly port: number;
  readonly submits: Pdu[];
  readonly sessions: ServerSession[];
  bindStatus: number;
  /** Statuses of the next submits; `SILENT`: no answer. */
  readonly script: number[];
  ids: (n: number) => string;
  quiet: boolean;
  /** How often it was asked whether it is there. */
  looks: number;
  bound(command: string): Promise<ServerSession>;
  close(): Promise<void>;
}

export async function smsc(): Promise<Smsc> {
  const waiting = new Map<string, (session: ServerSession) => void>();
  const server: Server = smpp.createServer((session) => {
    self.sessions.push(session);
    session.on("error", () => session.destroy());
    for (const bind of ["bind_transmitter", "bind_receiver"])
      session.on(bind, (pdu: Pdu) => {
        if (self.bindStatus !== SILENT)
          session.send(pdu.response({ command_status: self.bindStatus, system_id: "smsc" }));
        waiting.get(bind)?.(session);
      });
    session.on("enquire_link", (pdu: Pdu) => {
      self.looks += 1;
      if (!self.quiet) session.send(pdu.response());
    });
    session.on("submit_sm", (pdu: Pdu) => {
      self.submits.push(pdu);
      const status = self.script.shift() ?? 0;
      if (status === SILENT) return;
      session.send(pdu.response({ command_status: status, message_id: self.ids(self.submits.length) }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const self: Smsc = {
    port: (server.address() as AddressInfo).port,
    submits: [],
    sessions: [],
    bindStatus: 0,
    script: [],
    ids: (n) => `id-${n}`,
    quiet: false,
    looks: 0,
    bound: (command) => new Promise((resolve) => waiting.set(command, resolve)),
    async close() {
      for (const session of self.sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}
