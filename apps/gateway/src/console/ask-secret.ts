import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** Asks on the terminal without showing what is typed; without a terminal reads one line. */
export function askSecret(question: string): Promise<string> {
  const { stdin, stdout } = process;
  if (stdin.isTTY) stdout.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });
  return new Promise((resolve) => {
    lines.once("line", (line) => {
      // Before closing, whose event stands for "nothing was typed".
      resolve(line);
      lines.close();
      if (stdin.isTTY) stdout.write("\n");
    });
    lines.once("close", () => resolve(""));
  });
}
