export interface StopSignal {
  /** Resolves at the first Ctrl-C, SIGTERM, closed terminal, or death of the process that started us. */
  readonly asked: Promise<void>;
  dispose(): void;
}

/** On Ctrl-C the terminal signals us and npm passes its own copy on: those are one wish, not two. */
const ECHO_MS = 700;

export function listenForStop(onInsist: () => void): StopSignal {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let last = Number.NEGATIVE_INFINITY;
  let wishes = 0;
  const onSignal = () => {
    const now = performance.now();
    if (now - last > ECHO_MS) wishes += 1;
    last = now;
    if (wishes === 1) resolve();
    else onInsist();
  };
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, onSignal);
  const onOrphaned = () => resolve();
  process.on("disconnect", onOrphaned);
  // Listening holds the process open; the channel alone is no reason to stay.
  process.channel?.unref();
  return {
    asked,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal);
      process.off("disconnect", onOrphaned);
    },
  };
}
