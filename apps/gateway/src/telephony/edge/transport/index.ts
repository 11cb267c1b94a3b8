/** The roads: UDP, TCP, TLS, WebSocket. Octets in, messages out, through one gate; knows nothing of transactions. */
export { type BanRules, type Bans, createBans } from "./bans.ts";
export { createGate, type Gate, type Receiver } from "./gate.ts";
export { listenStream, type StreamListener, type StreamOptions } from "./stream.ts";
export { listenUdp, type UdpListener, type UdpOptions } from "./udp.ts";
export { listenWebSocket, type WebSocketListener, type WebSocketOptions } from "./web-socket.ts";
