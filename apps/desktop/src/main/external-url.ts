import { parseUrl } from "./origin.ts";

const MAX_LENGTH = 2048;
/** Some mail programs obey `attach=`, which would send a file that nobody chose. */
const MAIL_FIELDS = new Set(["subject", "body", "cc", "bcc"]);

/**
 * The address to give to the operating system, or undefined. Customers and servers write these, and every
 * other scheme can start a program: https and mailto only, rebuilt from the parsed form.
 */
export function parseExternalUrl(text: string): string | undefined {
  const url = text.length > MAX_LENGTH ? undefined : parseUrl(text);
  if (!url) return undefined;
  if (url.protocol === "https:") return url.hostname && !url.username && !url.password ? url.href : undefined;
  if (url.protocol === "mailto:") return mailto(url);
  return undefined;
}

function mailto(url: URL): string | undefined {
  if (!/^[^\s@/\\?#]+@[^\s@/\\?#]+$/.test(url.pathname)) return undefined;
  const fields = [...url.searchParams].filter(([name]) => MAIL_FIELDS.has(name.toLowerCase()));
  const query = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return `mailto:${url.pathname}${query && `?${query}`}`;
}
