import { originOf, parseUrl } from "./origin.ts";

/** A packaged program never takes its page from an address that a variable names. */
export function devOrigin(rendererUrl: string | undefined, packaged: boolean): string | undefined {
  if (!rendererUrl || packaged) return undefined;
  const host = parseUrl(rendererUrl)?.hostname;
  return host === "localhost" || host === "127.0.0.1" ? originOf(rendererUrl) : undefined;
}
