import type { SentFile } from "./client.ts";

/** One line of the customer's side of a conversation. */
export interface Line {
  readonly id: string;
  readonly mine: boolean;
  readonly at: number;
  readonly text: string;
  /** A letter's. */
  readonly subject?: string;
  readonly files: readonly { readonly source?: string; readonly name: string; readonly isImage: boolean }[];
  /** Behind the time: seen, did not arrive, cost money. */
  readonly notes: readonly (string | false | undefined)[];
}

export interface Act {
  readonly label: string;
  readonly onPress: () => void;
}

/** What the customer sees. */
export interface Talk {
  readonly with: string;
  readonly status: string;
  readonly isGood: boolean;
  readonly lines: readonly Line[];
  /** How long one may still be answered, where the channel has such a thing. */
  readonly window?: { readonly text: string; readonly state: "open" | "human" | "closed" | "never" };
  /** Why nothing can be written. */
  readonly silent?: string;
  readonly acts: readonly Act[];
  readonly travelledMs: number;
  readonly faults: readonly string[];
  readonly log: readonly { readonly what: string; readonly state: string; readonly result: string }[];
  /** Something came that the phone in the hand has not told of as seen. */
  readonly unseen: boolean;
}

/** What a page must know of its channel; everything else is the same for all. */
export interface Channel<State> {
  readonly applyWords: () => void;
  readonly places: readonly { readonly id: string; readonly name: string }[];
  /** Whom one can play there. */
  people(placeId: string): readonly { readonly id: string; readonly name: string }[];
  /** Whom the page for all channels asks for; `null`: nobody. */
  readonly asked: { readonly id: string; readonly name: string } | null;
  /** @returns the query of the stream that tells of the talk */
  open(o: { placeId: string; personId: string }): Promise<string>;
  talk(state: State): Talk;
  send(o: { text: string; subject: string }): Promise<unknown>;
  /** Absent: the channel carries no files. */
  sendFile?(file: SentFile): Promise<unknown>;
  /** Writes have a subject. */
  readonly hasSubject?: boolean;
  readonly placeholder?: () => string;
  readonly faults: readonly string[];
  setFault(name: string, on: boolean): Promise<unknown>;
  /** Hours by which the clock can be moved; absent: nothing depends on it. */
  readonly hours?: readonly number[];
  travel?(ms: number | null): Promise<unknown>;
  read?(): Promise<unknown>;
}
