import { expect, test } from "vitest";
import type { Entry } from "../store/index.ts";
import { parcelsFor } from "./parcels.ts";

const entry = (seq: number, scopes: string[], name: Entry["name"] = "message.created"): Entry => ({
  seq,
  at: 0,
  name,
  actorId: null,
  scopes,
  data: {},
});

const rooms: Record<string, string[]> = {
  "queue:a": ["lan", "minh"],
  "queue:b": ["minh"],
  "user:lan": ["lan"],
  "all+": ["ha"],
  "queue:a+": ["ha"],
};

const sent = (entries: Entry[]) =>
  parcelsFor(entries, (room) => rooms[room]).map((p) => ({
    sockets: p.sockets,
    seqs: p.entries.map((e) => e.seq),
    reveal: p.reveal,
  }));

test("each socket gets one parcel with its entries in order, whichever rooms they came through", () => {
  const parcels = sent([
    entry(1, ["queue:a"]),
    entry(2, ["user:lan"]),
    entry(3, ["queue:a", "queue:b", "user:lan", "all"]),
  ]);
  expect(parcels).toEqual([
    { sockets: ["lan"], seqs: [1, 2, 3], reveal: false },
    { sockets: ["minh", "ha"], seqs: [1, 3], reveal: false },
  ]);
});

test("readers of unmasked contact data get parcels of their own only where something is masked", () => {
  expect(sent([entry(1, ["queue:a"])])).toEqual([
    { sockets: ["lan", "minh", "ha"], seqs: [1], reveal: false },
  ]);
  expect(sent([entry(1, ["queue:a"], "customer.updated"), entry(2, ["queue:a"])])).toEqual([
    { sockets: ["lan", "minh"], seqs: [1, 2], reveal: false },
    { sockets: ["ha"], seqs: [1, 2], reveal: true },
  ]);
});

test("an entry that nobody may see makes no parcel", () => {
  expect(sent([entry(1, ["queue:nobody"])])).toEqual([]);
});
