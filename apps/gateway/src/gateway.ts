import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "@tongdai/shared";
import type { Channel } from "./channels/channel.ts";
import { keepConnections } from "./channels/connections.ts";
import { email } from "./channels/email/index.ts";
import { facebook } from "./channels/facebook/index.ts";
import { planRetry, receiveDelivery, retryDelivery } from "./channels/inbound.ts";
import { outbound } from "./channels/outbound.ts";
import { channelRegistry } from "./channels/registry.ts";
import { sms } from "./channels/sms/index.ts";
import { voice } from "./channels/voice/index.ts";
import { zalo } from "./channels/zalo/index.ts";
import { systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Ctx } from "./context.ts";
import { forgetPhones, runDesk } from "./features/calls/index.ts";
import {
  alarmTurn,
  lookForAlarms,
  lookForSilence,
  openAccount,
  planNextWatch,
  watchAccount,
  watchAllAccounts,
} from "./features/channel-accounts/index.ts";
import { lookAtParts, showEarlyEdit } from "./features/conversations/index.ts";
import { watchLines } from "./features/expected-wait/index.ts";
import { lookAtHours } from "./features/hours/index.ts";
import {
  keepHouse,
  planHousekeeping,
  planNextHousekeeping,
  sweepFiles,
} from "./features/housekeeping/index.ts";
import { runInstance } from "./features/instances/index.ts";
import {
  endPark,
  endWrapUp,
  giveUpWork,
  holdLeaver,
  holdOffered,
  holdWork,
  missOffer,
  tellOverdue,
  ticketUnanswered,
} from "./features/interactions/index.ts";
import { stopRuns } from "./features/replay/index.ts";
import { followJournal } from "./features/reports/index.ts";
import { lookAgain, runRouter, startRound } from "./features/routing/index.ts";
import { runTimers, type TimerHandlers } from "./features/timers/index.ts";
import { lookAtWait } from "./features/waiting/index.ts";
import { followForWebhooks, webhookSender } from "./features/webhooks/index.ts";
import { createHttp, createMetrics, withCommitTimes } from "./http/index.ts";
import { newId } from "./ids.ts";
import { createLog, type Log } from "./log.ts";
import { checkedFetch } from "./media/checked-fetch.ts";
import { diskMedia } from "./media/disk.ts";
import { guardedFetch } from "./media/fetch-media.ts";
import { guardedPost } from "./media/guarded-post.ts";
import { allowOrigin } from "./realtime/allow-origin.ts";
import { seenByProxy } from "./realtime/handshake-limits.ts";
import { startRealtime } from "./realtime/server.ts";
import { openSecrets } from "./secrets.ts";
import { accountById } from "./store/accounts.ts";
import { expireConnections } from "./store/connections.ts";
import { openStore } from "./store/index.ts";
import { expireLeases } from "./store/outbox.ts";
import { routingTurn } from "./store/routing.ts";
import { startEmbedded } from "./telephony/embedded.ts";
import type { CallDesk, TelephonyProvider } from "./telephony/provider.ts";
import { withTimeout } from "./with-timeout.ts";

/** Parts that tests and tools put in place of the real ones. */
export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly channels?: readonly Channel[];
  readonly random?: () => number;
  /** In place of what the configuration says. */
  readonly telephony?: (desk: CallDesk) => Promise<TelephonyProvider>;
  /** A minute. */
  readonly handshakesPerNetwork?: number;
  /** Milliseconds by which the event loop may be late before vendors are told to come again. */
  readonly loopDelayMs?: number;
  /** The store can no longer be trusted: the process must end. */
  readonly onFatal?: (error: unknown) => void;
}

/** The channels that this version can speak. */
export const builtIn: readonly Channel[] = [facebook, sms, zalo, email];

/** Where nobody can call, there are no numbers to be called. */
const channelsOf = (config: Config, { telephony }: Overrides): readonly Channel[] =>
  config.telephony || telephony ? [...builtIn, voice] : builtIn;

export interface Gateway {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly ctx: Ctx;
  /** Resolves when nothing is due, nothing is on its way and nothing is being routed. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const ACT_TIMEOUT_MS = 10_000;

/** Builds everything once, restores what was going on, and listens. */
export async function createGateway(config: Config, overrides: Overrides = {}): Promise<Gateway> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog(config.logLevel);
  const metrics = createMetrics();
  const opened = await openStore(config.databaseUrl, {
    onFatal: (error) => {
      log.fatal({ err: error }, "the store failed");
      overrides.onFatal?.(error);
    },
  }).catch(sayingWhere("TONGDAI_DATABASE_URL"));
  const store = withCommitTimes(opened, metrics);
  const self = (): Ctx => ctx;
  const router = runRouter(self);
  const outbox = outbound(self, overrides.random);
  const background = new Set<Promise<unknown>>();
  const later = (work: Promise<unknown>, what: string): void => {
    const noted = work.catch((err: unknown) => log.warn({ err }, what));
    background.add(noted);
    void noted.finally(() => background.delete(noted));
  };
  const timers = runTimers(self, timerHandlers(later));
  const media = await diskMedia(`${config.dataDir}/media`);

  const instance = runInstance(self, () => realtime.again());
  const connections = keepConnections(self, overrides.random);
  const reports = followJournal(self);
  const webhookEvents = followForWebhooks(self);
  const webhooks = webhookSender(self, overrides.random);

  let telephony: TelephonyProvider | null = null;

  const ctx: Ctx = {
    config,
    instanceId: newId(),
    clock,
    log,
    store,
    channels: channelRegistry(overrides.channels ?? channelsOf(config, overrides)),
    media,
    secrets: await openSecrets(config),
    fetch: checkedFetch({ allow: config.fetchAllow }),
    post: guardedPost({ allow: config.fetchAllow }),
    fetchMedia: guardedFetch({ media, allow: config.fetchAllow }),
    get telephony() {
      return telephony;
    },
    ephemeral: { typing: (scopes, data) => realtime.typing(scopes, data) },
    act: (on, action) =>
      later(
        accountById(store, on.account_id).then((row) =>
          row && row.enabled === 1
            ? withTimeout(clock, ACT_TIMEOUT_MS, (signal) => openAccount(ctx, row).act(action, signal))
            : undefined,
        ),
        "typing or seen did not reach the vendor",
      ),
    expectedWait: (queueId, position) => lines.expectedWait(queueId, position),
    wake: {
      router: router.wake,
      outbox: outbox.wake,
      timers: timers.wake,
      webhooks: webhooks.wake,
      presence: () => realtime.presenceChanged(),
    },
  };

  const lines = watchLines(self);
  const http = await createHttp(ctx, {
    receiveDelivery,
    metrics,
    socketsConnected: () => realtime.connected,
    limits: { ...(overrides.loopDelayMs !== undefined && { loopDelayMs: overrides.loopDelayMs }) },
  });
  const realtime = startRealtime(self, http.server, overrides.handshakesPerNetwork);
  // After the sockets: a call rings once what it is about has been told.
  const desk = runDesk(self);
  telephony = await startTelephony(ctx, { server: http.server, desk, overrides }).catch(
    sayingWhere("TONGDAI_SIP_LISTEN"),
  );
  await store.write(async (tx) => {
    await expireLeases(tx);
    await expireConnections(tx);
  });
  await instance.enter();
  if (telephony) await forgetPhones(ctx);
  if (telephony) await desk.recover();
  await watchAllAccounts(ctx);
  await planHousekeeping(ctx);
  await lines.start();
  await http
    .listen({ host: config.host, port: config.port })
    .catch(sayingWhere("TONGDAI_HOST and TONGDAI_PORT"));
  for (const wake of [
    instance.start,
    router.wake,
    outbox.wake,
    timers.wake,
    reports.wake,
    webhookEvents.start,
    webhooks.wake,
    connections.start,
  ])
    wake();

  return {
    url: addressOf(http.server.address()),
    ctx,
    async settle() {
      await Promise.all([
        realtime.idle(),
        router.idle(),
        outbox.idle(),
        timers.idle(),
        instance.idle(),
        reports.idle(),
        webhookEvents.idle(),
        webhooks.idle(),
        connections.idle(),
        desk.idle(),
        ...background,
      ]);
    },
    async close() {
      lines.close();
      await telephony?.close();
      await desk.close();
      await realtime.close();
      await http.close();
      await connections.close();
      await Promise.all([router.close(), outbox.close(), timers.close(), reports.close()]);
      await Promise.all([webhookEvents.close(), webhooks.close()]);
      await Promise.all([...background, stopRuns(ctx)]);
      await instance.close();
      await store.close();
    },
  };
}

/** What happens when a timer is due. */
const timerHandlers = (later: (work: Promise<unknown>, what: string) => void): TimerHandlers => ({
  offer: { holds: holdOffered, run: missOffer },
  wrap_up: { holds: holdWork, run: endWrapUp },
  parked: { holds: holdWork, run: endPark },
  agent_gone: { holds: holdLeaver, run: giveUpWork },
  state_over: { run: tellOverdue },
  new_round: { holds: routingTurn, run: startRound },
  look_again: { holds: routingTurn, run: (tx, ctx, id) => lookAgain(tx, ctx, id) },
  unanswered: { holds: holdWork, run: ticketUnanswered },
  waited: { holds: holdWork, run: lookAtWait },
  hours_open: { holds: routingTurn, run: lookAtHours },
  account_silent: { run: lookForSilence },
  account_alarm: { holds: alarmTurn, run: lookForAlarms },
  early_edit: { run: showEarlyEdit },
  message_parts: { run: lookAtParts },
  // These wait for more than the store, so they start once the timer's own transaction has committed; what comes of them may
  // never be recorded, so the next time is set first.
  housekeeping: {
    run: async (tx, ctx) => {
      await planNextHousekeeping(tx, ctx);
      tx.afterCommit(() =>
        later(
          keepHouse(ctx).then(() => sweepFiles(ctx)),
          "housekeeping",
        ),
      );
    },
  },
  delivery: {
    run: async (tx, ctx, id) => {
      await planRetry(tx, ctx, id);
      tx.afterCommit(() => later(retryDelivery(ctx, id), "delivery retry"));
    },
  },
  account_watch: {
    run: async (tx, ctx, id) => {
      await planNextWatch(tx, ctx, id);
      tx.afterCommit(() => later(watchAccount(ctx, id), "account watch"));
    },
  },
});

async function startTelephony(
  { config, clock, secrets, log }: Ctx,
  o: { server: Server; desk: CallDesk; overrides: Overrides },
): Promise<TelephonyProvider | null> {
  if (o.overrides.telephony) return await o.overrides.telephony(o.desk);
  if (!config.telephony) return null;
  return await startEmbedded({
    ...config.telephony,
    clock,
    server: o.server,
    allowOrigin: (request) => allowOrigin(request, config),
    addressOf({ headers, socket: { remoteAddress: address = "" } }) {
      return config.trustProxy ? seenByProxy({ address, headers }) : address;
    },
    secret: secrets.derive("telephony"),
    desk: o.desk,
    relayChanged: (up) => (up ? log.info("rtpengine answers") : log.error("rtpengine does not answer")),
    report: (err) => log.error({ err }, "a fault of the SIP edge"),
  });
}

/** What the system says alone does not tell an operator what to set. The store's own sentences do. */
const sayingWhere = (variable: string) => (error: unknown) => {
  const said = error instanceof Error ? error.message : String(error);
  throw said.startsWith("The store ") ? error : new Error(`${variable}: ${said}`, { cause: error });
};

function addressOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === "string") throw new Error("the gateway does not listen");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
