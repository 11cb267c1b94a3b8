/** Stands between the two parties' media: rtpengine by its ng protocol. */
export { type Relay, startRelay } from "./relay.ts";
