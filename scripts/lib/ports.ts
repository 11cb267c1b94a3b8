import { createServer } from "node:net";
import { UserError } from "./cli.ts";

export interface WantedPort {
  readonly port: number;
  readonly usedFor: string;
  /** The command that takes another port, without its number; absent when the port is fixed. */
  readonly otherwise?: string;
}

/** Says which port is taken before anything is started on it. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const { port, usedFor, otherwise } of wanted) {
    const problem = await tryToListen(port);
    if (problem === undefined) continue;
    const reason =
      problem === "EADDRINUSE"
        ? "is taken: Tongdai runs already or another program uses it"
        : `cannot be used (${problem})`;
    const advice = otherwise
      ? `Stop that, or choose another port: ${otherwise} ${port < 1024 ? port + 4000 : port + 100}`
      : "Stop that first.";
    throw new UserError(`Port ${port}, for ${usedFor}, ${reason}. ${advice}`);
  }
}

function tryToListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
  });
}
