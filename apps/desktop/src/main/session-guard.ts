import type { Session } from "electron";
import { mayRequest, type Peers } from "./egress.ts";
import { mayUse } from "./permissions.ts";

export interface SessionGuard {
  ownOrigin: string;
  peers: () => Peers;
  /** The developer tools load their own pages; the packaged program has none. */
  devTools: boolean;
}

export function guardSession(session: Session, guard: SessionGuard): void {
  const { ownOrigin } = guard;
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const { requestingUrl, isMainFrame } = details;
    const media = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    answer(mayUse({ permission, requestingUrl, isMainFrame, media }, ownOrigin));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const requestingUrl = details.securityOrigin ?? requestingOrigin;
    const media = details.mediaType ? [details.mediaType] : [];
    return mayUse({ permission, requestingUrl, isMainFrame: details.isMainFrame, media }, ownOrigin);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const tools = guard.devTools && url.startsWith("devtools://");
    answer({ cancel: !tools && !mayRequest(url, guard.peers()) });
  });
}
