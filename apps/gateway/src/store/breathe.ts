/** Lets sockets and timers have their turn between two looks at an embedded store, which answers without waiting. */
export const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume));
