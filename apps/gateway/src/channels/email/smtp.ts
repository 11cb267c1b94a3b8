import { Readable } from "node:stream";
import SMTPConnection, { type SMTPConnectionSendInfo } from "nodemailer/lib/smtp-connection";
import XOAuth2 from "nodemailer/lib/xoauth2";
import type { Composed } from "./compose.ts";
import type { EmailConfig } from "./config.ts";
import type { Login } from "./login.ts";

/** A server that was spoken to, up to its login. */
export interface Smtp {
  send(mail: Composed): Promise<Sent>;
  close(): void;
}

export interface Sent {
  readonly refused: readonly { readonly address: string; readonly detail: string }[];
}

/** A sending that failed after its letter had begun to travel without the server saying no: it may have arrived. */
export class Doubtful extends Error {}

type Done<T> = (error: Error | null | undefined, result?: T) => void;

const CONNECT_MS = 15_000;

/** Connects and logs in. Rejects with nodemailer's errors: see smtp-errors.ts. */
export async function openSmtp(config: EmailConfig, login: Login | null, signal: AbortSignal): Promise<Smtp> {
  signal.throwIfAborted();
  const connection = new SMTPConnection({
    host: config.smtpHost,
    port: config.smtpPort,
    secure: config.smtpSecurity === "tls",
    requireTLS: config.smtpSecurity === "starttls",
    ignoreTLS: config.smtpSecurity === "none",
    name: config.address.slice(config.address.lastIndexOf("@") + 1),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
  });
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => {});
  connection.on("error", (error: Error) => lost.reject(error));
  connection.on("end", () => lost.reject(new Error("the server closed the connection")));
  const close = (): void => connection.close();
  const timeUp = (): void => {
    lost.reject(new Error("no answer in time"));
    close();
  };
  signal.addEventListener("abort", timeUp, { once: true });
  const during = <T>(step: (done: Done<T>) => void): Promise<T | undefined> =>
    Promise.race([
      new Promise<T | undefined>((resolve, reject) =>
        step((error, result) => (error ? reject(error) : resolve(result))),
      ),
      lost.promise,
    ]);
  try {
    await during<boolean>((done) => connection.connect(done));
    if (login) await during<boolean>((done) => connection.login(authOf(login), done));
  } catch (error) {
    close();
    throw error;
  }
  return {
    close,
    async send({ envelope, bytes }) {
      let hasBegun = false;
      const letter = Readable.from(
        (function* () {
          // Read only once the server has said that it wants it.
          hasBegun = true;
          yield bytes;
        })(),
        { objectMode: false, highWaterMark: 0 },
      );
      try {
        const info = await during<SMTPConnectionSendInfo>((done) => connection.send(envelope, letter, done));
        return {
          refused: (info?.rejectedErrors ?? []).map((e) => ({
            address: e.recipient ?? "",
            detail: e.response ?? "",
          })),
        };
      } catch (error) {
        if (hasBegun && !hasAnswer(error)) throw new Doubtful(String(error), { cause: error });
        throw error;
      }
    },
  };
}

const hasAnswer = (error: unknown): boolean =>
  error instanceof Error && "responseCode" in error && typeof error.responseCode === "number";

function authOf(login: Login) {
  if ("pass" in login) return { user: login.user, pass: login.pass };
  const { user, accessToken } = login;
  return { user, type: "OAUTH2", method: "XOAUTH2", oauth2: new XOAuth2({ user, accessToken }) };
}
