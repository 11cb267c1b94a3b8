import type { AudioChoice, AudioDevice, PhoneErrorCode, PhoneEvent, Readiness, Talk } from "../state/talk.ts";

export type { PhoneErrorCode, PhoneEvent, Readiness } from "../state/talk.ts";

/** The log-in of a phone, minted for one session. */
export interface PhoneAccount {
  /** Of the WebSocket: ws(s)://host:port/path. */
  readonly server: string;
  /** This agent's address is user@domain. */
  readonly user: string;
  readonly domain: string;
  readonly username: string;
  readonly password: string;
  /** STUN and TURN; none are needed within one network. */
  readonly relays: readonly PhoneRelay[];
}

export interface PhoneRelay {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** What a call is for, and who is called, where its address does not say it. */
export type PhoneWork = Pick<Talk, "interactionId" | "peer">;

/**
 * A phone with one account and several talks. It knows nothing of customers and queues, and whoever asks it nothing of SIP.
 * What it is asked for and cannot do rejects with a `PhoneError`; how it goes on is told by events. All of it is plain values.
 */
export interface Softphone {
  /** Registers and stays registered until `disconnect`. With new credentials for the same address talks go on. */
  connect(account: PhoneAccount): Promise<void>;
  /** Hangs up everything. */
  disconnect(): Promise<void>;
  /**
   * @param to user or number
   * @returns the id of the talk, which is `dialling`
   */
  call(to: string, work?: PhoneWork): Promise<string>;
  /** Without a microphone it goes on ringing. */
  answer(talkId: string): Promise<void>;
  decline(talkId: string): Promise<void>;
  /** Takes back what is dialled, too. */
  hangUp(talkId: string): Promise<void>;
  /** Resolves once the other side agreed. */
  hold(talkId: string, on: boolean): Promise<void>;
  mute(talkId: string, on: boolean): Promise<void>;
  /** @param keys of 0-9 * # A-D */
  press(talkId: string, keys: string): Promise<void>;
  /** Sends the other side on to somebody. Resolves once it is made: our talk ends by it. */
  transfer(talkId: string, to: string): Promise<void>;
  /** Joins the other sides of two talks of ours. */
  join(talkId: string, withId: string): Promise<void>;
  /** At once, also for talks that run. */
  chooseAudio(choice: AudioChoice): Promise<void>;
  check(): Promise<Readiness>;
  subscribe(listener: (event: PhoneEvent) => void): () => void;
}

/** The machine's microphones and loudspeakers, for choosing and trying them before a shift. `null` as an id: the machine's own. */
export interface AudioDesk {
  /** Without names until the microphone was allowed once. */
  list(): Promise<readonly AudioDevice[]>;
  /** Something was plugged in or out. @returns its undo */
  onChange(listener: () => void): () => void;
  /** Tells how loud it is there, 0 to 1, until the answer is called. @throws PhoneError */
  listen(microphone: string | null, heard: (level: number) => void): Promise<() => void>;
  /** A tone; resolves when it is over. */
  sound(speaker: string | null): Promise<void>;
  /** @throws PhoneError */
  record(microphone: string | null, seconds: number, heard: (level: number) => void): Promise<Blob>;
  /** Resolves when it is over. */
  replay(recording: Blob, speaker: string | null): Promise<void>;
}

/** An expected failure, for the person. */
export class PhoneError extends Error {
  override readonly name = "PhoneError";
  readonly code: PhoneErrorCode;
  constructor(code: PhoneErrorCode, message: string = code) {
    super(message);
    this.code = code;
  }
}

/** Talks that one phone has at once: the one with the customer, a consultation, and somebody who calls meanwhile. */
export const mostTalks = 4;

/** What may be dialled: no part of it has a meaning in an address. */
export const isDialable = (to: string): boolean => /^\+?[A-Za-z0-9_*#-]{1,64}$/.test(to);

export const isKeys = (keys: string): boolean => /^[0-9*#A-D]{1,32}$/.test(keys);
