import type { Clock } from "@tongdai/shared";
import { Inviter, SessionState, type URI, UserAgent, Web } from "sip.js";
import type { PhoneAudio } from "../softphone/audio.ts";
import { endOfReason, endOfRefusal } from "../softphone/cause.ts";
import { createMedia, type Media } from "../softphone/media.ts";
import { PhoneError } from "../softphone/softphone.ts";
import { type AskForPass, type Pass, PassError } from "./pass.ts";
import type { CallEnd, CallState } from "./state.ts";

export interface WebCallParts {
  readonly clock: Clock;
  readonly audio: PhoneAudio;
  readonly askPass: AskForPass;
  readonly changed: (state: CallState) => void;
  /** The microphone is open: its level can be shown. */
  readonly speaking: (stream: MediaStream) => void;
  readonly report: (error: unknown) => void;
}

/** One line to the contact centre: it is called, waited on, talked on and hung up, and then may be called again. */
export interface WebCall {
  call(): Promise<void>;
  hangUp(): void;
  mute(on: boolean): void;
}

interface Line {
  readonly media: Media;
  agent: UserAgent | null;
  session: Inviter | null;
  isOver: boolean;
}

type Change = Web.SessionDescriptionHandlerOptions & { readonly offerOptions?: RTCOfferOptions };

/** Without trickle the INVITE waits for candidates; SIP.js would wait five seconds for a server that does not answer. */
const gatheringMs = 1_000;
const againMs = 2_000;

export function createWebCall(parts: WebCallParts): WebCall {
  let state: CallState = { phase: "idle", end: null };
  let line: Line | null = null;

  function show(next: CallState): void {
    state = next;
    parts.changed(next);
  }

  async function call(): Promise<void> {
    if (line) return;
    const media = createMedia({
      clock: parts.clock,
      audio: parts.audio,
      changed: (sound) => {
        if (state.phase !== "talking") return;
        show({ ...state, isBroken: sound === "lost" });
        if (sound === "lost") void mend(own);
      },
      judged: () => {},
      report: parts.report,
    });
    const own: Line = { media, agent: null, session: null, isOver: false };
    line = own;
    try {
      show({ phase: "asking" });
      parts.speaking(await media.open());
      if (own.isOver) return;
      show({ phase: "connecting" });
      await ring(own, await parts.askPass());
    } catch (error) {
      finish(own, endOfError(error));
    }
  }

  async function ring(own: Line, pass: Pass): Promise<void> {
    if (own.isOver) return;
    const agent = openAgent(own, pass);
    own.agent = agent;
    await agent.start();
    if (own.isOver) return;
    const session = new Inviter(agent, addressOf(pass.address), {
      extraHeaders: [`Authorization: Bearer ${pass.token}`],
    });
    own.session = session;
    follow(own, session);
    await session.invite({
      requestDelegate: {
        onProgress({ message }) {
          if (own.isOver) return;
          const place = Number(message.getHeader("X-Queue-Position"));
          if (message.statusCode === 182) show({ phase: "waiting", place: place > 0 ? place : null });
          else if (message.statusCode === 180 || message.statusCode === 183) show({ phase: "ringing" });
        },
        onReject: ({ message }) => finish(own, endOfRefusal(message.statusCode ?? 500)),
      },
    });
  }

  function openAgent(own: Line, pass: Pass): UserAgent {
    return new UserAgent({
      uri: addressOf("sip:visitor@page.invalid"),
      transportOptions: { server: pass.server, keepAliveInterval: 20 },
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(() => own.media.open()),
      sessionDescriptionHandlerFactoryOptions: { iceGatheringTimeout: gatheringMs },
      logBuiltinEnabled: false,
      delegate: {
        onDisconnect(error) {
          if (!error || own.isOver) return;
          // Who waits has lost his place with the connection; a talk goes on beside it.
          if (state.phase === "talking") void reconnect(own);
          else finish(own, "connection_lost");
        },
      },
    });
  }

  function follow(own: Line, session: Inviter): void {
    let end: CallEnd = "hung_up";
    session.delegate = {
      onBye(bye) {
        end = endOfReason(bye.request.getHeaders("reason"), "peer_hung_up");
        bye.accept().catch(parts.report);
      },
      onInvite() {
        const onHold = own.media.isHeldByPeer();
        if (state.phase === "talking") show({ ...state, onHold });
      },
      onRefer: (referral) => void referral.reject({ statusCode: 603 }).catch(parts.report),
      onSessionDescriptionHandler(handler) {
        const { peerConnection, remoteMediaStream } = handler as Web.SessionDescriptionHandler;
        if (peerConnection) own.media.attach(peerConnection, remoteMediaStream);
      },
    };
    session.stateChange.addListener((now) => {
      if (now === SessionState.Established && !own.isOver) {
        own.media.start();
        show({
          phase: "talking",
          since: parts.clock.now(),
          onHold: false,
          muted: false,
          isBroken: false,
        });
      }
      // SIP.js tells why it was refused right after this.
      if (now === SessionState.Terminated) queueMicrotask(() => finish(own, end));
    });
  }

  /** The connection to the gateway is gone: until it is back nobody hears that we hang up, and no network is changed. */
  async function reconnect(own: Line): Promise<void> {
    if (own.isOver || !own.agent) return;
    try {
      await own.agent.reconnect();
      await mend(own);
    } catch {
      parts.clock.after(againMs, () => void reconnect(own));
    }
  }

  /** New addresses for the same talk, asked for until sound flows again. */
  async function mend(own: Line): Promise<void> {
    if (own.isOver || own.session?.state !== SessionState.Established) return;
    if (!own.agent?.isConnected()) return;
    const sessionDescriptionHandlerOptions: Change = { offerOptions: { iceRestart: true } };
    await own.session.invite({ sessionDescriptionHandlerOptions }).catch(parts.report);
    parts.clock.after(2 * againMs, () => {
      if (state.phase === "talking" && state.isBroken) void mend(own);
    });
  }

  function finish(own: Line, end: CallEnd): void {
    if (own.isOver) return;
    own.isOver = true;
    own.media.close();
    line = null;
    show({ phase: "idle", end });
    // What we say last is still to go out.
    parts.clock.after(againMs, () => void own.agent?.stop().catch(parts.report));
  }

  return {
    call,
    hangUp() {
      const own = line;
      if (!own) return;
      const { session } = own;
      if (session?.state === SessionState.Established) session.bye().catch(parts.report);
      else session?.cancel().catch(parts.report);
      finish(own, "hung_up");
    },
    mute(on) {
      if (!line || state.phase !== "talking") return;
      line.media.send(!on);
      show({ ...state, muted: on });
    },
  };
}

function addressOf(text: string): URI {
  const uri = UserAgent.makeURI(text);
  if (!uri) throw new Error(`no SIP address: ${text}`);
  return uri;
}

function endOfError(error: unknown): CallEnd {
  if (error instanceof PassError) return error.end;
  if (error instanceof PhoneError && error.code === "microphone_denied") return "microphone_denied";
  if (error instanceof PhoneError && error.code === "microphone_missing")
    return window.isSecureContext ? "microphone_missing" : "not_secure";
  return "connection_lost";
}
