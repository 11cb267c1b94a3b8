import { AppError, type Clock } from "@tongdai/shared";
import type { FetchMessageObject } from "imapflow";
import type { Brought, Link } from "../channel.ts";
import { MAX_BYTES } from "./capabilities.ts";
import type { EmailConfig } from "./config.ts";
import { answered, type Mailbox } from "./imap.ts";
import { type Place, readPlace, writePlace } from "./place.ts";
import type { RawMail } from "./raw-mail.ts";

interface Syncing {
  readonly config: EmailConfig;
  readonly clock: Clock;
  readonly link: Link;
  readonly mailbox: Mailbox;
}

/** Letters whose sizes are asked for at once. */
const PAGE = 100;
/** Up to here letters come together; what is larger is asked for by itself and goes to the disk as it comes. */
const SMALL = 256 * 1024;
/** Of letters that come together: they are in memory until they are kept. */
const BATCH_BYTES = 2 * 1024 * 1024;
const DAY_MS = 86_400_000;
/** Servers search by days, in time zones of their own. */
const OVERLAP_MS = 2 * DAY_MS;

/** Brings what is new in one folder. Resolves once all of it is durable, with the last UID that was there. */
export async function syncFolder(o: Syncing, folder: string, isSent: boolean): Promise<number> {
  const { mailbox, clock, config } = o;
  const { client } = mailbox;
  const readOnly = config.afterwards === "nothing" || isSent;
  const lock = await answered(mailbox, clock, client.getMailboxLock(folder, { readOnly }));
  try {
    const box = client.mailbox;
    if (!box) throw new AppError("unavailable", `the folder ${folder} was shut`);
    const source = `folder:${folder}`;
    const kept = await o.link.place(source);
    const uidValidity = String(box.uidValidity);
    const was = readPlace(kept);
    const isKnown = was?.uidValidity === uidValidity;
    const place: Place = isKnown
      ? was
      : { uidValidity, uid: 0, newest: was?.newest ?? 0, since: was?.since ?? clock.now() };
    const uids = isKnown ? await uidsAfter(mailbox, clock, was.uid) : await firstUids(o, was);
    const cursor = { source, kept, place };
    for (let i = 0; i < uids.length; i += PAGE)
      await bringPage(o, { folder, isSent, cursor, uids: uids.slice(i, i + PAGE) });
    // What was there before and is not wanted; as of when the folder was opened, so nothing newer is passed over.
    const end = isKnown
      ? cursor.place
      : { ...cursor.place, uid: Math.max(cursor.place.uid, box.uidNext - 1) };
    if (writePlace(end) !== cursor.kept) await move(o, cursor, end);
    return Math.max(end.uid, uids.at(-1) ?? 0);
  } finally {
    lock.release();
  }
}

interface Cursor {
  readonly source: string;
  kept: string | null;
  place: Place;
}

async function move(o: Syncing, cursor: Cursor, to: Place): Promise<void> {
  const written = writePlace(to);
  await o.link.move({ source: cursor.source, from: cursor.kept, to: written });
  cursor.kept = written;
  cursor.place = to;
}

/** A range whose end is `*` holds the last letter even when that is before its beginning. Source: RFC 9051, 9 (seq-range). */
export async function uidsAfter(mailbox: Mailbox, clock: Clock, uid: number): Promise<number[]> {
  const asked = mailbox.client.search({ uid: `${uid + 1}:*` }, { uid: true });
  const found = await answered(mailbox, clock, asked);
  return sorted(found).filter((u) => u > uid);
}

/**
 * A folder seen for the first time, or one whose numbers are all new: what came since shortly before the newest that we have.
 * What is known already is recognised by its id where it is applied.
 */
async function firstUids(o: Syncing, was: Place | null): Promise<number[]> {
  const { mailbox, clock, config } = o;
  const from =
    was === null
      ? config.historyDays > 0 && clock.now() - config.historyDays * DAY_MS
      : (was.newest || was.since) - OVERLAP_MS;
  if (from === false) return [];
  const asked = mailbox.client.search({ since: new Date(from) }, { uid: true });
  return sorted(await answered(mailbox, clock, asked));
}

const sorted = (found: unknown): number[] =>
  Array.isArray(found) ? found.filter((u) => typeof u === "number").sort((a, b) => a - b) : [];

async function bringPage(
  o: Syncing,
  p: { folder: string; isSent: boolean; cursor: Cursor; uids: readonly number[] },
): Promise<void> {
  const { mailbox, clock } = o;
  const asked = mailbox.client.fetchAll(
    p.uids.join(","),
    { uid: true, size: true, internalDate: true },
    { uid: true },
  );
  const page = await answered(mailbox, clock, asked);
  for (const batch of batchesOf(page.sort((a, b) => a.uid - b.uid))) {
    await bringBatch(o, p, batch);
  }
}

/** Neighbours that are small, as many as there is room for; of the others each by itself. */
function batchesOf(page: readonly FetchMessageObject[]): FetchMessageObject[][] {
  const batches: FetchMessageObject[][] = [];
  let room = 0;
  for (const mail of page) {
    const size = mail.size ?? 0;
    if (size <= room) batches.at(-1)?.push(mail);
    else batches.push([mail]);
    room = size > SMALL ? 0 : (size <= room ? room : BATCH_BYTES) - size;
  }
  return batches;
}

/** Hashes by UID of the small ones of a batch, fetched with one question and written side by side. */
async function keepSmall(
  { mailbox, clock, link }: Syncing,
  batch: readonly FetchMessageObject[],
): Promise<ReadonlyMap<number, string>> {
  const uids = batch.filter((mail) => (mail.size ?? 0) <= SMALL).map((mail) => mail.uid);
  if (uids.length === 0) return new Map();
  const asked = mailbox.client.fetchAll(uids.join(","), { uid: true, source: true }, { uid: true });
  const found = await answered(mailbox, clock, asked);
  const kept = found.map(async ({ uid, source }) =>
    source ? ([[uid, await keep(link, source)]] as const) : [],
  );
  return new Map((await Promise.all(kept)).flat());
}

const keep = async (link: Link, bytes: Buffer): Promise<string> =>
  (await link.files.put(bytes, { maxBytes: MAX_BYTES * 2 })).hash;

/** Letters that came together are kept together: they share their commits. */
async function bringBatch(
  o: Syncing,
  p: { folder: string; isSent: boolean; cursor: Cursor },
  batch: readonly FetchMessageObject[],
): Promise<void> {
  const { cursor } = p;
  const from = cursor.kept;
  const kept = await keepSmall(o, batch);
  const brought: (Brought & { readonly uid: number })[] = [];
  let { place } = cursor;
  for (const mail of batch) {
    const at = timeOf(mail.internalDate) ?? o.clock.now();
    const size = mail.size ?? 0;
    const file = size <= SMALL ? (kept.get(mail.uid) ?? null) : await keepLarge(o, mail.uid, size);
    place = { ...place, uid: mail.uid, newest: Math.max(place.newest, at) };
    // Removed by somebody else between the list and now.
    if (file === null) continue;
    const body: RawMail = {
      mailbox: o.config.address,
      folder: p.folder,
      uid: `${place.uidValidity}:${mail.uid}`,
      at,
      size,
      file,
      isWhole: size <= MAX_BYTES,
      isSent: p.isSent,
      isLive: at >= place.since - OVERLAP_MS / 2,
    };
    brought.push({ body, file, uid: mail.uid });
  }
  if (brought.length === 0) return move(o, cursor, place);
  const written = writePlace(place);
  await o.link.receive(brought, { source: cursor.source, from, to: written });
  cursor.kept = written;
  cursor.place = place;
  if (p.isSent) return;
  for (const { uid } of brought) await afterwards(o, uid);
}

/** The letter on our disk; of one that is too large only its head. `null`: it is gone. */
async function keepLarge(
  { mailbox, clock, link }: Syncing,
  uid: number,
  size: number,
): Promise<string | null> {
  const { client } = mailbox;
  if (size > MAX_BYTES) {
    const part = { start: 0, maxLength: SMALL };
    const asked = client.fetchOne(String(uid), { uid: true, source: part }, { uid: true });
    const found = await answered(mailbox, clock, asked);
    const source = found ? found.source : undefined;
    return source ? keep(link, source) : null;
  }
  const download = await answered(mailbox, clock, client.download(String(uid), undefined, { uid: true }));
  if (!("content" in download) || !download.content) return null;
  // What a slow line brings is still an answer: only so much time for each piece of it.
  const patience = 10 * 60_000;
  const kept = link.files.put(download.content, { maxBytes: MAX_BYTES * 2 });
  return (await answered(mailbox, clock, kept, patience)).hash;
}

/** The server's copy, once ours is durable. What fails here is tried never again and costs nothing. */
async function afterwards({ config, mailbox, clock }: Syncing, uid: number): Promise<void> {
  const { client } = mailbox;
  const [range, by] = [String(uid), { uid: true }] as const;
  switch (config.afterwards) {
    case "nothing":
      return;
    case "seen":
      await answered(mailbox, clock, client.messageFlagsAdd(range, ["\\Seen"], by));
      return;
    case "move":
      await answered(mailbox, clock, client.messageMove(range, config.moveTo ?? "", by));
      return;
    case "delete":
      await answered(mailbox, clock, client.messageDelete(range, by));
  }
}

function timeOf(date: Date | string | undefined): number | null {
  const ms = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}
