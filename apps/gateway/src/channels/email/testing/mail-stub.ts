import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";

/** What the server does from now on. */
export type StubFault =
  /** Its answer to the whole letter; `drop`: it breaks the line, `hang`: it gives none. */
  | { readonly atEnd: string }
  /** Its answer to a log-in. */
  | { readonly atLogin: string }
  /** Its answer to each recipient. */
  | { readonly atRecipient: (address: string) => string };

export interface MailStub {
  readonly smtpPort: number;
  readonly imapPort: number;
  fault(fault: StubFault | null): void;
  /** Letters that were taken, as they came. */
  readonly taken: readonly { readonly from: string; readonly to: readonly string[]; readonly raw: string }[];
  /** Resolves once a letter has been received to its end, whatever is answered. */
  nextLetter(): Promise<void>;
  close(): Promise<void>;
}

/** A small mail server on this machine that does as it is told: SMTP with a log-in, and as much of IMAP as a log-in takes. */
export async function mailStub(): Promise<MailStub> {
  let fault: StubFault | null = null;
  const taken: { from: string; to: string[]; raw: string }[] = [];
  const sockets = new Set<Socket>();
  let arrived = Promise.withResolvers<void>();
  const loginAnswer = (): string | null => (fault && "atLogin" in fault ? fault.atLogin : null);

  /** What is said to a line that is no part of a letter. */
  function answerTo(line: string, letter: { from: string; to: string[] }): string {
    const address = /<(.*?)>/.exec(line)?.[1] ?? "";
    switch (line.slice(0, 4).toUpperCase()) {
      case "EHLO":
        return "250-stub\r\n250-AUTH PLAIN XOAUTH2\r\n250 8BITMIME";
      case "AUTH":
        return loginAnswer() ?? "235 2.7.0 welcome";
      case "MAIL":
        letter.from = address;
        return "250 2.1.0 ok";
      case "RCPT": {
        const answer = fault && "atRecipient" in fault ? fault.atRecipient(address) : "250 2.1.5 ok";
        if (answer.startsWith("250")) letter.to.push(address);
        return answer;
      }
      case "DATA":
        return "354 go on";
      default:
        return line.startsWith("QUIT") ? "221 bye" : "250 ok";
    }
  }

  async function smtp(socket: Socket): Promise<void> {
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    let letter = { from: "", to: [] as string[] };
    let raw: string[] | null = null;
    say("220 stub");
    for await (const line of createInterface({ input: socket })) {
      if (raw === null) {
        const answer = answerTo(line, letter);
        if (answer.startsWith("354")) raw = [];
        say(answer);
      } else if (line === ".") {
        takeIn(socket, { ...letter, raw: raw.join("\r\n") });
        letter = { from: "", to: [] };
        raw = null;
      } else raw.push(line);
    }
  }

  function takeIn(socket: Socket, letter: { from: string; to: string[]; raw: string }): void {
    const end = fault && "atEnd" in fault ? fault.atEnd : "250 2.0.0 taken";
    if (end.startsWith("250")) taken.push(letter);
    if (end === "drop") socket.destroy();
    else if (end !== "hang") socket.write(`${end}\r\n`);
    arrived.resolve();
  }

  async function imap(socket: Socket): Promise<void> {
    socket.write("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] stub\r\n");
    for await (const line of createInterface({ input: socket })) {
      const [tag = "", verb = ""] = line.split(" ");
      const isLogin = /^(?:LOGIN|AUTHENTICATE)$/i.test(verb);
      const isRefused = isLogin && loginAnswer() !== null;
      if (/^CAPABILITY$/i.test(verb)) socket.write("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n");
      socket.write(isRefused ? `${tag} NO [AUTHENTICATIONFAILED] wrong\r\n` : `${tag} OK done\r\n`);
    }
  }

  const listen = async (talk: (socket: Socket) => Promise<void>): Promise<[Server, number]> => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
      talk(socket).catch(() => {});
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the stub does not listen");
    return [server, address.port];
  };
  const [smtpServer, smtpPort] = await listen(smtp);
  const [imapServer, imapPort] = await listen(imap);

  return {
    smtpPort,
    imapPort,
    fault(next) {
      fault = next;
    },
    taken,
    nextLetter: () => {
      arrived = Promise.withResolvers<void>();
      return arrived.promise;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const server of [smtpServer, imapServer]) {
        server.close();
        await once(server, "close");
      }
    },
  };
}
