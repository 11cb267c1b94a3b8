import type { TalkQuality } from "../state/talk.ts";

/** What WebRTC counts of a talk since it began (https://www.w3.org/TR/webrtc-stats/). Times in seconds. */
export interface MediaCount {
  readonly received: number;
  readonly lost: number;
  readonly jitter: number;
  readonly level: number;
  readonly roundTrip: number | null;
}

/** How it sounded between two counts. */
export function qualityBetween(before: MediaCount | null, now: MediaCount): TalkQuality {
  const received = Math.max(0, now.received - (before?.received ?? 0));
  const lost = Math.max(0, now.lost - (before?.lost ?? 0));
  const loss = received + lost === 0 ? 0 : lost / (received + lost);
  const jitterMs = Math.round(now.jitter * 1_000);
  const roundTripMs = now.roundTrip === null ? null : Math.round(now.roundTrip * 1_000);
  return { score: scoreOf(loss, jitterMs, roundTripMs ?? 0), roundTripMs, jitterMs, loss, level: now.level };
}

/**
 * The E-model of ITU-T G.107 with its defaults, a jitter buffer of twice the jitter, and Opus's robustness to loss.
 * Good enough to tell a bad line from a good one, not to compare two good ones.
 */
function scoreOf(loss: number, jitterMs: number, roundTripMs: number): number {
  const delay = roundTripMs / 2 + jitterMs * 2 + 40;
  const late = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  const missing = (95 * loss * 100) / (loss * 100 + 10);
  const r = Math.min(100, Math.max(0, 93.2 - late - missing));
  const score = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return Math.round(Math.min(4.5, Math.max(1, score)) * 10) / 10;
}

/** @param stats what `RTCPeerConnection.getStats` answered */
export function countOf(stats: Iterable<MediaStat>): MediaCount {
  const all = [...stats];
  const inbound = all.find((s) => s.type === "inbound-rtp" && s.kind === "audio");
  const remote = all.find((s) => s.type === "remote-inbound-rtp" && s.kind === "audio");
  const pair = all.find((s) => s.type === "candidate-pair" && s.nominated && s.state === "succeeded");
  return {
    received: inbound?.packetsReceived ?? 0,
    lost: inbound?.packetsLost ?? 0,
    jitter: inbound?.jitter ?? 0,
    level: inbound?.audioLevel ?? 0,
    roundTrip: remote?.roundTripTime ?? pair?.currentRoundTripTime ?? null,
  };
}

/** The members of the reports that are read here; which are there depends on the type. */
export interface MediaStat {
  readonly type: string;
  readonly kind?: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly audioLevel?: number;
  readonly roundTripTime?: number;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly currentRoundTripTime?: number;
}
