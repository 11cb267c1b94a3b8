import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { ConfigPlan, type ConfigTodo, LoggedIn, WireError } from "@tongdai/shared";
import { z } from "zod";
import { askSecret } from "./ask-secret.ts";

const HELP = `npm run config:export -- --username NAME [--out FILE] [--url URL]
npm run config:import -- FILE --username NAME [--apply] [--url URL]

Takes the configuration out of a running gateway as one file, or brings one in: without --apply it only tells what
would be done. All of it is done or nothing.

  --username  who does it: an administrator; the password is asked for, or is the first line of standard input
  --out       where the file goes; without it, standard output
  --url       the gateway's address (http://127.0.0.1 and TONGDAI_PORT)
`;

/** What was typed is wrong. */
class Mistyped extends Error {}
/** The gateway said no. */
class Refused extends Error {}

const options = {
  username: { type: "string" },
  out: { type: "string" },
  url: { type: "string" },
  apply: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The command line's `config-export` and `config-import`. @returns the exit code: 64 for what was typed, 1 for a refusal */
export async function runConfigCommand(
  name: "config-export" | "config-import",
  args: readonly string[],
  { port }: { readonly port: number },
): Promise<number> {
  try {
    const { values, positionals } = read(args);
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const [path] = positionals;
    if (name === "config-import" && path === undefined) throw new Mistyped("Say which file to bring in.");
    if (!values.username) throw new Mistyped("Say who does it: --username NAME");
    const file = path === undefined ? null : await contentOf(path);
    const url = (values.url ?? `http://127.0.0.1:${port}`).replace(/\/+$/, "");
    const session = await logIn(url, values.username);
    try {
      if (file !== null) await bringIn(session, { file, apply: values.apply });
      else await takeOut(session, values.out);
    } finally {
      await session("DELETE", "/sessions/current");
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Mistyped || error instanceof Refused)) throw error;
    process.stderr.write(`${error.message}\n${error instanceof Mistyped ? "See --help.\n" : ""}`);
    return error instanceof Mistyped ? 64 : 1;
  }
}

function read(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Mistyped(error instanceof Error ? error.message : String(error));
  }
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new Mistyped(`${path} cannot be read.`);
  }
}

type Session = (method: "GET" | "POST" | "DELETE", path: string, body?: string) => Promise<string>;

async function logIn(url: string, username: string): Promise<Session> {
  const password = await askSecret(`Password of ${username}: `);
  const at = asking(url, {});
  const { token } = LoggedIn.parse(
    JSON.parse(await at("POST", "/sessions", JSON.stringify({ username, password, carry: "token" }))),
  );
  return asking(url, { authorization: `Bearer ${token}` });
}

const asking =
  (url: string, headers: Readonly<Record<string, string>>): Session =>
  async (method, path, body) => {
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    let response: Response;
    try {
      const init = { method, headers: { ...headers, ...type }, ...(body !== undefined && { body }) };
      response = await fetch(`${url}/api/v1${path}`, init);
    } catch {
      throw new Refused(`Nothing answers at ${url}: start the gateway, or say where it is with --url.`);
    }
    const text = await response.text();
    if (!response.ok) throw new Refused(saidIn(text) ?? `The gateway answered HTTP ${response.status}.`);
    return text;
  };

const Answered = z.object({ error: WireError });

function saidIn(text: string): string | null {
  try {
    return Answered.parse(JSON.parse(text)).error.message;
  } catch {
    return null;
  }
}

async function takeOut(ask: Session, out: string | undefined): Promise<void> {
  const file = `${JSON.stringify(JSON.parse(await ask("GET", "/config.json")), null, 2)}\n`;
  if (out === undefined) process.stdout.write(file);
  else await writeFile(out, file, { mode: 0o600 });
}

const Shown = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const show = (value: unknown): string => {
  const plain = Shown.safeParse(value);
  return plain.success ? String(plain.data ?? "–") : JSON.stringify(value);
};

const TODO: Readonly<Record<ConfigTodo, string>> = {
  give_secrets: "switched off: its secrets are not in the file, give them on the page of channels",
  give_password: "cannot log in yet: give a password on the page of people",
  switch_on: "switched off: give its receiver the new secret, then switch it on",
};

async function bringIn(ask: Session, { file, apply }: { file: string; apply: boolean }): Promise<void> {
  const { steps } = ConfigPlan.parse(JSON.parse(await ask("POST", `/config?apply=${apply ? 1 : 0}`, file)));
  const done = steps.filter(({ did }) => did !== "left");
  for (const { section, name, did, changes, todo } of steps) {
    if (did === "left" && todo === null) continue;
    process.stdout.write(`${did.padEnd(8)} ${section}: ${name}\n`);
    for (const { path, was, is } of changes)
      process.stdout.write(`           ${path.join(".")}: ${show(was)} -> ${show(is)}\n`);
    if (todo !== null) process.stdout.write(`           ${TODO[todo]}\n`);
  }
  const left = steps.length - done.length;
  const verdict = apply ? "Done." : "Nothing is changed yet: add --apply.";
  process.stdout.write(`${done.length} to write, ${left} as they are. ${verdict}\n`);
}
