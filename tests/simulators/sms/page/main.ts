import { asked, call, run } from "../../kit/page/client.ts";
import { play } from "../../kit/page/play.ts";
import type { Line, Talk } from "../../kit/page/talk.ts";
import { applyStaticText, t } from "./words.ts";

interface Text {
  readonly id: string;
  readonly direction: "to" | "from";
  readonly sender: string;
  readonly text: string;
  readonly at: number;
  readonly state: "accepted" | "delivered" | "failed";
}

interface Snapshot {
  readonly accounts: readonly { provider: string; sender: string }[];
  readonly phones: readonly { number: string; texts: readonly Text[] }[];
  readonly faults: readonly { name: string }[];
  readonly knownFaults: readonly string[];
  readonly log: readonly {
    readonly id: number;
    readonly what: "incoming" | "report";
    readonly state: "sending" | "delivered" | "waiting" | "lost";
    readonly status: number;
  }[];
}

const ANYBODY = "+84901234567";
const first = await call<Snapshot>("state");
const phone = asked.get("phone");
let sender = "";
let number = "";

const isOneWay = (): boolean => {
  const account = first.accounts.find((each) => each.sender === sender);
  return account?.provider === "esms" || account?.provider === "stringee" || !/^[+\d]/.test(sender);
};

async function write(text: string): Promise<void> {
  const { status } = await call<{ status: number | null }>("texts", { from: number, to: sender, text });
  if (status !== 200) throw new Error(status === null ? t("oneWay") : `${t("refused")} (${status})`);
}

const lineOf = ({ id, direction, text, at, state }: Text): Line => ({
  id,
  mine: direction === "from",
  at,
  text,
  files: [],
  notes: [state !== "delivered" && t(state)],
});

function talkOf(snapshot: Snapshot): Talk {
  const texts = snapshot.phones.find((each) => each.number === number)?.texts ?? [];
  const silent = isOneWay();
  return {
    with: sender,
    status: t("connected"),
    isGood: true,
    lines: texts.filter((each) => each.sender === sender).map(lineOf),
    ...(silent ? { silent: t("oneWay") } : {}),
    acts: silent
      ? []
      : ["STOP", "START", "TC"].map((word) => ({
          label: t("reply", word),
          onPress: () => run(write(word)),
        })),
    travelledMs: 0,
    faults: snapshot.faults.map(({ name }) => name),
    log: snapshot.log.map(({ id, what, state, status }) => ({
      what: `#${id} ${t(what)}`,
      state,
      result: [t(`${state}Event`), status > 0 && status].filter(Boolean).join(" "),
    })),
    unseen: false,
  };
}

await play<Snapshot>({
  applyWords: applyStaticText,
  places: first.accounts.map((each) => ({ id: each.sender, name: `${each.sender} (${each.provider})` })),
  people: () =>
    [...new Set([ANYBODY, ...first.phones.map((each) => each.number)])].map((each) => ({
      id: each,
      name: each,
    })),
  asked: phone === null ? null : { id: phone, name: phone },
  async open({ placeId, personId }) {
    sender = placeId;
    number = personId;
    return "";
  },
  talk: talkOf,
  send: ({ text }) => write(text),
  faults: first.knownFaults,
  setFault: (name, on) => call("faults", { name, on }),
});
