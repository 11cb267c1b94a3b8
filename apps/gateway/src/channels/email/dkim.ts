import { createPrivateKey, type KeyObject } from "node:crypto";
import DKIM from "nodemailer/lib/dkim";
import { z } from "zod";

/** Less is no longer believed. Source: RFC 8301, 3.2. */
const LEAST_BITS = 1024;
const PEM = /^-----BEGIN ((?:RSA )?PRIVATE KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----$/;

/** An RSA key in PEM, with or without its line ends: a form's line takes them away. */
export const SigningKey = z
  .string()
  .trim()
  .transform((given, ctx) => {
    const [, label, body = ""] = PEM.exec(given) ?? [];
    const lines = body.replaceAll(/\s/g, "").match(/.{1,64}/g) ?? [];
    const pem = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
    const wrong = label === undefined ? "must be a private key in PEM" : wrongWith(pem);
    if (wrong === null) return pem;
    ctx.addIssue({ code: "custom", message: wrong });
    return z.NEVER;
  });

function wrongWith(pem: string): string | null {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return "is damaged";
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return key.asymmetricKeyType === "rsa" && bits >= LEAST_BITS
    ? null
    : `must be RSA, ${LEAST_BITS} bits or more`;
}

export interface Signing {
  readonly dkimDomain?: string | undefined;
  readonly dkimSelector?: string | undefined;
  readonly dkimKey?: string | undefined;
}

/** The letter with its signature before it, where one is wanted. Source: RFC 6376. */
export async function signed(o: Signing, bytes: Buffer): Promise<Buffer> {
  const { dkimDomain: domainName, dkimSelector: keySelector, dkimKey: privateKey } = o;
  if (!domainName || !keySelector || !privateKey) return bytes;
  const out: Buffer[] = [];
  const stream = new DKIM({ domainName, keySelector, privateKey }).sign(bytes);
  for await (const chunk of stream) out.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(out);
}
