import { asked, call, run } from "../../kit/page/client.ts";
import { play } from "../../kit/page/play.ts";
import type { Act, Line, Talk } from "../../kit/page/talk.ts";
import { applyStaticText, t } from "./words.ts";

interface Message {
  readonly id: string;
  readonly from: "user" | "oa";
  readonly at: number;
  readonly text?: string;
  readonly attachments: readonly { type: string; mediaId?: string; name?: string; title?: string }[];
  readonly byAdmin?: boolean;
  readonly charged?: boolean;
  readonly state: "sent" | "received" | "seen";
  readonly reaction?: string;
}

interface Transcript {
  readonly follows: boolean;
  readonly blocked: boolean;
  readonly offline: boolean;
  readonly window: "never" | "free" | "charged" | "closed";
  readonly messages: readonly Message[];
}

interface Snapshot {
  readonly travelledMs: number;
  readonly faults: readonly { name: string }[];
  readonly transcript: Transcript | null;
  readonly connected: readonly { id: string; granted: boolean }[];
  readonly log: readonly { id: number; event: string; state: string; status: number }[];
}

interface Overview {
  readonly oas: readonly { id: string; name: string; people: readonly { userId: string; name: string }[] }[];
  readonly people: readonly string[];
  readonly faults: readonly { name: string }[];
}

const VISITOR = "Khách";
const overview = await call<Overview>("state");
const name = asked.get("person");
const phone = asked.get("phone");
let oaId = "";
let userId = "";

const act = (verb: string, body: unknown = {}): Promise<unknown> => call(`customers/${userId}/${verb}`, body);
const does = (label: string, verb: string): Act => ({ label, onPress: () => run(act(verb)) });

/** Their acts, as their buttons say them. */
const actsOf = ({ follows, blocked, offline }: Transcript): Act[] => [
  does(t("info"), "info"),
  does(t("image"), "image"),
  does(t("sticker"), "sticker"),
  does(t("location"), "location"),
  follows ? does(t("unfollow"), "unfollow") : does(t("follow"), "follow"),
  blocked ? does(t("unblock"), "unblock") : does(t("block"), "block"),
  offline ? does(t("online"), "online") : does(t("offline"), "offline"),
];

const lineOf = (message: Message): Line => ({
  id: message.id,
  mine: message.from === "user",
  at: message.at,
  text: message.text ?? "",
  files: message.attachments.map(({ mediaId, type, name: file, title }) => ({
    ...(mediaId === undefined ? {} : { source: `/sim/media/${mediaId}` }),
    name: file ?? title ?? type,
    isImage: mediaId !== undefined && type !== "file",
  })),
  notes: [
    t(message.state),
    message.charged && t("charged"),
    message.byAdmin && t("byAdmin"),
    message.reaction,
  ],
});

function statusOf({ blocked, offline }: Transcript, isGranted: boolean): string {
  if (blocked) return t("blockedNow");
  if (offline) return t("offlineNow");
  return t(isGranted ? "connected" : "notConnected");
}

const WINDOWS = {
  never: { word: "never", state: "never" },
  free: { word: "free", state: "open" },
  charged: { word: "chargedWindow", state: "human" },
  closed: { word: "closed", state: "closed" },
} as const;

function talkOf(snapshot: Snapshot): Talk {
  const transcript: Transcript = snapshot.transcript ?? {
    follows: false,
    blocked: false,
    offline: false,
    window: "never",
    messages: [],
  };
  const isGranted = snapshot.connected.find(({ id }) => id === oaId)?.granted ?? false;
  const { word, state } = WINDOWS[transcript.window];
  return {
    with: overview.oas.find(({ id }) => id === oaId)?.name ?? "",
    status: statusOf(transcript, isGranted),
    isGood: isGranted && !transcript.blocked && !transcript.offline,
    lines: transcript.messages.map(lineOf),
    window: { text: t(word), state },
    acts: actsOf(transcript),
    travelledMs: snapshot.travelledMs,
    faults: snapshot.faults.map((fault) => fault.name),
    log: snapshot.log.map(({ id, event, state: went, status }) => ({
      what: `#${id} ${event}`,
      state: went,
      result: [went, status > 0 && status].filter(Boolean).join(" "),
    })),
    unseen: !transcript.offline && transcript.messages.some((m) => m.from === "oa" && m.state === "received"),
  };
}

await play<Snapshot>({
  applyWords: applyStaticText,
  places: overview.oas,
  people: (placeId) => [
    ...overview.people.map((each) => ({ id: each, name: each })),
    { id: VISITOR, name: `${VISITOR} (${t("visitor")})` },
    ...(overview.oas.find(({ id }) => id === placeId)?.people ?? [])
      .filter((each) => each.name !== VISITOR && !overview.people.includes(each.name))
      .map((each) => ({ id: each.name, name: each.name })),
  ],
  asked: name === null ? null : { id: name, name },
  async open({ placeId, personId }) {
    oaId = placeId;
    ({ userId } = await call<{ userId: string }>("customers", {
      oaId,
      name: personId,
      visitor: personId === VISITOR,
      ...(phone !== null && personId === name ? { phone } : {}),
    }));
    return `user=${encodeURIComponent(userId)}`;
  },
  talk: talkOf,
  send: ({ text }) => act("text", { text }),
  sendFile: (file) => act("upload", file),
  faults: overview.faults.map((fault) => fault.name),
  setFault: (fault, value) => call("faults", { name: fault, value }),
  hours: [1, 48, 24 * 8],
  travel: (ms) => call("clock", ms === null ? { reset: true } : { advanceMs: ms }),
  read: () => act("read"),
});
