import { useRef, useState } from "react";
import { useClient } from "../actions/react-client.ts";
import { useT } from "../i18n/index.ts";
import { useIsDark } from "../ui/theme.ts";
import { openLink } from "./open-link.ts";

/** Nothing runs, nothing is fetched, nothing is sent: pictures stand in the text itself. */
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
/** A letter that names a colour was written for white paper. */
const PAPER = "html{color-scheme:light;background:#fff;color:#17181c}";
const DARK = "html{color-scheme:dark;background:#15161a;color:#ececf0}";
const OWN_COLOUR = /<[^>]*(?:\bcolor|\bbackground|\bbgcolor)/i;
const STYLE = `body{margin:0;padding:8px 12px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:0 0 0 8px;padding-left:8px;border-left:2px solid #8b8d97}`;
const FOLDED = "[data-quote]{display:none!important}";
const MOST_PX = 4000;

interface LetterFrameProps {
  /** Cleaned by the gateway. */
  readonly html: string;
  /** What it quotes is shown too. */
  readonly quoted: boolean;
}

/**
 * Somebody else's formatted text in a frame without scripts, forms and windows. It shares our origin, so that its height can be
 * read and its links go through our own door; scripts, which could use that, do not run in it.
 */
export function LetterFrame({ html, quoted }: LetterFrameProps) {
  const t = useT();
  const client = useClient();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(120);
  const isDark = useIsDark() && !OWN_COLOUR.test(html);
  const page = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>${isDark ? DARK : PAPER}${STYLE}${quoted ? "" : FOLDED}</style>${html}`;
  const onLoad = (): void => {
    const inside = frame.current?.contentDocument;
    if (!inside) return;
    setHeight(Math.min(MOST_PX, Math.ceil(inside.body.scrollHeight)));
    inside.addEventListener("click", (event) => {
      const link = closestLink(event.target as Node | null);
      if (!link) return;
      event.preventDefault();
      openLink(client, link);
    });
  };
  return (
    <iframe
      ref={frame}
      title={t("desk.letter.frame")}
      sandbox="allow-same-origin"
      srcDoc={page}
      onLoad={onLoad}
      style={{ height }}
      className={`w-[44rem] max-w-full rounded-ui border border-line ${isDark ? "bg-surface" : "bg-white"}`}
    />
  );
}

/** The frame's elements are of another window's classes. */
function closestLink(node: Node | null): string | null {
  for (let at: Node | null = node; at; at = at.parentNode)
    if (at.nodeName === "A" && "href" in at && typeof at.href === "string") return at.href;
  return null;
}
