/** The road by which a message came and its answer goes: a connection, or an address and port of UDP. */
export interface Flow {
  /** Names it for its life: what a registration is bound to (RFC 5626). */
  readonly id: string;
  readonly transport: "UDP" | "TCP" | "TLS" | "WS" | "WSS";
  /** No retransmissions are needed on it. */
  readonly reliable: boolean;
  readonly remote: { readonly address: string; readonly port: number };
  /** What goes into our Via: `host:port` or a name. */
  readonly sentBy: string;
  readonly open: boolean;
  /** @returns false when it is closed; whether the peer reads it nobody knows */
  send(bytes: Uint8Array): boolean;
  close(): void;
}
