/**
 * One of the torture test messages of RFC 4475, and what it deserves: "ok" parses; "drop" is a response that does not;
 * a number is the status with which the parser refuses the request.
 */
export interface Vector {
  readonly name: string;
  readonly section: string;
  readonly expect: "ok" | "drop" | number;
  readonly bytes: Buffer;
}

/** The session description that most of them carry. */
export const session = (host: string, start = "0"): string => `v=0
o=mhandley 29739 7272939 IN IP4 ${host}
s=-
c=IN IP4 ${host}
t=${start} 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
`;

/** Text with LF line ends becomes octets with CR LF. */
export const vector = (section: string, name: string, expect: Vector["expect"], text: string): Vector => ({
  name,
  section,
  expect,
  bytes: Buffer.from(text.replaceAll("\n", "\r\n"), "utf8"),
});
