import type { Client } from "../actions/client.ts";

/** Runs something every so many seconds. @returns its undo */
export function repeat(client: Client, seconds: number, again: () => void): () => void {
  let undo = () => {};
  const next = () => {
    undo = client.clock.after(seconds * 1_000, () => {
      again();
      next();
    });
  };
  next();
  return () => undo();
}
