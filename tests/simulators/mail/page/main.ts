import { asked, call } from "../../kit/page/client.ts";
import { play } from "../../kit/page/play.ts";
import type { Talk } from "../../kit/page/talk.ts";
import { applyStaticText, t } from "./words.ts";

interface Letter {
  readonly id: string;
  readonly mine: boolean;
  readonly mailbox: string;
  readonly at: number;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly type: string }[];
}

interface Snapshot {
  readonly letters: readonly Letter[];
  readonly faults: readonly { readonly name: string }[];
  /** What lies in the mailboxes of the contact centre, newest first. */
  readonly log: readonly {
    readonly mailbox: string;
    readonly uid: number;
    readonly subject: string;
    readonly isFetched: boolean;
  }[];
}

interface Overview {
  readonly mailboxes: readonly { readonly address: string; readonly name: string }[];
  readonly customers: readonly string[];
  readonly knownFaults: readonly string[];
}

const ANYBODY = "mai.pham@khach.test";
const overview = await call<Overview>("state");
const email = asked.get("email");
let mailbox = "";
let address = "";
let subject = "";

const write = (more: { text: string; files?: unknown[] }) =>
  call("letters", { from: address, name: asked.get("person") ?? address, to: mailbox, subject, ...more });

const talkOf = ({ letters, faults, log }: Snapshot): Talk => ({
  with: overview.mailboxes.find((one) => one.address === mailbox)?.name ?? mailbox,
  status: t("connected", mailbox),
  isGood: true,
  lines: letters
    .filter((one) => one.mailbox === mailbox)
    .map(({ files, mailbox: _mailbox, ...line }) => ({
      ...line,
      files: files.map(({ name, type }, index) => ({
        name,
        source: `/sim/file/${line.id}/${index}`,
        isImage: type.startsWith("image/"),
      })),
      notes: [],
    })),
  acts: [],
  travelledMs: 0,
  faults: faults.map(({ name }) => name),
  log: log
    .filter((one) => one.mailbox === mailbox)
    .map(({ uid, subject: about, isFetched }) => ({
      what: `UID ${uid} ${about}`,
      state: isFetched ? "delivered" : "waiting",
      result: t(isFetched ? "fetched" : "lies"),
    })),
  unseen: false,
});

await play<Snapshot>({
  applyWords: applyStaticText,
  places: overview.mailboxes.map((one) => ({ id: one.address, name: `${one.name} <${one.address}>` })),
  people: () => [...new Set([ANYBODY, ...overview.customers])].map((each) => ({ id: each, name: each })),
  asked: email === null ? null : { id: email, name: email },
  async open({ placeId, personId }) {
    mailbox = placeId;
    address = personId;
    return `address=${encodeURIComponent(address)}`;
  },
  talk: talkOf,
  send(letter) {
    ({ subject } = letter);
    return write({ text: letter.text });
  },
  sendFile: (file) => write({ text: "", files: [file] }),
  hasSubject: true,
  placeholder: () => t("letter"),
  faults: overview.knownFaults,
  setFault: (name, on) => call("faults", { name, on }),
});
