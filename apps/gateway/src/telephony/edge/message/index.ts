/** SIP messages: bytes to typed values and back. Knows nothing of transactions, connections or time. */
export { formatVia, parseNameAddr, parseVia, tagOf } from "./address.ts";
export * from "./compose.ts";
export { quote, unquote } from "./grammar.ts";
export * from "./header-values.ts";
export { contentLength, limits, parseMessage } from "./parse.ts";
export { reasonOf } from "./reasons.ts";
export { serialise } from "./serialise.ts";
export { type Answerable, SipError } from "./sip-error.ts";
export type * from "./types.ts";
export { parseUri, sipUri } from "./uri.ts";
