/** The back-to-back user agent: joins two legs to a call. */
export { createB2bua } from "./b2bua.ts";
export type { Call, Desk, Destination, Device, LegNews } from "./call.ts";
export type { MediaRelay } from "./path.ts";
export type { Road } from "./talk.ts";
