import { AppError, type Clock, ConfigPlan, LetterBody, LoggedIn, Uploaded, User } from "@tongdai/shared";
import { z } from "zod";
import { fromWire } from "./failure.ts";

export interface Rest {
  /** @param newPassword takes the place of one that was given, which opens no session */
  logIn(username: string, password: string, newPassword?: string): Promise<User>;
  logOut(): Promise<void>;
  /** `null`: nobody is logged in. */
  me(): Promise<User | null>;
  demo(): Promise<Demo | null>;
  upload(file: Blob, name: string, watch: UploadWatch): Promise<Uploaded>;
  media(mediaId: string, size: "full" | "thumbnail"): Promise<Blob>;
  /** @param images those that lie elsewhere too */
  letterBody(messageId: string, images: boolean): Promise<LetterBody>;
  /** The facts behind the numbers of some days. @param query of the address */
  reportFacts(query: string): Promise<Blob>;
  auditFile(query: string): Promise<Blob>;
  configFile(): Promise<Blob>;
  /** Brings a configuration in, or only tells what that would do. @param file JSON */
  bringConfig(file: string, o: { readonly apply: boolean }): Promise<ConfigPlan>;
}

export interface UploadWatch {
  readonly progress: (part: number) => void;
  /** Fires to give up. */
  readonly signal: AbortSignal;
}

/** Where the session is kept: a cookie by the browser, or a token by the desktop's secure store. */
export interface TokenKeeper {
  readonly carry: "cookie" | "token";
  get(): string | null;
  set(token: string): Promise<void>;
  clear(): Promise<void>;
}

const Demo = z.object({
  users: z.array(z.object({ username: z.string(), name: z.string(), roles: z.array(z.string()) })),
  password: z.string(),
});
export type Demo = z.infer<typeof Demo>;

interface Options {
  /** Empty: the page's own origin. */
  readonly baseUrl: string;
  readonly tokens: TokenKeeper;
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
}

const answerMs = 15_000;
/** A whole configuration is thousands of things. */
const configMs = 120_000;

export function createRest({
  baseUrl,
  tokens,
  clock,
  fetch = globalThis.fetch.bind(globalThis),
}: Options): Rest {
  const at = (path: string) => `${baseUrl}/api/v1${path}`;
  const credentials = tokens.carry === "cookie" ? "include" : "omit";
  const authorization = (): Record<string, string> => {
    const token = tokens.get();
    return token === null ? {} : { authorization: `Bearer ${token}` };
  };

  async function call(path: string, init: RequestInit = {}, within = answerMs): Promise<Response> {
    const stop = new AbortController();
    const undo = clock.after(within, () => stop.abort());
    try {
      const headers = { ...authorization(), ...(init.body ? { "content-type": "application/json" } : {}) };
      const response = await fetch(at(path), { ...init, headers, credentials, signal: stop.signal });
      if (response.ok) return response;
      throw await refusal(response);
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError("unavailable", `no answer from ${baseUrl || "the gateway"}`);
    } finally {
      undo();
    }
  }

  return {
    async logIn(username, password, newPassword) {
      const body = JSON.stringify({ username, password, newPassword, carry: tokens.carry });
      const answer = LoggedIn.parse(await (await call("/sessions", { method: "POST", body })).json());
      if (answer.token !== null) await tokens.set(answer.token);
      return answer.user;
    },
    async logOut() {
      try {
        await call("/sessions/current", { method: "DELETE" });
      } finally {
        await tokens.clear();
      }
    },
    async me() {
      try {
        const answer = await call("/me");
        return answer.status === 204 ? null : User.parse(await answer.json());
      } catch (error) {
        if (error instanceof AppError && error.code === "unauthenticated") return null;
        throw error;
      }
    },
    async demo() {
      try {
        const answer = Demo.safeParse(await (await call("/demo")).json());
        return answer.success ? answer.data : null;
      } catch {
        // Only a demo gateway has this path; its absence is no error.
        return null;
      }
    },
    upload: (file, name, watch) =>
      upload(
        { url: at("/media"), headers: authorization(), withCredentials: tokens.carry === "cookie" },
        file,
        name,
        watch,
      ),
    async media(mediaId, size) {
      return (await call(`/media/${mediaId}${size === "thumbnail" ? "/thumbnail" : ""}`)).blob();
    },
    async letterBody(messageId, images) {
      return LetterBody.parse(
        await (await call(`/messages/${messageId}/body?images=${images ? 1 : 0}`)).json(),
      );
    },
    async auditFile(query) {
      return (await call(`/audit.csv?${query}`)).blob();
    },
    async configFile() {
      return (await call("/config.json", {}, configMs)).blob();
    },
    async bringConfig(file, { apply }) {
      const path = `/config?apply=${apply ? 1 : 0}`;
      const answer = await call(path, { method: "POST", body: file }, configMs);
      return ConfigPlan.parse(await answer.json());
    },
    async reportFacts(query) {
      return (await call(`/reports/facts.csv?${query}`)).blob();
    },
  };
}

interface Target {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly withCredentials: boolean;
}

/** By XMLHttpRequest: `fetch` cannot tell how much of a body has gone out. */
function upload(target: Target, file: Blob, name: string, watch: UploadWatch): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, name);
    xhr.open("POST", target.url);
    xhr.withCredentials = target.withCredentials;
    for (const [key, value] of Object.entries(target.headers)) xhr.setRequestHeader(key, value);
    xhr.upload.onprogress = (event) => event.lengthComputable && watch.progress(event.loaded / event.total);
    xhr.onerror = () => reject(new AppError("unavailable", "the upload broke off"));
    xhr.onabort = () => reject(new AppError("unavailable", "the upload was given up"));
    xhr.onload = () => {
      const body = parseJson(xhr.responseText);
      const uploaded = Uploaded.safeParse(body);
      if (xhr.status < 300 && uploaded.success) resolve(uploaded.data);
      else reject(said(xhr.status, body));
    };
    watch.signal.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.send(form);
  });
}

async function refusal(response: Response): Promise<AppError> {
  return said(response.status, parseJson(await response.text().catch(() => "")));
}

/** The body is a WireError, bare or under `error`; without one the status has to do. */
function said(status: number, body: unknown): AppError {
  const inner = z.object({ error: z.unknown() }).safeParse(body);
  const fallback = new AppError(codeOf(status), `status ${status}`);
  return fromWire(body, fromWire(inner.success ? inner.data.error : null, fallback));
}

function codeOf(status: number) {
  switch (status) {
    case 401:
      return "unauthenticated";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 413:
      return "too_large";
    case 415:
      return "unsupported_media";
    case 429:
      return "rate_limited";
    case 502:
    case 503:
    case 504:
      return "unavailable";
    default:
      return "internal";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
