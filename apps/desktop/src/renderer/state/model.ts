import {
  type AgentState,
  type CannedReply,
  type Capacity,
  type ChannelAccount,
  type ChannelInfo,
  type Conversation,
  type Customer,
  defaultCapacity,
  defaultStateRules,
  type FloorNotice,
  type FormAnswer,
  type Hours,
  type InboxOrder,
  type Message,
  type Offer,
  type Queue,
  type Reason,
  type Role,
  type Signature,
  type Skill,
  type StateRules,
  type Team,
  type Ticket,
  type TicketComment,
  type TicketFilter,
  type TicketHistoryEntry,
  type TicketQuery,
  type TicketTalk,
  type TimelineEntry,
  type UnsentLetter,
  type Uploaded,
  type User,
  type Webhook,
  type WireError,
} from "@tongdai/shared";
import type { Dialog } from "./dialog.ts";
import type { InboxFilter } from "./inbox-filter.ts";
import type { OutgoingItem } from "./outgoing.ts";
import { home, type Route } from "./route.ts";
import { emptyTable, type Table } from "./table.ts";
import { type AudioChoice, type CallsSlice, noCalls } from "./talk.ts";

type ById<T> = Readonly<Record<string, T>>;

export interface SessionSlice {
  /** `asking`: not yet known whether somebody is logged in. */
  readonly status: "asking" | "out" | "in";
  readonly me: User | null;
  readonly permissions: readonly string[];
  /** Why the last session ended, where the gateway said so. */
  readonly ended: WireError | null;
}

/**
 *  connecting ──▶ behind (replaying) ──▶ live
 *       ▲             │                   │
 *       └── offline ◀─┴───────────────────┘     outdated: the gateway speaks another contract; only a reload helps
 */
export interface ConnectionSlice {
  readonly status: "connecting" | "behind" | "live" | "offline" | "outdated";
  /** When the present status began. */
  readonly since: number;
  /** The journal number up to which this state is true; `null`: no snapshot yet. */
  readonly lastSeq: number | null;
  /** When that entry was made: tells a gateway that was restored from a backup. */
  readonly lastAt: number | null;
  /** Grows with each snapshot: lists and threads made before it must be fetched again. */
  readonly epoch: number;
  /** Gateway time minus own time, in milliseconds. */
  readonly skew: number;
}

export interface PeopleSlice {
  readonly users: ById<User>;
  readonly queues: ById<Queue>;
  readonly agents: ById<AgentState>;
  readonly channels: ById<ChannelInfo>;
  readonly accounts: ById<ChannelAccount>;
  readonly cannedReplies: ById<CannedReply>;
  /** One's own, and those of accounts, by whose they are. */
  readonly signatures: ById<Signature>;
  readonly hours: ById<Hours>;
  readonly skills: ById<Skill>;
  readonly teams: ById<Team>;
  readonly roles: ById<Role>;
  readonly capacity: Capacity;
  readonly stateRules: StateRules;
  /** Empty for who does not manage them. */
  readonly webhooks: ById<Webhook>;
}

/** `stale`: shown, but made before the last snapshot. */
export type LoadStatus = "idle" | "loading" | "ready" | "stale" | "failed";

export interface InboxList {
  readonly filter: InboxFilter;
  /** Ordered; always agrees with the table for what is loaded. */
  readonly ids: readonly string[];
  readonly status: LoadStatus;
  /** How far it is loaded; `null`: to its end. */
  readonly end: ListEnd | null;
  /** How far it stays loaded once nobody looks at it. */
  readonly head: ListEnd | null;
  /** The next page is on its way. */
  readonly isGrowing: boolean;
}

export interface ListEnd {
  /** The cursor of what comes behind it. */
  readonly next: string;
  /** The last one fetched, as it was then: whatever stands below it comes with its own page. */
  readonly edge: Conversation;
}

export interface SearchHit {
  readonly message: Message;
  readonly conversation: Conversation;
}

export interface SearchState {
  readonly query: string;
  readonly status: LoadStatus;
  readonly hits: readonly SearchHit[];
  readonly customers: readonly Customer[];
  readonly next: string | null;
}

export interface InboxSlice {
  readonly filter: InboxFilter;
  readonly lists: ById<InboxList>;
  readonly search: SearchState;
}

/** A step in the life of an interaction, as the thread shows it. */
export interface Step {
  readonly seq: number;
  readonly at: number;
  readonly name: string;
  readonly actorId: string | null;
  readonly userId: string | null;
  readonly reasons: readonly Reason[];
  readonly note: string | null;
  readonly disposition: string | null;
  readonly form: readonly FormAnswer[];
}

/** How far messages were fetched: up to this place and with it, wherever the message that stood there is by now. */
export interface OpenEnd extends Pick<Message, "at" | "id"> {
  /** Of what lies beyond. */
  readonly cursor: string;
}

/** Messages without a gap between them, by (at, id), oldest first. */
export interface Stretch {
  readonly messages: readonly Message[];
  /** Where older ones begin; `null`: the beginning is here. */
  readonly before: OpenEnd | null;
  /** Where newer ones begin; `null`: up to now, and what is written joins it. */
  readonly after: OpenEnd | null;
}

type PageStatus = "idle" | "loading" | "failed";

/** A place further back that the reader jumped to. It becomes one with the newest messages as soon as the two meet. */
export interface Past extends Stretch {
  readonly older: PageStatus;
  readonly newer: PageStatus;
}

/** The message that the reader asked to see. */
export interface Target {
  readonly messageId: string;
  /** What was searched for: its words are marked. */
  readonly query: string;
  readonly count: number;
  readonly status: "loading" | "ready";
}

/** The newest messages, kept up by the journal, whatever the reader looks at. */
export interface Thread extends Stretch {
  readonly after: null;
  readonly status: LoadStatus;
  readonly older: PageStatus;
  readonly past: Past | null;
  readonly target: Target | null;
  /** How often a message was asked for: no two wishes have the same count. */
  readonly aims: number;
  /** Told by the journal while a page was on its way, and not within what is here: the page may hold them as they were. */
  readonly strays: readonly Message[];
  readonly steps: readonly Step[];
  /** The first message that was unread when the conversation was opened. */
  readonly unreadFrom: string | null;
  readonly openedAt: number;
}

export interface DraftState {
  readonly text: string;
  readonly mediaIds: readonly string[];
  readonly replyToId: string | null;
  readonly note: boolean;
  /** Where letters are written; `null`: as an answer to the customer has it. */
  readonly letter: UnsentLetter | null;
  /** For the author of one public comment alone. */
  readonly privately: boolean;
  readonly savedAt: number | null;
  /** Typed here and not yet acknowledged; a draft from another device does not overwrite it. */
  readonly dirty: boolean;
}

export interface UploadState {
  readonly id: string;
  readonly conversationId: string;
  readonly name: string;
  readonly kind: Uploaded["kind"];
  readonly size: number;
  readonly place: number;
  /** 0 to 1. */
  readonly progress: number;
  readonly error: WireError | null;
  /** The channel does not take it, so it was not sent up. */
  readonly stopped: boolean;
}

/** A file of a draft. */
export interface DraftMedia extends Uploaded {
  /** Grows with each file that is added here; -1 for those that the draft had before. */
  readonly place: number;
}

export interface TypingMark {
  /** `null`: the customer. */
  readonly userId: string | null;
}

export interface TicketList {
  readonly query: TicketQuery;
  readonly ids: readonly string[];
  readonly next: string | null;
  readonly status: LoadStatus;
}

export interface TicketDetail {
  readonly comments: readonly TicketComment[];
  readonly history: readonly TicketHistoryEntry[];
  readonly talks: readonly TicketTalk[];
}

export interface TicketSlice {
  readonly byId: Table<Ticket>;
  readonly details: ById<TicketDetail>;
  readonly lists: ById<TicketList>;
  readonly filters: ById<TicketFilter>;
}

export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  readonly next: string | null;
  readonly status: LoadStatus;
}

export interface CustomerSlice {
  /** What stands in the box of the customers' list. */
  readonly query: string;
  readonly byId: Table<Customer>;
  readonly timelines: ById<Timeline>;
}

export interface Preferences {
  readonly theme: "light" | "dark" | "system";
  readonly language: "vi" | "en";
  readonly messageSound: boolean;
  readonly offerSound: boolean;
  /** Of alarms on the floor. */
  readonly alarmSound: boolean;
  /** 0 to 1. */
  readonly alarmVolume: number;
  readonly leftOpen: boolean;
  readonly rightOpen: boolean;
  readonly inboxOrder: InboxOrder;
  readonly audio: AudioChoice;
}

export type FocusTarget =
  | "composer"
  /** The composer of work that was just taken: wished for by nobody who writes elsewhere by then. */
  | "taken"
  | "search"
  | "list"
  | "ticket"
  | "ticket_comment"
  | "ticket_status"
  | "ticket_owner"
  | "ticket_due"
  | "ticket_link";

export interface UiSlice {
  readonly route: Route;
  readonly dialog: Dialog | null;
  /** A wish to move the focus, `null` once it is answered or the route changes; `count` tells two equal wishes apart. */
  readonly focus: { readonly target: FocusTarget | null; readonly count: number };
  readonly preferences: Preferences;
}

export interface State {
  readonly session: SessionSlice;
  readonly connection: ConnectionSlice;
  readonly people: PeopleSlice;
  readonly conversations: Table<Conversation>;
  readonly inbox: InboxSlice;
  readonly threads: ById<Thread>;
  readonly outgoing: readonly OutgoingItem[];
  readonly offers: ById<Offer>;
  readonly calls: CallsSlice;
  readonly drafts: ById<DraftState>;
  readonly uploads: readonly UploadState[];
  /** What is known of media in drafts, by media id. */
  readonly media: ById<DraftMedia>;
  readonly typing: ById<readonly TypingMark[]>;
  /** Conversations with a mention of me that I have not seen. */
  readonly mentions: ReadonlySet<string>;
  readonly notices: readonly FloorNotice[];
  readonly tickets: TicketSlice;
  readonly customers: CustomerSlice;
  readonly ui: UiSlice;
}

export const defaultPreferences: Preferences = {
  theme: "system",
  language: "vi",
  messageSound: true,
  offerSound: true,
  alarmSound: true,
  alarmVolume: 0.5,
  leftOpen: true,
  rightOpen: true,
  inboxOrder: "urgent",
  audio: { microphone: null, speaker: null, ring: null },
};

export const emptySearch: SearchState = { query: "", status: "idle", hits: [], customers: [], next: null };

export const noPeople: PeopleSlice = {
  users: {},
  queues: {},
  agents: {},
  channels: {},
  accounts: {},
  cannedReplies: {},
  signatures: {},
  hours: {},
  skills: {},
  teams: {},
  roles: {},
  capacity: { ...defaultCapacity, version: 1 },
  stateRules: defaultStateRules,
  webhooks: {},
};

export function initialState(preferences: Preferences = defaultPreferences, route: Route = home): State {
  return {
    session: { status: "asking", me: null, permissions: [], ended: null },
    connection: { status: "connecting", since: 0, lastSeq: null, lastAt: null, epoch: 0, skew: 0 },
    people: noPeople,
    conversations: emptyTable,
    inbox: {
      filter: {
        view: "mine",
        order: preferences.inboxOrder,
        unread: false,
        mentioned: false,
        channel: null,
      },
      lists: {},
      search: emptySearch,
    },
    threads: {},
    outgoing: [],
    offers: {},
    calls: noCalls,
    drafts: {},
    uploads: [],
    media: {},
    typing: {},
    mentions: new Set(),
    notices: [],
    tickets: { byId: emptyTable, details: {}, lists: {}, filters: {} },
    customers: { query: "", byId: emptyTable, timelines: {} },
    ui: { route, dialog: null, focus: { target: null, count: 0 }, preferences },
  };
}
