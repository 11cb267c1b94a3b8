import { ChannelId } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { allAccounts } from "../../store/accounts.ts";
import {
  BroughtAccount,
  bringAccount,
  lacksSecrets,
  openConfigOf,
  toAccount,
} from "../channel-accounts/index.ts";
import type { Section, Thing } from "./sections.ts";

/** Accounts of channels without their secrets: one whose secrets are not known here comes in switched off. */
export const accountsSection: Section = {
  known: ["channel", "externalId"],
  shown: "name",
  natural: true,
  read: readAccounts,
  resolve: async (ctx, item, there) => ((await lacks(ctx, item, there)) ? { ...item, enabled: false } : item),
  todo: async (ctx, item, there) => ((await lacks(ctx, item, there)) ? "give_secrets" : null),
  save: (ctx, by, input) => bringAccount(ctx, by, BroughtAccount.parse(input)),
};

/** What is brought is what is taken out: the rest follows from it, or is this gateway's own. */
const taken = new Set(Object.keys(BroughtAccount.shape));

async function readAccounts(ctx: Ctx): Promise<Thing[]> {
  return (await allAccounts(ctx.store)).map((row) => {
    const { id, version, ...told } = toAccount(row);
    const item = Object.fromEntries(Object.entries(told).filter(([name]) => taken.has(name)));
    return { id, version, item: { ...item, config: openConfigOf(ctx, row) } };
  });
}

const Known = z.object({ channel: ChannelId, config: z.record(z.string(), z.unknown()).default({}) });

const lacks = async (ctx: Ctx, item: Thing["item"], there: Thing | undefined): Promise<boolean> =>
  lacksSecrets(ctx, { ...Known.parse({ ...there?.item, ...item }), accountId: there?.id ?? null });
