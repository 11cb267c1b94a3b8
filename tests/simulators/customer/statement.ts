import { createHmac } from "node:crypto";
import type { Played, PlayedCalls } from "./people.ts";

const SECONDS = 20 * 3_600;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** What a site's server says of who is logged in there: a JSON Web Token, HS256. */
export function statementOf({ siteSecret }: PlayedCalls, { name, phone }: Played): string {
  const claims = { phone_number: phone, name, exp: Math.floor(Date.now() / 1_000) + SECONDS };
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", siteSecret).update(text).digest("base64url")}`;
}
