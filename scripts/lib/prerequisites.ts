import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UserError } from "./cli.ts";
import { exitCode, inView } from "./command.ts";

/** A program, font or library of the operating system that the tests need and npm does not bring. */
export interface Prerequisite {
  readonly name: string;
  readonly debianPackage: string;
  readonly found: boolean;
  /** The tests pass without it, on a machine less like a user's; it comes along when something else must. */
  readonly optional?: boolean;
}

export interface Machine {
  readonly debian: boolean;
  readonly root: boolean;
}

export type Plan =
  | { readonly kind: "ready" }
  | { readonly kind: "install"; readonly packages: string[] }
  | { readonly kind: "stop"; readonly message: string };

export function plan(prerequisites: readonly Prerequisite[], machine: Machine): Plan {
  const missing = prerequisites.filter((item) => !item.found);
  const needed = missing.filter((item) => !item.optional);
  if (needed.length === 0) return { kind: "ready" };
  if (machine.debian && machine.root) {
    return { kind: "install", packages: missing.map((item) => item.debianPackage) };
  }
  const names = needed.map((item) => item.name).join(" and ");
  const packages = needed.map((item) => item.debianPackage).join(" ");
  const advice = machine.debian
    ? `Type: sudo apt-get update && sudo apt-get install -y ${packages}`
    : `Install ${names} with your system's package manager, and set CHROMIUM to the browser's program if it is in an unusual place.`;
  return { kind: "stop", message: `The tests need ${names}, which this machine does not have. ${advice}` };
}

/** Makes sure of everything, and says in which program the end-to-end tests find their browser. */
export async function ensurePrerequisites(): Promise<{ chromium: string }> {
  const machine: Machine = { debian: isDebian(), root: process.getuid?.() === 0 };
  const first = plan(inspect(), machine);
  if (first.kind === "install") await install(first.packages);
  const second = plan(inspect(), { ...machine, root: false });
  if (second.kind === "stop") throw new UserError(second.message);
  const chromium = findChromium();
  if (!chromium) throw new UserError("Chromium is missing: set CHROMIUM to its program.");
  return { chromium };
}

function inspect(): Prerequisite[] {
  const fonts = "/usr/share/fonts/truetype/noto";
  const linux = process.platform === "linux";
  return [
    { name: "Chromium", debianPackage: "chromium", found: findChromium() !== undefined },
    { name: "PostgreSQL", debianPackage: "postgresql", found: hasPostgres() },
    {
      name: "the Noto fonts",
      debianPackage: "fonts-noto-core",
      found: !linux || existsSync(join(fonts, "NotoSans-Regular.ttf")),
      optional: true,
    },
    {
      name: "the emoji font",
      debianPackage: "fonts-noto-color-emoji",
      found: !linux || existsSync(join(fonts, "NotoColorEmoji.ttf")),
      optional: true,
    },
    // Real mail servers, which take root to run.
    ...[
      { name: "Dovecot", debianPackage: "dovecot-imapd", file: "/usr/lib/dovecot/imap" },
      { name: "Dovecot's LMTP", debianPackage: "dovecot-lmtpd", file: "/usr/lib/dovecot/lmtp" },
      { name: "OpenSMTPD", debianPackage: "opensmtpd", file: "/usr/sbin/smtpd" },
    ].map(({ file, ...item }) => ({
      ...item,
      found: !linux || process.getuid?.() !== 0 || existsSync(file),
    })),
    {
      // A SIP peer that shares no code with ours; without it that one test is skipped.
      name: "sipp",
      debianPackage: "sip-tester",
      found: !linux || inPath("sipp").some(existsSync),
      optional: true,
    },
    {
      // Carries the sound of calls; without it that one test is skipped.
      name: "rtpengine",
      debianPackage: "rtpengine-daemon",
      found: !linux || inPath("rtpengine").some(existsSync),
      optional: true,
    },
    // Failing disks: a tracer that makes a flush fail, and a file system to cut the power of, which takes root.
    { name: "strace", debianPackage: "strace", found: !linux || inPath("strace").some(existsSync) },
    {
      name: "mkfs.ext4",
      debianPackage: "e2fsprogs",
      found:
        !linux ||
        process.getuid?.() !== 0 ||
        [...inPath("mkfs.ext4"), "/usr/sbin/mkfs.ext4"].some(existsSync),
    },
  ];
}

function findChromium(): string | undefined {
  const mac = ["Chromium", "Google Chrome"].map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  const own = process.env["CHROMIUM"];
  if (own) return existsSync(own) ? own : undefined;
  return [...["chromium", "chromium-browser", "google-chrome"].flatMap(inPath), ...mac].find((file) =>
    existsSync(file),
  );
}

/** Debian keeps the server's programs outside PATH. */
function hasPostgres(): boolean {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return [...versions.map((version) => join(debian, version, "bin", "initdb")), ...inPath("initdb")].some(
    (file) => existsSync(file),
  );
}

function inPath(program: string): string[] {
  return (process.env["PATH"] ?? "").split(delimiter).map((dir) => join(dir, program));
}

function isDebian(): boolean {
  const file = "/etc/os-release";
  return existsSync(file) && /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync(file, "utf8"));
}

async function install(packages: string[]): Promise<void> {
  console.log(`Installing the Debian packages ${packages.join(", ")} ...`);
  const options = { ...inView, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
  const updated = await exitCode(spawn("/usr/bin/apt-get", ["update", "-qq"], options));
  if (updated === 0 && (await exitCode(spawn("/usr/bin/apt-get", args, options))) === 0) return;
  throw new UserError(
    `The Debian packages could not be installed (the reason is above). Mend that, or type: apt-get update && apt-get install -y ${packages.join(" ")}`,
  );
}
