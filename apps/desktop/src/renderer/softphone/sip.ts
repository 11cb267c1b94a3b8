import type { Clock } from "@tongdai/shared";
import {
  Invitation,
  Inviter,
  Registerer,
  RegistererState,
  type Session,
  SessionState,
  SIPExtension,
  type URI,
  UserAgent,
  Web,
} from "sip.js";
import type { Talk, TalkEnd } from "../state/talk.ts";
import type { PhoneAudio } from "./audio.ts";
import { endOfReason, endOfRefusal } from "./cause.ts";
import { createChanges, createDecision } from "./changes.ts";
import { createConnection, type Road, type RoadNews } from "./connection.ts";
import { createMedia, type Media } from "./media.ts";
import { isDialable, isKeys, mostTalks, type PhoneAccount, PhoneError, type Softphone } from "./softphone.ts";
import { createListeners, createTalks, type Emit, newDialling, newTalk } from "./talks.ts";

export interface SipPhoneParts {
  readonly clock: Clock;
  readonly audio: PhoneAudio;
  readonly newId: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (error: unknown) => void;
}

/** A talk's session, its sound, and the end of it. */
interface Line {
  readonly session: Session;
  readonly media: Media;
  /** Why it will have ended, as soon as that is known. */
  end: TalkEnd | null;
  readonly over: PromiseWithResolvers<never>;
  readonly changes: ReturnType<typeof createChanges<Change>>;
}

interface Phone {
  readonly parts: SipPhoneParts;
  readonly emit: Emit;
  readonly talks: ReturnType<typeof createTalks<Line>>;
  readonly medias: WeakMap<Session, Media>;
  readonly connection: ReturnType<typeof createConnection<SipRoad>>;
}

/** Without trickle, an answer waits for candidates; SIP.js would wait five seconds for a STUN server that is not there. */
const gatheringMs = 1_000;
const registrationSeconds = 120;
const mendAgainMs = 3_000;

/** The softphone on SIP.js 0.21: SIP over WebSocket (RFC 7118), sound by WebRTC. */
export function createSipPhone(parts: SipPhoneParts): Softphone {
  const { emit, subscribe } = createListeners(parts.report);
  const talks = createTalks<Line>(emit);
  const connection = createConnection<SipRoad>({
    ...parts,
    openRoad: (account, news) => openRoad(phone, account, news),
    changed(status) {
      emit({ kind: "status", status });
      if (status === "ready") for (const { talk } of talks.all()) mend(phone, talk.id);
    },
  });
  const phone: Phone = { parts, emit, talks, medias: new WeakMap(), connection };
  return {
    subscribe,
    connect: (account) => connection.connect(account),
    disconnect() {
      for (const { talk, line } of talks.all()) leave(phone, talk.id, line, "hung_up");
      return connection.disconnect();
    },
    call: (to, work) => call(phone, to, work),
    answer: (id) => answer(phone, id),
    decline: async (id) => leave(phone, id, phone.talks.need(id, "ringing").line, "declined"),
    hangUp: async (id) => leave(phone, id, phone.talks.need(id).line, "hung_up"),
    hold: (id, on) => hold(phone, id, on),
    async mute(id, on) {
      const { talk, line } = phone.talks.need(id, "talking");
      line.media.send(!on && !talk.onHold);
      phone.talks.change(id, { muted: on });
    },
    press: (id, keys) => press(phone, id, keys),
    async transfer(id, to) {
      const { line } = phone.talks.need(id, "talking");
      await refer(phone, id, addressOf(phone.connection.current()?.account, to), [line]);
    },
    async join(id, withId) {
      const { line } = phone.talks.need(id, "talking");
      const other = phone.talks.need(withId, "talking").line;
      if (line === other) throw new PhoneError("wrong_phase");
      await refer(phone, id, other.session, [line, other]);
    },
    async chooseAudio(choice) {
      const isOther = choice.microphone !== parts.audio.choice().microphone;
      parts.audio.choose(choice);
      for (const { line } of phone.talks.all()) await line.media.move(isOther);
    },
    check: () => connection.check(parts.audio.microphone),
  };
}

type SipRoad = Road & { readonly agent: UserAgent };

function openRoad(phone: Phone, account: PhoneAccount, { lost }: RoadNews): SipRoad {
  const agent = new UserAgent({
    uri: addressOf(account, account.user),
    authorizationUsername: account.username,
    authorizationPassword: account.password,
    transportOptions: { server: account.server, keepAliveInterval: 20 },
    sessionDescriptionHandlerFactory: (session, options) => {
      const open = () => phone.medias.get(session)?.open() ?? Promise.reject(new PhoneError("wrong_phase"));
      return Web.defaultSessionDescriptionHandlerFactory(open)(session, options);
    },
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: gatheringMs,
      peerConnectionConfiguration: { iceServers: account.relays.map((relay) => ({ ...relay })) },
    },
    // An attended transfer reaches the consulted agent as a call in the place of his talk.
    sipExtensionReplaces: SIPExtension.Supported,
    // How long it rings the gateway decides.
    noAnswerTimeout: 3_600,
    logBuiltinEnabled: false,
    delegate: {
      onInvite: (invitation) => incoming(phone, invitation),
      onDisconnect: (error) => error && lost(),
    },
  });
  const registerer = new Registerer(agent, {
    expires: registrationSeconds,
    refreshFrequency: 80,
    logConfiguration: false,
  });
  let isAsking = false;
  registerer.stateChange.addListener((state) => {
    // A refresh of its own was refused; asked again, it says why.
    if (state === RegistererState.Unregistered && !isAsking) lost();
  });
  let isStarted = false;
  return {
    agent,
    open() {
      const opening = isStarted ? agent.reconnect() : agent.start();
      isStarted = true;
      return opening;
    },
    isOpen: () => isStarted && agent.isConnected(),
    register() {
      isAsking = true;
      return new Promise<number>((resolve, reject) => {
        const onAnswer = ({ message }: Answered) => resolve(message.statusCode ?? 500);
        registerer.register({ requestDelegate: { onAccept: onAnswer, onReject: onAnswer } }).catch(reject);
      }).finally(() => {
        isAsking = false;
      });
    },
    ping: () => ping(agent),
    takeCredentials({ username, password }) {
      agent.configuration.authorizationUsername = username;
      agent.configuration.authorizationPassword = password;
    },
    close: () => agent.stop(),
  };
}

/** A response, as far as it is read. */
type Answered = { readonly message: { readonly statusCode?: number | undefined } };

function ping({ userAgentCore: core, configuration }: UserAgent): Promise<void> {
  const home = configuration.uri.clone();
  home.user = undefined;
  const options = core.makeOutgoingRequestMessage("OPTIONS", home, configuration.uri, home, {});
  return new Promise((resolve) => core.request(options, { onAccept: () => resolve() }));
}

/** @throws PhoneError when it cannot be part of an address */
function addressOf(account: PhoneAccount | undefined, user: string): URI {
  const uri =
    account && isDialable(user) && UserAgent.makeURI(`sip:${user.replaceAll("#", "%23")}@${account.domain}`);
  if (!uri) throw new PhoneError("bad_number");
  return uri;
}

// Talks

function incoming(phone: Phone, invitation: Invitation): void {
  const { talks, parts } = phone;
  const { replacee, request, remoteIdentity } = invitation;
  const replaced = replacee && talks.all().find(({ line }) => line.session === replacee);
  if (!replaced && talks.size >= mostTalks) {
    invitation.reject({ statusCode: 486 }).catch(parts.report);
    return;
  }
  const talk = newTalk({
    id: parts.newId(),
    direction: "in",
    peer: remoteIdentity.uri.user ?? "",
    phase: "ringing",
    interactionId: request.getHeader("X-Interaction-ID") ?? replaced?.talk.interactionId ?? null,
    replaces: replaced?.talk.id ?? null,
  });
  adopt(phone, talk, invitation);
  if (!replaced) return;
  // The person talks already, and nothing rings; SIP.js hangs up the talk with the colleague, who has left it.
  replaced.line.end = "peer_hung_up";
  answer(phone, talk.id).catch(parts.report);
}

async function call(phone: Phone, to: string, work?: Parameters<Softphone["call"]>[1]): Promise<string> {
  const { parts, talks, connection } = phone;
  const current = connection.current();
  if (!current || connection.status() !== "ready") throw new PhoneError("not_connected");
  if (talks.size >= mostTalks) throw new PhoneError("too_many");
  const inviter = new Inviter(current.road.agent, addressOf(current.account, to));
  const id = parts.newId();
  const media = mediaOf(phone, id);
  await media.open();
  const line = adopt(phone, newDialling(id, to, work), inviter, media);
  const onReject = ({ message }: Answered): void => {
    line.end ??= endOfRefusal(message.statusCode ?? 0);
  };
  inviter.invite({ requestDelegate: { onReject } }).catch(() => finish(phone, id, line));
  return id;
}

function mediaOf(phone: Phone, id: string): Media {
  return createMedia({
    ...phone.parts,
    changed(media) {
      phone.talks.change(id, { media });
      if (media === "lost") mend(phone, id);
    },
    judged: (quality) => phone.emit({ kind: "quality", talkId: id, quality }),
  });
}

function adopt(phone: Phone, talk: Talk, session: Session, media = mediaOf(phone, talk.id)): Line {
  const over = Promise.withResolvers<never>();
  const ask = (options: Change) => reinvite(session, options);
  const changes = createChanges({ ...phone.parts, ask, over: over.promise });
  const line: Line = { session, media, end: null, over, changes };
  // Whoever waits for something of this talk hears of its end; usually nobody does.
  over.promise.catch(() => undefined);
  phone.medias.set(session, media);
  session.delegate = {
    // Only now the talk stands: a change that crosses with this ACK would make SIP.js hang up.
    onAck: () => established(phone, talk.id, media),
    onBye(bye) {
      line.end ??= endOfReason(bye.request.getHeaders("reason"), "peer_hung_up");
      bye.accept().catch(phone.parts.report);
    },
    onCancel({ request }) {
      line.end ??= endOfReason(request.getHeaders("reason"), "withdrawn");
    },
    // Sending people on is for the gateway to ask of us by a call.
    onRefer: (referral) => void referral.reject({ statusCode: 603 }).catch(phone.parts.report),
    onInvite: () => phone.talks.change(talk.id, { heldByPeer: media.isHeldByPeer() }),
    onSessionDescriptionHandler(handler) {
      const { peerConnection, remoteMediaStream } = handler as Web.SessionDescriptionHandler;
      if (peerConnection) media.attach(peerConnection, remoteMediaStream);
    },
  };
  session.stateChange.addListener((state) => {
    if (state === SessionState.Established && session instanceof Inviter) established(phone, talk.id, media);
    // SIP.js tells why it was refused right after this.
    if (state === SessionState.Terminated) queueMicrotask(() => finish(phone, talk.id, line));
  });
  phone.talks.add(talk, line);
  return line;
}

function established(phone: Phone, id: string, media: Media): void {
  const phase = phone.talks.find(id)?.phase;
  if (phase !== "joining" && phase !== "dialling") return;
  media.start();
  phone.talks.change(id, { phase: "talking", talkingSince: phone.parts.clock.now() });
}

async function answer(phone: Phone, id: string): Promise<void> {
  const { talks, parts } = phone;
  const { line } = talks.need(id, "ringing");
  const { session, media } = line;
  if (!(session instanceof Invitation)) throw new PhoneError("wrong_phase");
  talks.change(id, { phase: "joining" });
  try {
    await media.open();
  } catch (error) {
    talks.change(id, { phase: "ringing" });
    throw error;
  }
  // It may have been withdrawn while the person was asked for the microphone.
  talks.need(id, "joining");
  await session.accept().catch((error: unknown) => {
    parts.report(error);
    finish(phone, id, line);
    throw new PhoneError("refused");
  });
}

/** We end it, in whatever phase it is. For the person it is over at once. */
function leave(phone: Phone, id: string, line: Line, end: TalkEnd): void {
  const { session } = line;
  const { report } = phone.parts;
  line.end = end;
  if (session.state === SessionState.Established) session.bye().catch(report);
  else if (session instanceof Inviter) session.cancel().catch(report);
  else if (session instanceof Invitation)
    session.reject({ statusCode: end === "declined" ? 603 : 480 }).catch(report);
  finish(phone, id, line);
}

function finish(phone: Phone, id: string, line: Line): void {
  line.media.close();
  line.over.reject(new PhoneError("wrong_phase"));
  phone.talks.end(id, line.end ?? "failed");
}

// In a talk

async function hold(phone: Phone, id: string, on: boolean): Promise<void> {
  const { talk, line } = phone.talks.need(id, "talking");
  if (talk.onHold === on) return;
  // Nothing that is said from now on is for them; whether they agree to the rest matters less.
  if (on) line.media.send(false);
  try {
    await line.changes.make({ hold: on });
    phone.talks.change(id, { onHold: on });
  } finally {
    const now = phone.talks.find(id);
    if (now) line.media.send(!now.onHold && !now.muted);
  }
}

/** After a change of network: new addresses for the same talk, asked for until sound flows again. */
function mend(phone: Phone, id: string): void {
  const found = phone.talks.all().find(({ talk }) => talk.id === id);
  if (!found || phone.connection.status() !== "ready") return;
  const { talk, line } = found;
  if (talk.phase !== "talking" || talk.media === "flowing" || line.changes.isRunning()) return;
  line.changes
    .make({ hold: talk.onHold, offerOptions: { iceRestart: true } })
    .catch(() => phone.parts.clock.after(mendAgainMs, () => mend(phone, id)));
}

type Change = Web.SessionDescriptionHandlerOptions & { readonly offerOptions?: RTCOfferOptions };

/** A re-INVITE. @returns the status of its answer */
async function reinvite(session: Session, options: Change): Promise<number> {
  let kept = session.sessionDescriptionHandlerOptionsReInvite as Change;
  try {
    const status = await new Promise<number>((resolve, reject) => {
      const onAnswer = ({ message }: Answered) => resolve(message.statusCode ?? 500);
      const requestDelegate = { onAccept: onAnswer, onReject: onAnswer };
      session.invite({ sessionDescriptionHandlerOptions: options, requestDelegate }).catch(reject);
    });
    if (status < 300) kept = { hold: options.hold ?? false };
    return status;
  } finally {
    // Kept for what they will ask: answering it would take them off hold. New addresses are for this once.
    session.sessionDescriptionHandlerOptionsReInvite = kept;
  }
}

async function press(phone: Phone, id: string, keys: string): Promise<void> {
  const { line } = phone.talks.need(id, "talking");
  if (!isKeys(keys)) throw new PhoneError("bad_number");
  if (line.media.press(keys)) return;
  for (const key of keys) {
    const content = `Signal=${key}\r\nDuration=120\r\n`;
    const body = { contentDisposition: "render", contentType: "application/dtmf-relay", content };
    await line.session.info({ requestOptions: { body } });
  }
}

/** REFER (RFC 3515): how it goes comes by NOTIFY. @param leaving ours, which end by it */
async function refer(phone: Phone, id: string, to: URI | Session, leaving: readonly Line[]): Promise<void> {
  const { talk, line } = phone.talks.need(id, "talking");
  if (talk.isMoving) throw new PhoneError("wrong_phase");
  phone.talks.change(id, { isMoving: true });
  // Known before it is decided: the colleague who takes over leaves our talk with him before we are told.
  for (const each of leaving) each.end = "transferred";
  const decision = createDecision();
  let isMade = false;
  try {
    await line.session.refer(to, {
      requestDelegate: { onReject: decision.refuse },
      onNotify(notification) {
        notification.accept().catch(phone.parts.report);
        decision.told(notification.request.body);
      },
    });
    await Promise.race([decision.promise, line.over.promise]);
    isMade = true;
  } finally {
    if (!isMade) for (const each of leaving) each.end = null;
    phone.talks.change(id, { isMoving: false });
  }
}
