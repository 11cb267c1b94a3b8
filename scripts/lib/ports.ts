import { createServer } from "node:net";
import { UserError } from "./cli.ts";

export interface WantedPort {
  readonly port: number;
  readonly usedFor: string;
  readonly option: string;
}

/** Says which port is taken before anything is started on it. */
export async function requireFreePorts(wanted: WantedPort[]): Promise<void> {
  for (const { port, usedFor, option } of wanted) {
    const problem = await tryToListen(port);
    if (problem === undefined) continue;
    if (problem === "EADDRINUSE") {
      throw new UserError(
        `Port ${port}, for ${usedFor}, is taken: Tongdai runs already or another program uses it. Stop that, or choose another port: npm start -- ${option} ${port + 100}`,
      );
    }
    throw new UserError(
      `Port ${port}, for ${usedFor}, cannot be used (${problem}). Choose another: npm start -- ${option} ${port < 1024 ? port + 4000 : port + 100}`,
    );
  }
}

function tryToListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
  });
}
