import { createHash, timingSafeEqual } from "node:crypto";

export const algorithms = ["MD5", "SHA-256"] as const;
export type Algorithm = (typeof algorithms)[number];

const nodeName = { MD5: "md5", "SHA-256": "sha256" } as const;

const hash = (algorithm: Algorithm, text: string): string =>
  createHash(nodeName[algorithm]).update(text).digest("hex");

export const algorithmOf = (name: string | undefined): Algorithm | undefined =>
  algorithms.find((known) => known === (name ?? "MD5").toUpperCase());

/** H(A1) of RFC 7616 3.4.2. */
export const ha1 = (algorithm: Algorithm, user: string, realm: string, password: string): string =>
  hash(algorithm, `${user}:${realm}:${password}`);

export interface DigestParts {
  readonly algorithm: Algorithm;
  /** H(A1). */
  readonly secret: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** As written: eight hexadecimal digits. */
  readonly nc: string;
  readonly cnonce: string;
}

/** What a client that knows the password answers, with qop=auth (RFC 7616 3.4.1). */
export function digest({ algorithm, secret, method, uri, nonce, nc, cnonce }: DigestParts): string {
  return hash(algorithm, `${secret}:${nonce}:${nc}:${cnonce}:auth:${hash(algorithm, `${method}:${uri}`)}`);
}

/** Takes the same time however much of the text is right. */
export function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
