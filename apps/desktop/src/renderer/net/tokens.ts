import type { DesktopBridge } from "../../ipc-contract.ts";
import type { TokenKeeper } from "./rest.ts";

/** In a browser the gateway's cookie carries the session, out of reach of any script. */
export const cookieTokens: TokenKeeper = {
  carry: "cookie",
  get: () => null,
  set: async () => {},
  clear: async () => {},
};

/** In the desktop the main process keeps the token in the machine's key store; here it lives in memory. */
export async function desktopTokens(desktop: DesktopBridge): Promise<TokenKeeper> {
  let token = await desktop.getToken();
  return {
    carry: "token",
    get: () => token,
    async set(next) {
      token = next;
      await desktop.setToken(next);
    },
    async clear() {
      token = null;
      await desktop.clearToken();
    },
  };
}
