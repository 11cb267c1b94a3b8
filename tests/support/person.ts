import {
  type Ack,
  AppError,
  type ClientToServer,
  CONTRACT_VERSION,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  type EventData,
  type EventName,
  type JournalEvent,
  LoggedIn,
  type ServerToClient,
} from "@tongdai/shared";
import { io, type Socket } from "socket.io-client";

/** Somebody at a client, without the client: logs in, sends commands, hears the journal. */
export interface Person {
  readonly userId: string;
  readonly token: string;
  /** Everything heard, in order of arrival, across reconnects. */
  readonly heard: readonly JournalEvent[];
  readonly lastSeq: number;
  /** Rejects with the `AppError` of a refusal. */
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /** The first event, heard already or to come, that fits. */
  hear<N extends EventName>(name: N, fits?: (data: EventData<N>) => boolean): Promise<EventData<N>>;
  connect(): Promise<CommandOutput<"sync.start">>;
  disconnect(): void;
  /** The raw socket, for tests of the door. */
  readonly socket: Socket<ServerToClient, ClientToServer>;
}

/** @param newPassword in the place of one that somebody else gave, which opens no session by itself */
export async function logIn(
  url: string,
  username: string,
  password: string,
  newPassword?: string,
): Promise<LoggedIn & { token: string }> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password, newPassword, carry: "token" }),
  });
  if (!answer.ok) throw new Error(`log-in of ${username}: ${answer.status} ${await answer.text()}`);
  const { user, token } = LoggedIn.parse(await answer.json());
  if (!token) throw new Error("no token");
  return { user, token };
}

export async function personAt(
  url: string,
  o: { username: string; password: string; connect?: boolean },
): Promise<Person> {
  const { user, token } = await logIn(url, o.username, o.password);
  const heard: JournalEvent[] = [];
  const waiting = new Set<() => void>();
  let lastSeq = -1;
  let lastAt: number | null = null;
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ["websocket"],
    auth: { contract: CONTRACT_VERSION, token },
    autoConnect: false,
    reconnection: false,
    forceNew: true,
  });
  socket.on("journal", (events) => {
    for (const event of events) {
      if (event.seq <= lastSeq) continue;
      heard.push(event);
      lastSeq = event.seq;
      lastAt = event.at;
    }
    for (const look of waiting) look();
  });

  const call: Person["call"] = (name, input) =>
    new Promise((resolve, reject) => {
      // Socket.IO cannot type an emit over a union of names.
      const emit = socket.emit.bind(socket) as (n: string, i: unknown, ack: (a: Ack<never>) => void) => void;
      emit(name, input, (answer) => {
        if (answer.ok) resolve(answer.data);
        else reject(new AppError(answer.error.code, answer.error.message, answer.error.details));
      });
    });

  const person: Person = {
    userId: user.id,
    token,
    heard,
    get lastSeq() {
      return lastSeq;
    },
    call,
    socket,
    hear: (name, fits = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const hit = heard.find((e) => e.name === name && fits(e.data as never));
          if (!hit) return;
          waiting.delete(look);
          resolve(hit.data as never);
        };
        waiting.add(look);
        look();
      }),
    async connect() {
      await new Promise<void>((resolve, reject) => {
        socket.once("connect", () => resolve());
        socket.once("connect_error", reject);
        socket.connect();
      });
      const answer = await call("sync.start", { lastSeq: lastSeq < 0 ? null : lastSeq, lastAt });
      if (answer.mode === "snapshot" || answer.head > lastSeq) {
        lastSeq = answer.head;
        lastAt = answer.headAt;
      }
      return answer;
    },
    disconnect: () => void socket.disconnect(),
  };
  if (o.connect !== false) await person.connect();
  return person;
}

/** The same person over another socket, whose commands the door counts from nought. */
export async function anew(person: Person): Promise<void> {
  person.disconnect();
  await person.connect();
}
