import { WebSocket } from "ws";

/** Node's own WebSocket cannot send an Origin, which a browser always does: this one can. @returns its undo */
export function webSocketWithOrigin(origin: string): () => void {
  const native = globalThis.WebSocket;
  class WithOrigin extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { origin });
    }
  }
  Object.assign(globalThis, { WebSocket: WithOrigin });
  return () => void Object.assign(globalThis, { WebSocket: native });
}
