import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";

const run = promisify(execFile);

export interface MailServer {
  /** Its mailboxes are `PEOPLE`. */
  readonly domain: string;
  /** Whose server knows nobody: OpenSMTPD sends a letter to it back. */
  readonly refusingDomain: string;
  readonly password: string;
  readonly imapPort: number;
  readonly smtpPort: number;
  /** Hands a letter in by SMTP. Lines may end as they do here. */
  send(o: { from: string; to: readonly string[]; raw: string }): Promise<void>;
  /** What lies in a mailbox, the oldest first. */
  inbox(user: string): Promise<string[]>;
  /** The letters of a folder as their owner sees them, the oldest first. */
  look(user: string, folder?: string): { readonly seen: boolean; readonly raw: string }[];
  /** Puts a mail into a mailbox as it stands, past SMTP. */
  drop(user: string, raw: string | Buffer, folder?: string): Promise<void>;
  /** Puts many letters into INBOX at once, as if they had come at `at` (epoch milliseconds). */
  fill(user: string, letters: Iterable<string>, at: number): Promise<void>;
  /** What the server does with a folder's numbers when an administrator restores it from elsewhere: all of them are new. */
  renumber(user: string, folder?: string): Promise<void>;
  stopImap(): Promise<void>;
  startImap(): Promise<void>;
  close(): Promise<void>;
}

export const PEOPLE = ["support", "sales", "mai", "lan", "hoa"] as const;
const DOMAIN = "sen.test";
const REFUSING_DOMAIN = "gone.test";
const PASSWORD = "mat-khau-hop-thu";
/** What a mailbox holds: more than any test puts into one. */
export const MAILBOX_KB = 4 * 1024 * 1024;
const DOVECOT = ["/usr/sbin/dovecot"];
const SMTPD = ["/usr/sbin/smtpd"];

/**
 * Dovecot and OpenSMTPD of Debian, in a directory of their own and on ports of their own. OpenSMTPD keeps its queue and its
 * socket where it was built to: it gets a view of the file system in which these places are its own.
 * @param o.introspectionUrl who tells Dovecot of whom a token is; without it there are passwords only
 */
export async function startMailServer(o: { introspectionUrl?: string } = {}): Promise<MailServer> {
  if (process.getuid?.() !== 0 || ![...DOVECOT, ...SMTPD].every((file) => existsSync(file)))
    throw new Error(
      "These tests need Dovecot and OpenSMTPD, and root to run them. Type: sudo apt-get update && sudo apt-get install -y dovecot-imapd dovecot-lmtpd opensmtpd",
    );
  const dir = mkdtempSync(join(tmpdir(), "tongdai-mail-"));
  chmodSync(dir, 0o755);
  const [imapPort, lmtpPort, smtpPort] = [await freePort(), await freePort(), await freePort()];
  const dovecotFile = join(dir, "dovecot.conf");
  const smtpdFile = join(dir, "smtpd.conf");
  for (const name of ["mail", "run", "spool"]) mkdirSync(join(dir, name), { mode: 0o755 });
  await run("chown", ["mail:mail", join(dir, "mail")]);
  const users = PEOPLE.map((name) => `${name}:::::${join(dir, "mail", name)}::`);
  writeFileSync(join(dir, "users"), `${users.join("\n")}\n`);
  const tokenFile = join(dir, "oauth2.conf");
  if (o.introspectionUrl !== undefined) writeFileSync(tokenFile, tokenConfig(o.introspectionUrl));
  const tokens = o.introspectionUrl === undefined ? "" : tokenLogin(tokenFile);
  writeFileSync(dovecotFile, dovecotConfig(dir, { imapPort, lmtpPort }) + tokens);
  const refusing = await refusingServer();
  writeFileSync(smtpdFile, smtpdConfig({ smtpPort, lmtpPort, refusingPort: refusing.port }), { mode: 0o600 });

  const startImap = async (): Promise<ChildProcess> => {
    const child = spawn(DOVECOT[0] ?? "", ["-c", dovecotFile, "-F"], { stdio: "ignore" });
    await listening(imapPort, child);
    await listening(lmtpPort, child);
    return child;
  };
  let imap = await startImap();
  const smtp = spawn(
    "/usr/bin/unshare",
    [
      "--mount",
      "sh",
      "-c",
      `mount --bind "$1/spool" /var/spool && mkdir -p -m 711 /var/spool/smtpd && mount --bind "$1/run" /run && exec ${SMTPD[0]} -d -f "$2"`,
      "sh",
      dir,
      smtpdFile,
    ],
    { stdio: "ignore" },
  );
  await listening(smtpPort, smtp);
  const folderOf = (user: string, folder?: string): string =>
    join(dir, "mail", user, ...(folder === undefined ? [] : [`.${folder}`]));

  // In a Maildir a file is a letter, and its flags are the end of its name.
  const look: MailServer["look"] = (user, folder) =>
    ["new", "cur"]
      .map((part) => join(folderOf(user, folder), part))
      .filter((part) => existsSync(part))
      .flatMap((part) => readdirSync(part).map((name) => join(part, name)))
      .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
      .map((file) => ({ seen: /:2,[A-Z]*S/.test(file), raw: readFileSync(file, "utf8") }));

  return {
    domain: DOMAIN,
    refusingDomain: REFUSING_DOMAIN,
    password: PASSWORD,
    imapPort,
    smtpPort,
    send: (o) => submit(smtpPort, o),
    inbox: async (user) => look(user).map((found) => found.raw),
    look,
    async drop(user, raw, folder) {
      const maildir = folderOf(user, folder);
      for (const part of ["tmp", "new", "cur"]) mkdirSync(join(maildir, part), { recursive: true });
      const name = `${Date.now()}.${randomUUID()}.test`;
      await writeFile(join(maildir, "tmp", name), raw);
      await run("chown", ["-R", "mail:mail", folderOf(user)]);
      await rename(join(maildir, "tmp", name), join(maildir, "new", name));
    },
    async fill(user, letters, at) {
      const maildir = folderOf(user);
      for (const part of ["tmp", "new", "cur"]) mkdirSync(join(maildir, part), { recursive: true });
      let count = 0;
      for (const raw of letters) {
        const file = join(maildir, "new", `${at}.M${count++}.test`);
        writeFileSync(file, raw);
        utimesSync(file, at / 1000, at / 1000);
      }
      await run("chown", ["-R", "mail:mail", maildir]);
    },
    async renumber(user, folder) {
      await stop(imap);
      for (const name of ["dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"])
        rmSync(join(folderOf(user, folder), name), { force: true });
      imap = await startImap();
    },
    stopImap: () => stop(imap),
    async startImap() {
      imap = await startImap();
    },
    async close() {
      await Promise.all([stop(imap), stop(smtp), refusing.close()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const dovecotConfig = (dir: string, p: { imapPort: number; lmtpPort: number }): string => `
base_dir = ${dir}/run/dovecot
log_path = ${dir}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:~
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
mailbox_list_index = no
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=${MAILBOX_KB}K
}
passdb {
  driver = static
  mechanisms = plain login
  args = password=${PASSWORD}
}
userdb {
  driver = passwd-file
  args = username_format=%n ${dir}/users
  default_fields = uid=mail gid=mail
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = ${p.imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${p.lmtpPort}
  }
}
`;

const tokenLogin = (file: string): string => `
auth_mechanisms = plain xoauth2
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = ${file}
}
`;

const tokenConfig = (introspectionUrl: string): string => `
introspection_mode = get
introspection_url = ${introspectionUrl}
username_attribute = email
active_attribute = active
active_value = true
`;

const smtpdConfig = (p: { smtpPort: number; lmtpPort: number; refusingPort: number }): string => `
table people { "@" = "mail" }
listen on 127.0.0.1 port ${p.smtpPort}
action refused relay host "smtp+notls://127.0.0.1:${p.refusingPort}"
match from any for domain "${REFUSING_DOMAIN}" action refused
action deliver lmtp "127.0.0.1:${p.lmtpPort}" rcpt-to virtual <people>
match from any for domain "${DOMAIN}" action deliver
`;

/** Another server, to which every recipient is a stranger. */
async function refusingServer(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.write("220 gone.test\r\n");
    createInterface({ input: socket }).on("line", (line) => {
      socket.write(line.startsWith("RCPT") ? "550 5.1.1 no such mailbox here\r\n" : "250 ok\r\n");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return {
    port: address.port,
    async close() {
      server.close();
      await once(server, "close");
    },
  };
}

/** As any program that hands letters in. */
async function submit(port: number, o: { from: string; to: readonly string[]; raw: string }): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const say = async (line: string | null, expected: string): Promise<void> => {
    if (line !== null) socket.write(`${line}\r\n`);
    for (;;) {
      const { value } = (await lines.next()) as { value?: string };
      if (value === undefined || !value.startsWith(expected)) throw new Error(`SMTP: ${line}: ${value}`);
      if (value[3] !== "-") return;
    }
  };
  try {
    await say(null, "220");
    await say("EHLO test", "250");
    await say(`MAIL FROM:<${o.from}>`, "250");
    for (const to of o.to) await say(`RCPT TO:<${to}>`, "250");
    await say("DATA", "354");
    const body = o.raw.replaceAll(/\r?\n/g, "\r\n").replaceAll(/^\./gm, "..");
    await say(`${body}\r\n.`, "250");
  } finally {
    socket.destroy();
  }
}

/** Tries until somebody listens, or the program that should has ended. */
async function listening(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`a mail server ended with ${child.exitCode}`);
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
