import { originOf } from "./origin.ts";

/** The mail frame is filled by `srcdoc`; nothing else is ever shown in a frame. */
const FRAME_PAGES = new Set(["about:srcdoc", "about:blank"]);

export interface Navigation {
  url: string;
  isMainFrame: boolean;
}

export function mayNavigate(to: Navigation, ownOrigin: string): boolean {
  return to.isMainFrame ? originOf(to.url) === ownOrigin : FRAME_PAGES.has(to.url);
}
