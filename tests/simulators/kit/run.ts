interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** A simulator as a program of its own: says where it listens, and ends with a signal. */
export async function runSimulator(start: (env: NodeJS.ProcessEnv) => Promise<Running>): Promise<void> {
  // The page is TypeScript stripped by Node itself, which announces that on the terminal each time.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") process.stderr.write(`${warning.stack}\n`);
  });
  const simulator = await start(process.env);
  process.stdout.write(`simulator listening ${simulator.url}\n`);
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void simulator.close().then(() => process.exit(0));
    });
  }
}
