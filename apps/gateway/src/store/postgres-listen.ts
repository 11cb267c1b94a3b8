import pg from "pg";
import type { Entry } from "./store.ts";

export interface ListenOptions {
  readonly url: string;
  readonly channel: string;
  /** Its notifications are told as they come, and lost when the connection breaks. */
  readonly aside: string;
  /** Entries after this number are told. */
  readonly from: number;
  readonly read: (after: number) => Promise<Entry[]>;
}

export interface Feed {
  onEntries(listener: (entries: readonly Entry[]) => void): void;
  onAside(listener: (text: string) => void): void;
  close(): Promise<void>;
}

const RECONNECT_MS = 500;

/**
 * Follows the journal table: a notification only wakes, the table is the truth. After a broken connection the table is
 * read again from the last number told.
 */
export async function listen(o: ListenOptions): Promise<Feed> {
  let told = o.from;
  let closed = false;
  let reading: Promise<void> | null = null;
  let again = false;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  const asides: ((text: string) => void)[] = [];
  let tell: (entries: readonly Entry[]) => void = () => {};

  async function readAll(): Promise<void> {
    do {
      again = false;
      for (let entries = await o.read(told); entries.length > 0; entries = await o.read(told)) {
        told = entries.at(-1)?.seq ?? told;
        tell(entries);
      }
    } while (again);
  }

  function wake(): void {
    again = true;
    reading ??= readAll()
      .catch(() => reconnectLater())
      .finally(() => {
        reading = null;
        if (again && !closed && !retry) wake();
      });
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: o.url });
    const lost = () => {
      if (client === next) reconnectLater();
    };
    next.on("error", lost);
    next.on("end", lost);
    next.on("notification", ({ channel, payload }) => {
      if (channel === o.channel) wake();
      else for (const tellAside of asides) tellAside(payload ?? "");
    });
    try {
      await next.connect();
      await next.query(`listen ${o.channel}; listen ${o.aside}`);
    } catch (error) {
      void leave(next);
      throw error;
    }
    if (closed) return leave(next);
    client = next;
    wake();
  }

  function reconnectLater(): void {
    const was = client;
    client = null;
    if (was) void leave(was);
    if (closed || retry) return;
    retry = setTimeout(() => {
      retry = null;
      connect().catch(() => reconnectLater());
    }, RECONNECT_MS);
  }

  await connect();
  return {
    onEntries: (listener) => {
      tell = listener;
    },
    onAside: (listener) => void asides.push(listener),
    async close() {
      closed = true;
      if (retry) clearTimeout(retry);
      await reading;
      await client?.end();
    },
  };
}

/** Also one that is broken, or that never came about. */
const leave = (client: pg.Client): Promise<void> => client.end().catch(() => {});
