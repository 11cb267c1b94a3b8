/** One recipient's block of a delivery report. */
export interface RecipientReport {
  /** Lower case; empty: not told. */
  readonly recipient: string;
  readonly action: "failed" | "delayed" | "delivered" | "relayed" | "expanded" | "unknown";
  /** `class.subject.detail`; empty: not told. */
  readonly status: string;
  /** What the other server said. */
  readonly diagnostic: string;
}

const ACTIONS = ["failed", "delayed", "delivered", "relayed", "expanded"] as const;

/**
 * The blocks of a `message/delivery-status` part, but for the first, which is of the message as a whole. Source: RFC 3464, 2.1
 * to 2.3.
 */
export function readDeliveryStatus(text: string): RecipientReport[] {
  const blocks = text
    .replaceAll("\r\n", "\n")
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has("final-recipient") || fields.has("original-recipient"));
  return blocks.map((fields) => ({
    recipient: addressIn(fields.get("final-recipient") ?? fields.get("original-recipient") ?? ""),
    action: ACTIONS.find((a) => a === fields.get("action")?.toLowerCase()) ?? "unknown",
    status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0] ?? "",
    diagnostic: (fields.get("diagnostic-code") ?? "").replace(/^[\w-]+\s*;\s*/, "").slice(0, 500),
  }));
}

/** Continued lines begin with white space. */
function fieldsOf(block: string): Map<string, string> {
  const lines = block.replaceAll(/\n[ \t]+/g, " ").split("\n");
  return new Map(
    lines.flatMap((line) => {
      const at = line.indexOf(":");
      return at > 0 ? [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const] : [];
    }),
  );
}

/** `rfc822; lan@example.vn`, with brackets or a comment as some write it. */
const addressIn = (field: string): string =>
  (/[^\s<>;()]{1,64}@[^\s<>;()]{1,255}/.exec(field)?.[0] ?? "").toLowerCase();

/** Whether a report says that a message will never arrive: a delay is no failure. */
export const isFinal = (report: RecipientReport): boolean =>
  report.action === "failed" && !report.status.startsWith("4.");
