/** Lets sockets and timers have their turn: an embedded store answers without waiting, so work with it holds the process. */
export const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume));

/** Rows of an embedded store that are looked at between two breaths: a few milliseconds. */
export const WINDOW = 5_000;
