import { createServer, type Server, type Socket } from "node:net";
import { createGauge } from "../kit/gauge.ts";
import {
  COMMAND,
  cstring,
  decode,
  encode,
  type Frame,
  type Message,
  RESPONSE,
  readMessage,
  readText,
  splitHeader,
  writeMessage,
  writeText,
} from "./pdu.ts";

type ReceiptWord = "DELIVRD" | "UNDELIV" | "none";

/** ESME_RINVDSTADR. */
const INVALID_ADDRESS = 0x0b;

export interface SmscFaults {
  /** Answers of the next submits; `late`: taken, and answered by `answerLate`; `late-no`: refused by it; `break`: the line breaks once it is taken. */
  readonly submits: (number | "late" | "late-no" | "break")[];
  /** The receipt comes before the answer to the submit. */
  earlyReceipts: boolean;
  receipts: ReceiptWord;
  /** Of the next submits, before `receipts` counts. */
  readonly nextReceipts: ReceiptWord[];
  /** What the client answers to us gets lost. */
  deaf: boolean;
}

export interface SmscSimulator {
  readonly port: number;
  readonly faults: SmscFaults;
  /** What has come to phones, long texts whole, in the order in which they became so. */
  readonly texts: readonly { readonly to: string; readonly text: string }[];
  /** How many submits have been taken, parts counted one by one. */
  readonly submits: number;
  /** How many wait for `answerLate`. */
  readonly unanswered: number;
  /** How many answers have come, also those that got lost. */
  readonly answered: number;
  /** How many lines are bound to hear from us. */
  receivers(): number;
  /**
   * A phone's text, in the parts that it is cut into, in the order given.
   * @param o.reference the phone's number for it; a new one unless told
   * @returns the statuses of the answers; none without a line
   */
  write(o: {
    from: string;
    parts: readonly string[];
    order?: readonly number[];
    reference?: number;
  }): Promise<number[]>;
  /** A text whose last field is cut off. @returns the statuses of the answers */
  writeUnreadable(from: string): Promise<number[]>;
  /** The receipt of a submit that got none. @param id as its answer had it */
  tell(id: string, word: ReceiptWord): Promise<void>;
  /** Gives the answers that were kept back, with their receipts. */
  answerLate(): Promise<void>;
  /** Breaks every line. */
  cut(): void;
  settle(): Promise<void>;
  close(): Promise<void>;
}

interface Line {
  readonly socket: Socket;
  hears: boolean;
  sequence: number;
  readonly waiting: Map<number, (status: number) => void>;
}

const NUMBER = "8099";
const PASSWORD_REFUSED = 0x0e;

/** An operator's message centre, its PDUs made by hand. */
export async function startSmsc(password: string): Promise<SmscSimulator> {
  const lines = new Set<Line>();
  const texts: { to: string; text: string }[] = [];
  const parts = new Map<string, string[]>();
  const gauge = createGauge();
  const late: (() => Promise<void>)[] = [];
  const faults: SmscFaults = {
    submits: [],
    earlyReceipts: false,
    receipts: "DELIVRD",
    nextReceipts: [],
    deaf: false,
  };
  let lastId = 0;
  let lastReference = 0;
  let submits = 0;
  let answered = 0;

  const reply = (line: Line, to: Frame, body: Buffer = Buffer.alloc(0), status = 0): void => {
    const { sequence } = to;
    line.socket.write(encode({ command: to.command + RESPONSE, status, sequence, body }));
  };

  /** Sends to whoever hears, and waits for the answer. */
  const deliver = (message: Message, end = Buffer.alloc(0)): Promise<number[]> => {
    const line = [...lines].findLast((l) => l.hears);
    if (!line) return Promise.resolve([]);
    const done = gauge.begin();
    const sequence = ++line.sequence;
    const answered = new Promise<number[]>((resolve) => {
      line.waiting.set(sequence, (status) => resolve(status < 0 ? [] : [status]));
    });
    const body = Buffer.concat([writeMessage(message), end]);
    line.socket.write(encode({ command: COMMAND.deliver_sm, status: 0, sequence, body }));
    return answered.finally(done);
  };

  const nextWord = (): ReceiptWord => faults.nextReceipts.shift() ?? faults.receipts;
  const taken = new Map<string, Pick<Message, "from" | "to">>();
  const receipt = async (
    { from, to }: Pick<Message, "from" | "to">,
    id: string,
    word = nextWord(),
  ): Promise<void> => {
    taken.set(id, { from, to });
    if (word === "none") return;
    const text = `id:${id} sub:001 dlvrd:001 submit date:2611221200 done date:2611221200 stat:${word} err:000 text:`;
    const octets = Buffer.from(text, "latin1");
    await deliver({ from: to, to: from, esmClass: 0x04, registered: 0, coding: 0, octets });
  };

  const submit = async (line: Line, frame: Frame): Promise<void> => {
    const answer = faults.submits.shift() ?? 0;
    if (typeof answer === "number" && answer !== 0) return reply(line, frame, undefined, answer);
    if (answer === "late-no")
      return void late.push(async () => reply(line, frame, undefined, INVALID_ADDRESS));
    const message = readMessage(frame.body);
    submits += 1;
    arrive(message);
    if (answer === "break") return void line.socket.destroy();
    const id = String(++lastId).padStart(10, "0");
    const wantsReceipt = message.registered === 1;
    if (wantsReceipt && faults.earlyReceipts) await receipt(message, id);
    const tell = async (): Promise<void> => {
      reply(line, frame, cstring(id));
      if (wantsReceipt && !faults.earlyReceipts) await receipt(message, id);
    };
    if (answer !== "late") return tell();
    late.push(tell);
  };

  const arrive = (message: Message): void => {
    const { header, text } = splitHeader(message);
    const words = readText(message.coding, text);
    if (header === null) return void texts.push({ to: message.to, text: words });
    const [, , , reference = 0, total = 0, number = 0] = header;
    const key = `${message.to}:${reference}:${total}`;
    const all = parts.get(key) ?? [];
    all[number - 1] = words;
    parts.set(key, all);
    if (Object.keys(all).length < total) return;
    texts.push({ to: message.to, text: all.join("") });
    parts.delete(key);
  };

  const hear = (line: Line, frame: Frame): void => {
    const { command, sequence, status } = frame;
    if (command >= RESPONSE) {
      answered += 1;
      if (faults.deaf) return;
      line.waiting.get(sequence)?.(status);
      line.waiting.delete(sequence);
    } else if (command === COMMAND.submit_sm) {
      const end = gauge.begin();
      void submit(line, frame).finally(end);
    } else if (command === COMMAND.bind_receiver || command === COMMAND.bind_transmitter) {
      const [, given] = frame.body.toString("latin1").split("\0");
      const isGood = given === password;
      line.hears = isGood && command === COMMAND.bind_receiver;
      reply(line, frame, isGood ? cstring("smsc") : undefined, isGood ? 0 : PASSWORD_REFUSED);
    } else if (command === COMMAND.enquire_link || command === COMMAND.unbind) reply(line, frame);
  };

  const server = createServer((socket) => {
    const line: Line = { socket, hears: false, sequence: 0, waiting: new Map() };
    lines.add(line);
    let data: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      const { frames, rest } = decode(Buffer.concat([data, chunk]));
      data = rest;
      for (const frame of frames) hear(line, frame);
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      lines.delete(line);
      for (const resolve of line.waiting.values()) resolve(-1);
    });
  });
  const cut = (): void => {
    for (const { socket } of lines) socket.destroy();
  };
  return {
    port: await listen(server),
    faults,
    texts,
    get unanswered() {
      return late.length;
    },
    get submits() {
      return submits;
    },
    get answered() {
      return answered;
    },
    receivers: () => [...lines].filter((l) => l.hears).length,
    async write({ from, parts: all, order = all.map((_, i) => i), reference = ++lastReference }) {
      const statuses: number[] = [];
      for (const i of order) {
        const header =
          all.length > 1 ? Buffer.from([5, 0, 3, reference, all.length, i + 1]) : Buffer.alloc(0);
        const octets = Buffer.concat([header, writeText(all[i] ?? "")]);
        const esmClass = all.length > 1 ? 0x40 : 0;
        statuses.push(...(await deliver({ from, to: NUMBER, esmClass, registered: 0, coding: 8, octets })));
      }
      return statuses;
    },
    writeUnreadable: (from) =>
      deliver(
        { from, to: NUMBER, esmClass: 0, registered: 0, coding: 8, octets: writeText("Chào") },
        // message_state, said to be one octet long, which is not there.
        Buffer.from([0x04, 0x27, 0, 1]),
      ),
    async tell(id, word) {
      const message = taken.get(id);
      if (message) await receipt(message, id, word);
    },
    async answerLate() {
      for (const tell of late.splice(0)) await tell();
    },
    cut,
    settle: () => gauge.idle(),
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return address.port;
}
