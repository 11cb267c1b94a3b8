import { isIP } from "node:net";
import { z } from "zod";
import { parseConfig, secret } from "../kit/parse-config.ts";
import { SigningKey } from "./dkim.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1"]);

const host = z
  .string()
  .trim()
  .toLowerCase()
  .refine((s) => isIP(s) > 0 || /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/.test(s), "must be a server's name");
const port = z.coerce.number().int().min(1).max(65_535);
const security = z.enum(["tls", "starttls", "none"]);
const address = z.email().trim().toLowerCase().max(254);
/** From a form, as words between commas. */
const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default("")
    .transform((s) =>
      s
        .split(",")
        .map((x) => x.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item).max(20));

export const EmailConfig = z
  .strictObject({
    address,
    /** Stands before the address in what we send. */
    displayName: z
      .string()
      .trim()
      .max(100)
      .regex(/^[^\p{Cc}]*$/u)
      .default(""),
    /** Other addresses whose mail comes into the same mailbox. */
    aliases: list(address),
    login: z.enum(["password", "google", "microsoft"]).default("password"),
    /** The address unless told. */
    user: z.string().trim().min(1).max(254).optional(),
    password: z.string().min(1).max(1000).optional(),
    clientId: secret.optional(),
    clientSecret: secret.optional(),
    /** From the provider's consent page. */
    refreshToken: secret.optional(),
    /** Microsoft's directory. */
    tenant: z
      .string()
      .regex(/^[\w.-]{1,100}$/)
      .default("common"),
    tokenUrl: z.url({ protocol: /^https?$/ }).optional(),
    imapHost: host,
    imapPort: port.default(993),
    imapSecurity: security.default("tls"),
    smtpHost: host,
    smtpPort: port.default(465),
    smtpSecurity: security.default("tls"),
    /** `none`: a relay that knows us by our address. */
    smtpLogin: z.enum(["same", "none"]).default("same"),
    /** Read beside INBOX. */
    folders: list(z.string().max(200)),
    /** Where other programs put what they send in our name. */
    sentFolder: z.string().trim().max(200).optional(),
    /** How many days back the first look goes. */
    historyDays: z.coerce.number().int().min(0).max(3650).default(0),
    /** What becomes of a mail on the server once we have it. */
    afterwards: z.enum(["nothing", "seen", "move", "delete"]).default("nothing"),
    moveTo: z.string().trim().min(1).max(200).optional(),
    /** The mailbox takes mail for `name+anything@`. */
    plusAddress: z.enum(["yes", "no"]).default("yes"),
    dkimDomain: host.optional(),
    dkimSelector: z
      .string()
      .regex(/^[\w.-]{1,63}$/)
      .optional(),
    dkimKey: SigningKey.optional(),
  })
  // A password on a line that anybody reads is for a server on the same machine only.
  .refine((c) => c.imapSecurity !== "none" || LOOPBACK.has(c.imapHost), {
    path: ["imapSecurity"],
    error: "must be encrypted, but for a server on this machine",
  })
  .refine((c) => c.smtpSecurity !== "none" || LOOPBACK.has(c.smtpHost), {
    path: ["smtpSecurity"],
    error: "must be encrypted, but for a server on this machine",
  })
  .refine((c) => c.login !== "password" || c.password !== undefined, {
    path: ["password"],
    error: "must be given",
  })
  .refine((c) => c.login === "password" || c.clientId !== undefined, {
    path: ["clientId"],
    error: "must be given",
  })
  .refine((c) => c.login === "password" || c.refreshToken !== undefined, {
    path: ["refreshToken"],
    error: "must be given",
  })
  .refine((c) => c.afterwards !== "move" || c.moveTo !== undefined, {
    path: ["moveTo"],
    error: "must be given",
  })
  // A third of it would leave every letter unsigned without a word.
  .superRefine((c, ctx) => {
    const names = ["dkimDomain", "dkimSelector", "dkimKey"] as const;
    const missing = names.filter((name) => c[name] === undefined);
    if (missing.length === names.length) return;
    for (const name of missing) ctx.addIssue({ code: "custom", path: [name], message: "must be given" });
  });
export type EmailConfig = z.infer<typeof EmailConfig>;

export const readConfig = (config: unknown): EmailConfig => parseConfig(EmailConfig, "mailbox", config);

/** Addresses that are this mailbox. */
export const ownAddresses = (c: EmailConfig): string[] => [c.address, ...c.aliases];
