// The first thing that runs in a fresh clone: plain JavaScript for Node 20, without a package. It installs what
// package-lock.json says when that is missing or out of date, then hands over to scripts/<what>.ts on Node 24.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const HELP = `Usage: node scripts/bootstrap.mjs <script> [arguments]

Installs the packages of package-lock.json when they are missing or out of date, then runs
scripts/<script>.ts on Node 24. The scripts of package.json ("npm run") all come through here.`;

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const marker = join(modules, ".tongdai-lock");
// The names that npm gives the packages of Node.
const os = process.platform === "win32" ? "win" : process.platform;
const nodePackage = `node-${os}-${process.arch}`;
const broughtNode = join(modules, nodePackage, "bin", process.platform === "win32" ? "node.exe" : "node");
const installNode24 = "Install Node 24 (https://nodejs.org), then run the same command again.";

/** An error whose message is for the person at the keyboard: one sentence, and what to do next. */
class Stop extends Error {}

const major = Number(process.versions.node.split(".")[0]);

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

async function main() {
  const [what, ...rest] = process.argv.slice(2);
  if (what === undefined || what === "--help" || what === "-h") {
    console.log(HELP);
    return what === undefined ? 1 : 0;
  }
  if (major < 20) {
    throw new Stop(`Node 20 or newer is needed and this is ${process.version}. ${installNode24}`);
  }
  const script = join(root, "scripts", `${what}.ts`);
  if (!existsSync(script)) throw new Stop(`There is no script "${what}": look for its name in package.json.`);
  return handOver(await ensureInstalled(), [script, ...rest]);
}

/** Gives the Node 24 to go on with. */
async function ensureInstalled() {
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256")
    .update(lock)
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return findNode24();
  if (!matchesLock(JSON.parse(lock.toString("utf8")))) await install();
  // Before the marker: who lacks it shall have another install, not the same complaint.
  const node = findNode24();
  writeFileSync(marker, wanted);
  return node;
}

/**
 * Somebody may have typed "npm install" or "npm ci" themselves: npm's own record in node_modules tells.
 * Packages for other platforms are in the lock and not on the disk; npm also passes over an optional package
 * that it could not fetch, and our Node is one.
 */
function matchesLock(lock) {
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  if (lock.packages[`node_modules/${nodePackage}`] && !existsSync(broughtNode)) return false;
  return (
    Object.keys(installed).every((path) => lock.packages[path] !== undefined) &&
    Object.entries(lock.packages).every(([path, entry]) => {
      const here = installed[path];
      if (!path.includes("node_modules/")) return true;
      return here === undefined ? entry.optional === true : here.version === entry.version;
    })
  );
}

/** Install scripts stay off: no package of the lock needs one. */
async function install() {
  const count = Object.keys(readJson(join(root, "package-lock.json")).packages).length;
  console.log(`Installing up to ${count} packages, as package-lock.json says (about half a minute) ...`);
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith("npm-cli.js") ? [process.execPath, [npm]] : ["npm", []];
  const started = Date.now();
  const stopProgress = showProgress(started);
  const args = [
    ...first,
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--no-progress",
  ];
  const { code, output, interrupted } = await capture(command, args).finally(stopProgress);
  if (interrupted) throw new Stop("Interrupted: the same command installs again from the start.");
  if (code !== 0) {
    console.error(output.trimEnd());
    throw new Stop(
      "The packages could not be installed (npm's reason is above). Check the network and the free disk space, then run the same command again.",
    );
  }
  console.log(`Installed in ${seconds(started)} s.`);
}

const seconds = (started) => Math.round((Date.now() - started) / 1000);

/** On a terminal one line that counts, elsewhere a line now and then. */
function showProgress(started) {
  const terminal = process.stdout.isTTY;
  const timer = setInterval(
    () =>
      process.stdout.write(
        `${terminal ? "\r" : ""}  still installing, ${seconds(started)} s${terminal ? "" : "\n"}`,
      ),
    terminal ? 1000 : 10_000,
  );
  return () => {
    clearInterval(timer);
    if (terminal) process.stdout.write("\r\u001b[K");
  };
}

function capture(command, args) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === "win32" && command === "npm";
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
    let interrupted = false;
    const undo = forwardSignals(child, () => {
      interrupted = true;
    });
    child.once("error", (error) => reject(new Stop(`npm could not be started: ${error.message}.`)));
    child.once("close", (code) => {
      undo();
      resolve({ code, output: Buffer.concat(chunks).toString("utf8"), interrupted });
    });
  });
}

/** The Node 24 that the lock brings, else the one that runs this. */
function findNode24() {
  if (existsSync(broughtNode)) return broughtNode;
  if (major >= 24) return process.execPath;
  if (process.platform === "darwin") {
    throw new Stop(
      `On macOS Tongdai needs your own Node 24 and this is ${process.version}. ${installNode24}`,
    );
  }
  throw new Stop(
    `Node 24 is needed, this is ${process.version}, and ${nodePackage} is not among the installed packages. ${installNode24}`,
  );
}

function handOver(node, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: root,
      // The channel tells the script when this process dies without a signal that it could pass on.
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      env: {
        ...process.env,
        PATH: [join(modules, ".bin"), process.env.PATH].join(delimiter),
        TURBO_TELEMETRY_DISABLED: "1",
        // Under CI some tools write colours into a file.
        ...(!process.stdout.isTTY && !process.env.FORCE_COLOR && { NO_COLOR: "1" }),
      },
    });
    const undo = forwardSignals(child);
    child.once("error", (error) =>
      reject(
        new Stop(
          `${node} could not be started (${error.message}). Delete node_modules and run the same command again.`,
        ),
      ),
    );
    child.once("exit", (code, signal) => {
      undo();
      resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
    });
  });
}

function forwardSignals(child, onSignal = () => {}) {
  const listeners = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
    const forward = () => {
      onSignal();
      child.kill(signal);
    };
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  const parent = process.ppid;
  // npm signals the shell between it and us, which dies of it and passes nothing on.
  const orphaned = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) child.kill("SIGTERM");
  }, 250);
  orphaned.unref();
  return () => {
    clearInterval(orphaned);
    for (const undo of listeners) undo();
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
