import type { AccountFact } from "@tongdai/shared";
import { Gauge, type Registry } from "prom-client";
import type { Ctx } from "../context.ts";
import { factsOf, toAccount } from "../features/channel-accounts/index.ts";
import { allAccounts } from "../store/accounts.ts";
import { messagesToSend } from "../store/backlog.ts";

const labelNames = ["channel", "account"] as const;

/** How each channel account is, by the name that administrators gave it. */
export function addAccountGauges(registry: Registry, ctx: Ctx): void {
  const registers = [registry];
  const accounts = () => allAccounts(ctx.store);
  new Gauge({
    name: "tongdai_channel_account_state",
    help: "1 for the state that the account is in",
    labelNames: [...labelNames, "state"],
    registers,
    async collect() {
      this.reset();
      for (const { channel, name: account, health: state } of await accounts())
        this.set({ channel, account, state }, 1);
    },
  });
  new Gauge({
    name: "tongdai_channel_account_last_inbound_timestamp_seconds",
    help: "When the account was last heard",
    labelNames,
    registers,
    async collect() {
      this.reset();
      for (const { channel, name: account, last_inbound_at } of await accounts())
        if (last_inbound_at !== null) this.set({ channel, account }, last_inbound_at / 1_000);
    },
  });
  new Gauge({
    name: "tongdai_channel_account_messages_to_send",
    help: "Messages of the account that wait to leave",
    labelNames,
    registers,
    async collect() {
      this.reset();
      const leaving = await messagesToSend(ctx.store);
      for (const { id, channel, name: account } of await accounts())
        this.set({ channel, account }, Number(leaving.find((row) => row.account_id === id)?.count ?? 0));
    },
  });
  addFactGauges(registers, accounts);
}

/** What the vendors tell of their accounts, as of the last look. */
function addFactGauges(registers: Registry[], accounts: () => ReturnType<typeof allAccounts>): void {
  const gauge = <K extends AccountFact["kind"], L extends string>(o: {
    name: string;
    help: string;
    kind: K;
    labels: readonly L[];
    read(fact: Extract<AccountFact, { kind: K }>): { value: number | null; labels: Record<L, string> };
  }): Gauge =>
    new Gauge({
      name: `tongdai_channel_account_${o.name}`,
      help: o.help,
      labelNames: [...labelNames, ...o.labels],
      registers,
      async collect() {
        this.reset();
        for (const row of await accounts())
          for (const fact of factsOf(row)) {
            if (!isOf(fact, o.kind)) continue;
            const { value, labels } = o.read(fact);
            if (value !== null) this.set({ channel: row.channel, account: row.name, ...labels }, value);
          }
      },
    });
  gauge({
    name: "login_expires_timestamp_seconds",
    help: "When our permission ends",
    kind: "expiry",
    labels: [],
    read: ({ at }) => ({ value: at / 1_000, labels: {} }),
  });
  gauge({
    name: "quota_left",
    help: "How much the vendor still lets the account send",
    kind: "quota",
    labels: ["of"],
    read: ({ left, of }) => ({ value: left, labels: { of } }),
  });
  gauge({
    name: "quota_total",
    help: "How much the vendor lets the account send in all",
    kind: "quota",
    labels: ["of"],
    read: ({ total, of }) => ({ value: total, labels: { of } }),
  });
  gauge({
    name: "balance",
    help: "What is left to pay the vendor with",
    kind: "balance",
    labels: ["currency"],
    read: ({ amount, currency }) => ({ value: amount, labels: { currency } }),
  });
  new Gauge({
    name: "tongdai_channel_account_alarm",
    help: "1 for each alarm: a permission that ends soon, a quota that is almost used up",
    labelNames: [...labelNames, "kind", "level"],
    registers,
    async collect() {
      this.reset();
      for (const row of await accounts())
        for (const { kind, level } of toAccount(row).alarms)
          this.set({ channel: row.channel, account: row.name, kind, level }, 1);
    },
  });
}

const isOf = <K extends AccountFact["kind"]>(
  fact: AccountFact,
  kind: K,
): fact is Extract<AccountFact, { kind: K }> => fact.kind === kind;
