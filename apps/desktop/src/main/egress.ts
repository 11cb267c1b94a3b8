import { blobOriginOf, originOf, parseUrl } from "./origin.ts";

export interface Peers {
  ownOrigin: string;
  gatewayOrigin: string;
}

const asHttp: Record<string, string> = { "ws:": "http:", "wss:": "https:" };

/** What the window may fetch. The CSP says the same to the page; this holds where the CSP has no say. */
export function mayRequest(text: string, peers: Peers): boolean {
  const url = parseUrl(text);
  if (!url) return false;
  if (url.protocol === "data:") return true;
  if (url.protocol === "blob:") return blobOriginOf(text) === peers.ownOrigin;
  const http = asHttp[url.protocol];
  if (http === undefined) return isPeer(text, peers);
  return isPeer(`${http}//${url.host}`, peers) || isSoftphoneSocket(url, peers);
}

/** Attachments and exports: made by the page itself or offered by the gateway. */
export function mayDownload(url: string, peers: Peers): boolean {
  return blobOriginOf(url) === peers.ownOrigin || originOf(url) === peers.gatewayOrigin;
}

function isPeer(url: string, peers: Peers): boolean {
  const origin = originOf(url);
  return origin === peers.ownOrigin || origin === peers.gatewayOrigin;
}

/** The SIP socket is served by the gateway's host, often on a port of its own. */
function isSoftphoneSocket(url: URL, { gatewayOrigin }: Peers): boolean {
  const gateway = new URL(gatewayOrigin);
  return url.hostname === gateway.hostname && asHttp[url.protocol] === gateway.protocol;
}
