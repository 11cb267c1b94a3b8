import { generateKeyPairSync } from "node:crypto";
import { AppError } from "@tongdai/shared";
import { fakeClock } from "@tongdai/shared/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { email } from "./email/index.ts";
import { facebook } from "./facebook/index.ts";
import { memoryCredentials } from "./kit/testing/memory-credentials.ts";
import { sms } from "./sms/index.ts";
import { zalo } from "./zalo/index.ts";

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 1024,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const SECRET = "khong-ai-duoc-thay";
const secrets = Object.fromEntries(
  [email, facebook, sms, zalo]
    .flatMap((channel) => channel.setup.fields)
    .filter((field) => field.kind === "secret")
    .map((field) => [field.name, SECRET]),
);

/** What an odd form, an import or a mistaken program may send in any field. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    " ",
    "0",
    "-1",
    "1e309",
    "__proto__",
    "a\r\nBcc: x@y.vn",
    "\u0000",
    "\ud800",
    null,
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    { toString: 1 },
    true,
    Number.NaN,
    "9".repeat(400),
    "a@".repeat(99_999),
  ),
  fc.constantFrom<unknown>(
    "http://",
    "javascript:alert(1)",
    "https://[::1",
    "smtp.vn:25",
    "\u202e",
    privateKey,
  ),
  fc.string({ maxLength: 50, unit: "grapheme" }),
  fc.anything({ maxDepth: 2 }),
);

test.each([email, facebook, sms, zalo].map((channel) => [channel.id, channel] as const))(
  "the settings of %s are taken or refused field by field, whatever comes, and no secret is told",
  (_, channel) => {
    const names = [...channel.setup.fields.map((f) => f.name), "login", "provider", "constructor", "x"];
    const change = fc.tuple(fc.constantFrom(...names), odd);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.boolean(), (changes, isSecret) => {
        const config = Object.assign({}, isSecret ? secrets : {}, ...changes.map(([k, v]) => ({ [k]: v })));
        try {
          channel.open(config, {
            fetch,
            clock: fakeClock(),
            credentials: memoryCredentials(),
            publicUrl: null,
            keyFor: () => "key",
          });
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect(error).toMatchObject({ code: "invalid_input", details: { fields: expect.anything() } });
          expect(JSON.stringify([String(error), (error as AppError).details])).not.toContain(SECRET);
        }
      }),
      { numRuns: 400 },
    );
  },
);
