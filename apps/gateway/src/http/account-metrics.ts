import { Gauge, type Registry } from "prom-client";
import type { Ctx } from "../context.ts";
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
}
