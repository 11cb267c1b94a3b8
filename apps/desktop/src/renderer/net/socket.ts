import { AppError, CONTRACT_VERSION, type CommandName } from "@tongdai/shared";
import { type Socket as IoSocket, io } from "socket.io-client";
import { fromWire } from "./failure.ts";

export interface SocketEvents {
  connected(): void;
  disconnected(): void;
  /** The gateway was reached and said no. */
  refused(error: AppError): void;
  journal(packet: unknown): void;
  typing(data: unknown): void;
  floor(data: unknown): void;
  ended(reason: unknown): void;
}

/** One connection to the gateway that keeps itself up until it is closed. */
export interface Socket {
  readonly connected: boolean;
  /** Calls `ack` at most once; not at all when the connection breaks first. */
  emit(name: CommandName, input: unknown, ack: (answer: unknown) => void): void;
  /** Try now instead of waiting for the next turn. */
  hurry(): void;
  /** Break and connect anew: the gateway does not answer although the line looks fine. */
  cycle(): void;
  close(): void;
}

export type OpenSocket = (events: SocketEvents) => Socket;

interface Options {
  readonly url: string;
  readonly token: () => string | null;
}

export function openGatewaySocket({ url, token }: Options): OpenSocket {
  return (events) => {
    // Events stay untyped here: what comes in is parsed by its reader, what goes out was typed by its writer.
    const socket: IoSocket = io(url, {
      // Long polling would need sticky sessions on every proxy in between.
      transports: ["websocket"],
      auth: (give) => give(handshake(token())),
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
      randomizationFactor: 0.5,
      forceNew: true,
    });
    let closed = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    // After a close by the gateway socket.io stays away for good unless told.
    const comeBack = () => {
      clearTimeout(again);
      if (!closed) again = setTimeout(() => socket.connect(), 1_000 + Math.random() * 2_000);
    };
    socket.on("connect", () => events.connected());
    socket.on("disconnect", () => {
      events.disconnected();
      if (!socket.active) comeBack();
    });
    socket.on("connect_error", (error) => {
      const said = "data" in error ? error.data : null;
      if (said) events.refused(fromWire(said, new AppError("unavailable", error.message)));
      else events.disconnected();
      if (!socket.active) comeBack();
    });
    socket.on("journal", (packet) => events.journal(packet));
    socket.on("typing.changed", (data) => events.typing(data));
    socket.on("floor.changed", (data) => events.floor(data));
    socket.on("session.ended", (reason) => events.ended(reason));
    return {
      get connected() {
        return socket.connected;
      },
      emit: (name, input, ack) => void socket.emit(name, input, ack),
      // Between two tries connect() alone does nothing: the next turn is given up first.
      hurry: () => void (socket.connected || socket.disconnect().connect()),
      cycle: () => void socket.disconnect().connect(),
      close() {
        closed = true;
        clearTimeout(again);
        socket.removeAllListeners();
        socket.disconnect();
      },
    };
  };
}

const handshake = (token: string | null) => ({
  contract: CONTRACT_VERSION,
  ...(token === null ? {} : { token }),
});
