/** Where the packaged client lives. `file:` would have the origin "null", which every file shares. */
export const APP_SCHEME = "app";
export const APP_HOST = "tongdai";
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * The origin as Chromium sees it. Node's `URL.origin` is "null" for `app:` and, for `blob:`, that of the
 * page inside, so both are decided here. Undefined means that the address is nobody's.
 */
export function originOf(text: string): string | undefined {
  const url = parseUrl(text);
  if (!url || url.username || url.password) return undefined;
  if (url.protocol === `${APP_SCHEME}:`) return `${APP_SCHEME}://${url.host}`;
  if (url.protocol === "https:" || url.protocol === "http:") return url.origin;
  return undefined;
}

/** The origin of the page that made this `blob:` address. */
export function blobOriginOf(text: string): string | undefined {
  const url = parseUrl(text);
  return url?.protocol === "blob:" ? originOf(url.pathname) : undefined;
}
