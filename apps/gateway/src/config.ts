import { isIP } from "node:net";
import { NewPassword, TimeZone, Username } from "@tongdai/shared";
import { z } from "zod";

const flag = z
  .enum(["0", "1", "true", "false"])
  .transform((v) => v === "1" || v === "true")
  .default(false);

const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default("")
    .transform((s) => s.split(",").flatMap((x) => x.trim() || []))
    .pipe(z.array(item));

const origin = z.string().refine((s) => /^https?:/.test(s) && URL.parse(s)?.origin === s, {
  error: "write origins as https://desk.example.com, without a path",
});
const hostAndPort = z
  .string()
  .refine((s) => /^[^\s/:]+:\d+$/.test(s) && URL.canParse(`http://${s}`), "write entries as host:port");
const publicUrl = z
  .url()
  .refine(
    (s) => /^https:|^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(`${s}/`),
    "vendors deliver to https only",
  )
  .refine((s) => !/[?#@]/.test(s), "the addresses of the webhooks are put behind it: leave out ?, # and @");
/** `carrier=203.0.113.4`, `carrier=203.0.113.0/28` */
const trunk = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}=[0-9a-f.:]+(\/[0-9]{1,3})?$/i, "write entries as name=203.0.113.4")
  .refine((s) => isIP(s.replace(/^[^=]*=/, "").replace(/\/.*$/, "")) !== 0, "a trunk needs an address");
/** `203.0.113.4:5060`, `[2001:db8::1]:5060` */
const addressAndPort = z
  .string()
  .regex(/^(\[[0-9a-f:]+\]|[0-9.]+):\d{1,5}$/i, "write an address and a port as 203.0.113.4:5060")
  .transform((s) => ({ address: s.replace(/:\d+$/, "").replace(/[[\]]/g, ""), port: Number(/\d+$/.exec(s)) }))
  .refine(({ address, port }) => isIP(address) !== 0 && port > 0 && port < 65_536, "no such address");
const databaseUrl = z.string().refine((s) => !/^\w+:\/\//.test(s) || /^postgres(ql)?:/.test(s), {
  error: "give a file's path or a postgres:// address",
});

const simulators = z
  .string()
  .default("")
  .transform((s) =>
    Object.fromEntries(
      s.split(",").flatMap((entry) => {
        const [channel, ...url] = entry.trim().split("=");
        return channel ? [[channel, url.join("=")]] : [];
      }),
    ),
  )
  .pipe(
    z.record(
      z.string(),
      z.url({ protocol: /^https?$/, error: "write entries as channel=http://127.0.0.1:4010" }),
    ),
  );

/** Every variable that the gateway reads; docs/operate.md explains them. */
const Env = z.object({
  TONGDAI_HOST: z.string().min(1).default("127.0.0.1"),
  TONGDAI_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  TONGDAI_DATA_DIR: z.string().min(1).default("data"),
  TONGDAI_DATABASE_URL: databaseUrl.optional(),
  TONGDAI_WEB_ROOT: z.string().optional(),
  /** Address under which vendors reach the webhooks; shown to administrators. */
  TONGDAI_PUBLIC_URL: publicUrl.optional(),
  /** Further web origins that may open a socket, comma separated; our own and the desktop's are always allowed. */
  TONGDAI_ORIGINS: list(origin),
  /** 32 bytes in base64 for secrets at rest; absent: made on first start and kept in the data directory. */
  TONGDAI_SECRET_KEY: z.string().optional(),
  TONGDAI_ADMIN_USERNAME: Username.optional(),
  TONGDAI_ADMIN_PASSWORD: NewPassword.optional(),
  TONGDAI_DEMO: flag,
  /** Where the demo's vendors are played: channel=address, comma separated. */
  TONGDAI_SIMULATORS: simulators,
  TONGDAI_LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
  TONGDAI_TRUST_PROXY: flag,
  /** Hosts that attachments may be fetched from although their address is private: the demo's simulator. */
  TONGDAI_FETCH_ALLOW: list(hostAndPort),
  /** Where the contact centre is: days and hours of reports are those of its wall clocks. */
  TONGDAI_TIME_ZONE: TimeZone.default("Asia/Ho_Chi_Minh"),
  /** `embedded`: calls through the gateway's own SIP edge. */
  TONGDAI_TELEPHONY: z.enum(["off", "embedded"]).default("off"),
  /** The part behind the @ of our SIP addresses; absent: the public address's name. */
  TONGDAI_SIP_DOMAIN: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/, "write a name as sip.example.com")
    .optional(),
  /** Where SIP is taken for trunks over UDP and TCP; absent: phones by WebSocket only. */
  TONGDAI_SIP_LISTEN: hostAndPort.optional(),
  /** Where trunks call from: name=address or name=network, comma separated; a name may stand more than once. */
  TONGDAI_SIP_TRUNKS: list(trunk),
  /** Where rtpengine takes its ng protocol; absent: sound goes directly between the parties. */
  TONGDAI_RTPENGINE: hostAndPort.optional(),
  /** What callers hear while they wait: `tones`, a tune of our own, or a WAV file; absent: what their own telephone plays. */
  TONGDAI_QUEUE_MUSIC: z.string().optional(),
  /** The address by which callers reach the music; absent: every one that this machine has. */
  TONGDAI_MUSIC_ADDRESS: z.ipv4("write an address as 203.0.113.4").optional(),
  /** Where calls out are sent, by UDP; absent: nobody calls out. */
  TONGDAI_SIP_OUTBOUND: addressAndPort.optional(),
  /** Bearer token for /metrics; absent: only this machine may read them. */
  TONGDAI_METRICS_TOKEN: z.string().min(16).optional(),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** File path or `postgres://` address. */
  readonly databaseUrl: string;
  readonly webRoot: string | null;
  readonly publicUrl: string | null;
  readonly origins: readonly string[];
  readonly secretKey: string | null;
  readonly admin: { readonly username: string; readonly password: string } | null;
  readonly demo: boolean;
  /** Address of the simulator by the channel that it plays. */
  readonly simulators: Readonly<Record<string, string>>;
  readonly logLevel: string;
  readonly trustProxy: boolean;
  /** `host:port` entries. */
  readonly fetchAllow: readonly string[];
  readonly timeZone: string;
  readonly metricsToken: string | null;
  /** `null`: this gateway has no telephony. */
  readonly telephony: TelephonyConfig | null;
}

export interface TelephonyConfig {
  readonly domain: string;
  /** Null: phones by WebSocket only. */
  readonly listen: { readonly host: string; readonly port: number } | null;
  readonly trunks: readonly { readonly id: string; readonly addresses: readonly string[] }[];
  /** Null: sound goes directly between the parties. */
  readonly rtpengine: { readonly host: string; readonly port: number } | null;
  /** Null: callers hear what their own telephone plays while they wait. */
  readonly music: { readonly file: string | null; readonly address: string | null } | null;
  /** Absent: no calls out. */
  readonly outbound?: { readonly address: string; readonly port: number } | undefined;
}

/** Parses the environment. Throws an Error whose message is a sentence that says what to set. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // Container files set what they leave open to nothing.
  const parsed = Env.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== "")),
  );
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; "));
  const e = parsed.data;
  if (e.TONGDAI_SIP_OUTBOUND && !e.TONGDAI_SIP_LISTEN)
    throw new Error("TONGDAI_SIP_OUTBOUND needs TONGDAI_SIP_LISTEN: calls out leave by the same port.");
  if ((e.TONGDAI_ADMIN_USERNAME === undefined) !== (e.TONGDAI_ADMIN_PASSWORD === undefined))
    throw new Error("Set TONGDAI_ADMIN_USERNAME and TONGDAI_ADMIN_PASSWORD together, or neither.");
  if (e.TONGDAI_DEMO && Object.keys(e.TONGDAI_SIMULATORS).length === 0)
    throw new Error(
      "TONGDAI_DEMO=1 needs TONGDAI_SIMULATORS: the addresses of the simulators that play the vendors.",
    );
  return {
    host: e.TONGDAI_HOST,
    port: e.TONGDAI_PORT,
    dataDir: e.TONGDAI_DATA_DIR,
    databaseUrl: e.TONGDAI_DATABASE_URL ?? `${e.TONGDAI_DATA_DIR}/tongdai.db`,
    webRoot: e.TONGDAI_WEB_ROOT ?? null,
    publicUrl: e.TONGDAI_PUBLIC_URL ?? null,
    origins: e.TONGDAI_ORIGINS,
    secretKey: e.TONGDAI_SECRET_KEY ?? null,
    admin:
      e.TONGDAI_ADMIN_USERNAME && e.TONGDAI_ADMIN_PASSWORD
        ? { username: e.TONGDAI_ADMIN_USERNAME, password: e.TONGDAI_ADMIN_PASSWORD }
        : null,
    demo: e.TONGDAI_DEMO,
    simulators: e.TONGDAI_SIMULATORS,
    logLevel: e.TONGDAI_LOG_LEVEL,
    trustProxy: e.TONGDAI_TRUST_PROXY,
    fetchAllow: e.TONGDAI_FETCH_ALLOW,
    timeZone: e.TONGDAI_TIME_ZONE,
    metricsToken: e.TONGDAI_METRICS_TOKEN ?? null,
    telephony: e.TONGDAI_TELEPHONY === "off" ? null : telephonyOf(e),
  };
}

function musicOf(e: z.infer<typeof Env>): TelephonyConfig["music"] {
  const music = e.TONGDAI_QUEUE_MUSIC;
  if (music === undefined) return null;
  return { file: music === "tones" ? null : music, address: e.TONGDAI_MUSIC_ADDRESS ?? null };
}

function placeOf(text: string): { host: string; port: number } {
  const [host = "", port = ""] = text.split(":");
  return { host, port: Number(port) };
}

function telephonyOf(e: z.infer<typeof Env>): TelephonyConfig {
  const entries = e.TONGDAI_SIP_TRUNKS.map((entry) => entry.split("=") as [string, string]);
  return {
    domain: e.TONGDAI_SIP_DOMAIN ?? URL.parse(e.TONGDAI_PUBLIC_URL ?? "")?.hostname ?? "localhost",
    listen: e.TONGDAI_SIP_LISTEN ? placeOf(e.TONGDAI_SIP_LISTEN) : null,
    music: musicOf(e),
    rtpengine: e.TONGDAI_RTPENGINE ? placeOf(e.TONGDAI_RTPENGINE) : null,
    outbound: e.TONGDAI_SIP_OUTBOUND,
    trunks: [...Map.groupBy(entries, ([id]) => id)].map(([id, of]) => ({
      id,
      addresses: of.map(([, address]) => address),
    })),
  };
}
