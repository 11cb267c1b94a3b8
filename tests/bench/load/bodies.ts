import { createHmac } from "node:crypto";

/** Words of a customer, with letters outside of ASCII in most of them, as people here write. */
const WORDS =
  "em ơi cho chị hỏi đơn hàng này bao giờ thì giao tới nơi được vậy ạ sản phẩm màu xanh còn size vừa không".split(
    " ",
  );

export const textOf = (n: number): string => {
  const words = Array.from({ length: 12 }, (_, i) => WORDS[(n * 7 + i * 5) % WORDS.length] ?? "");
  return `#b${n}# ${words.join(" ")}`;
};

/** The number that `textOf` put at the front; -1 when there is none. */
export const numberIn = (text: string): number => Number(/^#b(\d+)#/.exec(text)?.[1] ?? -1);

/** Meta writes everything outside of ASCII, and the slash, escaped; the signature is over those bytes. */
const escape_ = (json: string): string =>
  json
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

export interface WebhookMessage {
  readonly n: number;
  readonly pageId: string;
  readonly customer: string;
  readonly at: number;
}

export const bodyOf = (m: WebhookMessage): Buffer =>
  Buffer.from(
    escape_(
      JSON.stringify({
        object: "page",
        entry: [
          {
            id: m.pageId,
            time: m.at,
            messaging: [
              {
                sender: { id: m.customer },
                recipient: { id: m.pageId },
                timestamp: m.at,
                message: { mid: `m_bench-${m.n}-AhZk3rTq0pLw8xYvB5nM2sD7fG1hJ4kQ`, text: textOf(m.n) },
              },
            ],
          },
        ],
      }),
    ),
  );

/** A whole HTTP request, signed, ready to be written to a connection. */
export function requestOf(o: { path: string; host: string; secret: string; body: Buffer }): Buffer {
  const signature = createHmac("sha256", o.secret).update(o.body).digest("hex");
  const head = [
    `POST ${o.path} HTTP/1.1`,
    `Host: ${o.host}`,
    "Content-Type: application/json",
    `X-Hub-Signature-256: sha256=${signature}`,
    "User-Agent: facebookexternalua",
    `Content-Length: ${o.body.length}`,
    "",
    "",
  ];
  return Buffer.concat([Buffer.from(head.join("\r\n")), o.body]);
}
