import type { Call } from "@tongdai/shared";

/**
 * A call as this agent's phone has it. Plain values: they come from the softphone and are shown by panels.
 *
 *  ringing ──▶ joining ──▶ talking ──▶ ended
 *  dialling ─────┴───────────┘          ▲
 *     └─────────────────────────────────┘  from everywhere
 */
export interface Talk {
  readonly id: string;
  /** The work that it belongs to; `null`: nobody said, as with a call between colleagues. */
  readonly interactionId: string | null;
  readonly direction: "in" | "out";
  /** A number, or the name of a device, of whom it was begun with. */
  readonly peer: string;
  readonly phase: TalkPhase;
  /** On hold by us. */
  readonly onHold: boolean;
  /** On hold by the other side. */
  readonly heldByPeer: boolean;
  readonly muted: boolean;
  /** Whether sound flows: after a change of network it may take its time. */
  readonly media: "none" | "connecting" | "flowing" | "lost";
  /** Gateway epoch milliseconds are not known here: by the clock of this machine. */
  readonly talkingSince: number | null;
  /** The talk in whose place it stands: a colleague sent somebody on to us who talked to him. */
  readonly replaces: string | null;
  /** A transfer that we asked for and that is not decided yet. */
  readonly isMoving: boolean;
  readonly cause: TalkEnd | null;
}

export type TalkPhase = "ringing" | "dialling" | "joining" | "talking" | "ended";

/** Why a talk is over, or never began. */
export type TalkEnd =
  | "hung_up"
  | "peer_hung_up"
  | "declined"
  /** They gave up, or it went on to somebody else, before it was answered. */
  | "withdrawn"
  | "answered_elsewhere"
  | "transferred"
  | "busy"
  | "no_answer"
  | "not_found"
  | "refused"
  | "connection_lost"
  | "failed";

/** `refused`: name or password are no longer good. `lost`: it is tried again without being asked. */
export type PhoneStatus = "off" | "connecting" | "ready" | "lost" | "refused";

/** How one talk sounds, by what came within the last seconds. */
export interface TalkQuality {
  /** 1 (bad) to 4.5, as the E-model of ITU-T G.107 has it. */
  readonly score: number;
  readonly roundTripMs: number | null;
  readonly jitterMs: number;
  /** 0 to 1. */
  readonly loss: number;
  /** 0 to 1: how loud the other side is. */
  readonly level: number;
}

/** Ids of devices; `null`: the one that the machine uses by itself. */
export interface AudioChoice {
  readonly microphone: string | null;
  readonly speaker: string | null;
  /** Where it rings, so that a headset on the table is heard. */
  readonly ring: string | null;
}

export interface AudioDevice {
  readonly id: string;
  readonly kind: "microphone" | "speaker";
  /** Empty until the microphone was allowed once. */
  readonly label: string;
}

export type PhoneEvent =
  | { readonly kind: "status"; readonly status: PhoneStatus }
  /** A talk is new or another one than before. Told whole; `ended` is the last that is told of it. */
  | { readonly kind: "talk"; readonly talk: Talk }
  | { readonly kind: "quality"; readonly talkId: string; readonly quality: TalkQuality };

/** What a look at oneself finds. */
export interface Readiness {
  readonly registered: boolean;
  readonly microphone: "ready" | "denied" | "missing";
  /** To the gateway and back; `null`: no answer. */
  readonly roundTripMs: number | null;
}

export type PhoneErrorCode =
  | "not_connected"
  | "no_such_talk"
  /** Not in this phase: it ended meanwhile, or a change runs already. */
  | "wrong_phase"
  | "microphone_denied"
  | "microphone_missing"
  /** By the other side or the gateway. */
  | "refused"
  | "bad_number"
  | "too_many";

export interface CallsSlice {
  /** What the gateway knows of the calls that go on, of the conversations that I see. */
  readonly byId: Readonly<Record<string, Call>>;
  /** `null`: this gateway has no telephony, or nobody has asked yet. */
  readonly phone: PhoneStatus | null;
  /** What my own phone has, in the order in which it began. */
  readonly talks: readonly Talk[];
  readonly quality: Readonly<Record<string, TalkQuality>>;
  /** The last talk that ended, for whoever tells why. */
  readonly ended: Talk | null;
  /** By the last look at oneself. */
  readonly readiness: Readiness | null;
  /** What the phone could not do, until it is asked for something else. */
  readonly trouble: PhoneErrorCode | null;
}

export const noCalls: CallsSlice = {
  byId: {},
  phone: null,
  talks: [],
  quality: {},
  ended: null,
  readiness: null,
  trouble: null,
};
