import { spell } from "./names.ts";
import type { SipMessage } from "./types.ts";

/** The octets of a message. Content-Length is counted here, whatever the headers say. */
export function serialise(message: SipMessage): Buffer {
  let head = line(
    message.kind === "request"
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`,
  );
  for (const { name, value } of message.headers)
    if (name !== "content-length") head += line(`${spell(name)}: ${value}`);
  head += `Content-Length: ${message.body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "utf8"), message.body]);
}

/** A line end inside a value would add headers. Parsed values cannot have one, so it is a bug of ours. */
function line(text: string): string {
  if (/[\r\n]/.test(text)) throw new Error("a line end inside a header");
  return `${text}\r\n`;
}
