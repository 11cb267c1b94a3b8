import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fakeClock } from "@tongdai/shared/testing";
import { ImapFlow } from "imapflow";
import { expect, test } from "vitest";
import { answered } from "./imap.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

test("a connection keeps nothing of what was fetched through it", async () => {
  const client = new ImapFlow({ host: "127.0.0.1", port: 1, secure: false, auth: { user: "", pass: "" } });
  const mailbox = { client, lost: new AbortController().signal, close: () => {} };
  const clock = fakeClock(0);
  const fetched = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const letter = { source: `letter ${i}` };
      await answered(mailbox, clock, Promise.resolve(letter));
      return new WeakRef(letter);
    }),
  );
  await new Promise(setImmediate);
  collect();
  expect(fetched.filter((letter) => letter.deref()).length).toBe(0);
  expect(mailbox.lost.aborted).toBe(false);
});
