/** Compact forms: RFC 3261 7.3.3 and 20, RFC 3515 (r), RFC 3892 (b), RFC 4028 (x), RFC 6665 (o, u). */
const compact: Readonly<Record<string, string>> = {
  b: "referred-by",
  c: "content-type",
  e: "content-encoding",
  f: "from",
  i: "call-id",
  k: "supported",
  l: "content-length",
  m: "contact",
  o: "event",
  r: "refer-to",
  s: "subject",
  t: "to",
  u: "allow-events",
  v: "via",
  x: "session-expires",
};

/** Headers whose comma separates values; a comma elsewhere (Date, digest, unknown headers) is part of the value. */
export const lists: ReadonlySet<string> = new Set([
  "accept",
  "allow",
  "contact",
  "path",
  "proxy-require",
  "record-route",
  "require",
  "route",
  "supported",
  "unsupported",
  "via",
]);

/** Headers that may appear once; a second one makes the message ambiguous (RFC 4475 3.3.8 and 3.3.9). */
export const singles: ReadonlySet<string> = new Set([
  "from",
  "to",
  "call-id",
  "cseq",
  "max-forwards",
  "content-length",
  "content-type",
  "expires",
  "event",
  "refer-to",
  "replaces",
  "session-expires",
]);

const spelled: Readonly<Record<string, string>> = {
  "call-id": "Call-ID",
  cseq: "CSeq",
  "mime-version": "MIME-Version",
  rack: "RAck",
  rseq: "RSeq",
  "www-authenticate": "WWW-Authenticate",
};

const capital = /(?:^|-)[a-z]/g;

/** Lower case and long. */
export function headerName(written: string): string {
  const name = written.toLowerCase();
  return compact[name] ?? name;
}

/** As it is usually written; case means nothing (RFC 3261 7.3.1), but traces are read by people. */
export const spell = (name: string): string => spelled[name] ?? name.replace(capital, (c) => c.toUpperCase());
