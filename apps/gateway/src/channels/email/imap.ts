import { AppError, type Clock } from "@tongdai/shared";
import { ImapFlow } from "imapflow";
import { z } from "zod";
import type { EmailConfig } from "./config.ts";
import type { Login, LoginSource } from "./login.ts";

const CONNECT_MS = 20_000;
/** How long a server may say nothing while something is asked of it. */
const SILENT_MS = 90_000;

export interface Mailbox {
  readonly client: ImapFlow;
  /** Aborted, with the reason, once the connection is gone. */
  readonly lost: AbortSignal;
  close(): void;
}

/**
 * Logs in. Throws `channel_paused` when the server refuses who we are, `unavailable` for what may pass.
 * @param signal ends the connection, whenever it comes
 */
export async function openMailbox(
  config: EmailConfig,
  logins: LoginSource,
  signal: AbortSignal,
): Promise<Mailbox> {
  const login = await logins.current();
  try {
    return await connected(config, login, signal);
  } catch (error) {
    if (!isRefusal(error)) throw notReached(error);
    const other = await logins.instead(login);
    if (!other) throw refused(error);
    return await connected(config, other, signal).catch((again: unknown) => {
      throw isRefusal(again) ? refused(again) : notReached(again);
    });
  }
}

async function connected(config: EmailConfig, login: Login, signal: AbortSignal): Promise<Mailbox> {
  if (signal.aborted) throw new AppError("unavailable", "no time left");
  const client = new ImapFlow({
    host: config.imapHost,
    port: config.imapPort,
    secure: config.imapSecurity === "tls",
    ...(config.imapSecurity !== "tls" && { doSTARTTLS: config.imapSecurity === "starttls" }),
    auth: login,
    clientInfo: { name: "Tongdai" },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS * 4,
  });
  let said: unknown = null;
  const end = new AbortController();
  client.on("error", (error: unknown) => {
    said = error;
  });
  client.on("close", () => end.abort(notReached(said ?? "the server closed the connection")));
  const close = (): void => client.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    await whileConnected(end.signal, client.connect());
  } catch (error) {
    close();
    throw error;
  }
  return { client, lost: end.signal, close };
}

/**
 * What is waited for, unless the connection is gone before. A promise as old as the connection would keep what each race with
 * it came to, so the news is listened to only meanwhile.
 */
export async function whileConnected<T>(lost: AbortSignal, waiting: Promise<T>): Promise<T> {
  const gone = Promise.withResolvers<never>();
  const tell = (): void => gone.reject(lost.reason);
  if (lost.aborted) tell();
  else lost.addEventListener("abort", tell, { once: true });
  try {
    return await Promise.race([waiting, gone.promise]);
  } finally {
    lost.removeEventListener("abort", tell);
  }
}

/** Waits for an answer no longer than a server may be silent: a connection that died without a word tells nothing else. */
export async function answered<T>(
  { lost, close }: Mailbox,
  clock: Clock,
  asking: Promise<T>,
  ms = SILENT_MS,
): Promise<T> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => {
    late.reject(new AppError("unavailable", "the server has stopped answering"));
    close();
  });
  try {
    return await whileConnected(lost, Promise.race([asking, late.promise]));
  } finally {
    cancel();
  }
}

const Said = z.object({
  message: z.string().optional(),
  responseText: z.string().optional(),
  code: z.string().optional(),
  authenticationFailed: z.boolean().optional(),
  serverResponseCode: z.string().optional(),
});

/** Of who we are: an overloaded server that turns us away says so in another code. Source: RFC 5530. */
function isRefusal(error: unknown): boolean {
  const said = Said.safeParse(error).data;
  return (
    said?.authenticationFailed === true &&
    !/^(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)$/.test(said.serverResponseCode ?? "")
  );
}

const told = (error: unknown): string => {
  const said = Said.safeParse(error).data;
  return said?.responseText ?? said?.message ?? said?.code ?? String(error);
};

const refused = (error: unknown): AppError =>
  new AppError("channel_paused", `the server refuses the login: ${told(error)}`, { state: "login_needed" });

const notReached = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError("unavailable", `IMAP: ${told(error)}`);
