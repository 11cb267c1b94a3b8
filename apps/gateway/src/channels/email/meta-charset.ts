const META = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})/i;
const BARE_HTML = /^(content-type:[ \t]*text\/html)[ \t]*;?[ \t]*$/im;

/**
 * A letter whose formatted part names its letters only in itself, with the name put where a parser looks; `null`: it is no such
 * letter. Source: nodemailer/mailparser, issue 370.
 */
export function withCharset(bytes: Buffer): Buffer | null {
  const raw = bytes.toString("latin1");
  const charset = META.exec(raw)?.[1];
  if (charset === undefined || !BARE_HTML.test(raw)) return null;
  return Buffer.from(raw.replace(BARE_HTML, `$1; charset=${charset}`), "latin1");
}
