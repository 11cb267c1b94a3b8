import type { Ctx } from "../../context.ts";
import { accountByExternalId } from "../../store/inbound.ts";
import { queueByName } from "../../store/people.ts";
import { saveAccount } from "../channel-accounts/index.ts";
import { demo } from "./demo-file.ts";

const demoPages = demo.facebook.apps.flatMap((app) => app.pages.map((page) => ({ app, page })));

/** Connects the pages to the simulator, wherever it listens at this start. */
export async function savePages(ctx: Ctx): Promise<void> {
  const graphUrl = ctx.config.simulatorUrl;
  if (graphUrl === null) throw new Error("the demo needs a simulator");
  for (const { app, page } of demoPages) {
    const known = await accountByExternalId(ctx.store, "facebook", page.pageId);
    if (known && graphUrlOf(ctx, known.config) === graphUrl) continue;
    const queue = await queueByName(ctx.store, page.queue);
    if (!known && !queue) throw new Error(`the demo has no queue ${page.queue}`);
    await saveAccount(ctx, null, {
      id: known?.id ?? null,
      channel: "facebook",
      name: known?.name ?? page.name,
      queueId: known?.queue_id ?? queue?.id ?? "",
      enabled: known ? known.enabled === 1 : true,
      config: {
        appId: app.appId,
        appSecret: app.appSecret,
        verifyToken: app.verifyToken,
        pageId: page.pageId,
        pageToken: page.token,
        graphUrl,
      },
    });
  }
}

function graphUrlOf(ctx: Ctx, sealed: string): unknown {
  const config: unknown = JSON.parse(ctx.secrets.open(sealed));
  return typeof config === "object" && config !== null && "graphUrl" in config ? config.graphUrl : null;
}
