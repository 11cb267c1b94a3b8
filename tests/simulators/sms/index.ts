import { createServer } from "node:http";
import { readBody } from "../kit/body.ts";
import { type Clock, realClock } from "../kit/clock.ts";
import { createGauge } from "../kit/gauge.ts";
import { isLocal } from "../kit/guard.ts";
import { createHttpCaller } from "../kit/http-caller.ts";
import { type Keeper, keepState } from "../kit/keeper.ts";
import { listen } from "../kit/listen.ts";
import { createStream } from "../kit/stream.ts";
import { esms } from "./esms.ts";
import { createFaults, type Faults } from "./faults.ts";
import { own } from "./own.ts";
import { bringAll, handle } from "./send.ts";
import {
  type HookRecord,
  type Phone,
  type PhoneText,
  type Provider,
  phoneOf,
  type SenderAccount,
  type Sim,
} from "./sim.ts";
import { speedsms } from "./speedsms.ts";
import { restore, save } from "./state.ts";
import { stringee } from "./stringee.ts";
import { obeyTwilio, twilio } from "./twilio.ts";

export type { FaultValue } from "../kit/faults.ts";
export type { FaultName } from "./faults.ts";
export type { PhoneText, ProviderName, SenderAccount } from "./sim.ts";

export interface SmsSimulator {
  /** The phone's screen, and the base of every provider's calls. */
  readonly url: string;
  readonly faults: Faults;
  readonly accounts: readonly SenderAccount[];
  /** Adds a number or brandname; again: changes it. */
  connect(account: SenderAccount): void;
  phones(): readonly Phone[];
  /** What went to our webhook, newest last. */
  readonly log: readonly HookRecord[];
  /** What a phone has got and sent, oldest first. */
  texts(number: string): readonly PhoneText[];
  /** Somebody writes to a number of ours. @returns what our webhook answered; 0: nothing, `null`: this sender takes no answers */
  write(o: { from: string; to: string; text: string }): Promise<number | null>;
  /** Resolves when nothing is on its way any more. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface SmsOptions {
  readonly accounts?: readonly SenderAccount[];
  readonly port?: number;
  readonly clock?: Clock;
  /** Where the phones are kept between two starts; absent: in memory only. */
  readonly stateFile?: string;
}

const providers: readonly Provider[] = [twilio, esms, speedsms, stringee];
const LONGEST_BODY = 100_000;

/** eSMS, SpeedSMS, Stringee and Twilio on one port, told apart by their addresses, and the phones of their customers. */
export async function startSmsSimulator(options: SmsOptions = {}): Promise<SmsSimulator> {
  const stream = createStream();
  let keeper: Keeper | undefined;
  const sim = build(options, () => {
    stream.changed();
    keeper?.changed();
  });
  if (options.stateFile !== undefined)
    keeper = keepState(options.stateFile, {
      clock: sim.clock,
      load: (text) => restore(sim, text),
      save: () => save(sim),
    });
  let url = "";
  const server = createServer((request, response) => {
    const end = sim.gauge.begin();
    const called = new URL(request.url ?? "/", "http://simulator");
    readBody(request, LONGEST_BODY)
      .then(async (body) => {
        const call = {
          method: request.method ?? "GET",
          url: called,
          headers: request.headers,
          body: body.toString(),
        };
        const provider = providers.find((p) => p.owns(call));
        if (provider) {
          const reply = await handle(sim, provider, call);
          if (reply === "close") return response.destroy();
          return response.writeHead(reply.status, reply.headers).end(reply.body);
        }
        if (!isLocal(request)) return response.writeHead(403).end("Local use only");
        return own(simulator, stream, { call, response });
      })
      .catch(() => response.destroy())
      .finally(end);
  });
  const simulator: SmsSimulator = {
    get url() {
      return url;
    },
    faults: sim.faults,
    accounts: sim.accounts,
    connect(account) {
      const at = sim.accounts.findIndex((a) => a.sender === account.sender);
      if (at < 0) sim.accounts.push(account);
      else sim.accounts[at] = account;
      sim.changed();
    },
    phones: () => [...sim.phones.values()],
    log: sim.log,
    texts: (number) => phoneOf(sim, number).texts,
    write: (o) => write(sim, o),
    settle: () => sim.gauge.idle(),
    async close() {
      stream.close();
      keeper?.close();
      sim.http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  url = await listen(server, { port: options.port ?? 0, host: "127.0.0.1" });
  return simulator;
}

function build(options: SmsOptions, changed: () => void): Sim {
  const clock = options.clock ?? realClock;
  const sim: Sim = {
    clock,
    gauge: createGauge(),
    http: createHttpCaller(clock),
    faults: createFaults(changed),
    accounts: [...(options.accounts ?? [])],
    phones: new Map(),
    calls: new Map(),
    requestIds: new Map(),
    log: [],
    given: 0,
    changed,
    newId: (prefix) => {
      sim.given += 1;
      const id = FIRST_ID + sim.given;
      return prefix === "SM" ? `SM${id.toString(16).padStart(32, "0")}` : `${prefix}${id}`;
    },
  };
  return sim;
}

const FIRST_ID = 100_000_000;

async function write(sim: Sim, o: { from: string; to: string; text: string }): Promise<number | null> {
  const account = sim.accounts.find((a) => a.sender === o.to);
  const provider = providers.find((p) => p.name === account?.provider);
  if (!account || !provider) throw new Error(`nobody has the number ${o.to}`);
  const text: PhoneText = {
    id: sim.newId(account.provider === "twilio" ? "SM" : ""),
    direction: "from",
    sender: account.sender,
    text: o.text,
    at: sim.clock.now(),
    state: "delivered",
  };
  const hook = provider.incoming(account, text, o.from);
  if (!hook) return null;
  phoneOf(sim, o.from).texts.push(text);
  if (account.provider === "twilio") obeyTwilio(sim, account, o);
  sim.changed();
  return bringAll(sim, provider, { what: "incoming", hooks: [hook] });
}
