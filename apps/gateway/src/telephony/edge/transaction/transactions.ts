import type { Clock } from "@tongdai/shared";
import type { Flow } from "../flow.ts";
import {
  type AnswerParts,
  answer,
  type ReceivedMessage,
  type ReceivedRequest,
  type ReceivedResponse,
  type SipRequest,
  serialise,
  withFirst,
} from "../message/index.ts";
import {
  type ClientTransaction,
  type ClientUser,
  clientTransaction,
  type RunningClient,
} from "./client-transaction.ts";
import { clientKey, cookie, hasBranch, mergeKey, responseKey, serverKey } from "./keys.ts";
import { type RunningServer, type ServerTransaction, serverTransaction } from "./server-transaction.ts";

/** Who takes the requests (the transaction user of RFC 3261 17). */
export interface TransactionUser {
  request(transaction: ServerTransaction): void;
  /** CANCEL came for an INVITE that has no final answer; CANCEL itself is answered. */
  cancelled(invite: ServerTransaction, cancel: ReceivedRequest): void;
  /** The ACK of a 2xx. */
  acknowledged(ack: ReceivedRequest, flow: Flow): void;
  /** Nobody acknowledged a refusal (timer H). */
  unacknowledged?(invite: ServerTransaction): void;
  /** An answer that costs no transaction (RFC 3261 8.2.7): to garbage, OPTIONS, or while there is too much to do. */
  stateless?(request: ReceivedRequest, flow: Flow): Stateless | undefined;
}

export type Stateless = { readonly status: number } & AnswerParts;

export interface TransactionParts {
  readonly clock: Clock;
  readonly user: TransactionUser;
  /** Unguessable letters and digits; no two alike. */
  readonly randomId: () => string;
  /** Entries of both tables together. */
  readonly most?: number;
}

export interface Transactions {
  receive(message: ReceivedMessage, flow: Flow): void;
  /** Sends a request; Via and its branch are put on here. */
  request(request: SipRequest, flow: Flow, user: ClientUser): ClientTransaction;
  /** Sends the ACK of a 2xx, which nobody answers. @returns sends it again, for a copy of the 2xx */
  acknowledge(ack: SipRequest, flow: Flow): () => void;
  /** A connection is gone: what waits for an answer on it is told. */
  lost(flow: Flow): void;
  readonly size: number;
  /** Messages that belonged to nothing. */
  readonly strays: number;
}

export function createTransactions(parts: TransactionParts): Transactions {
  const { clock, user, randomId, most = 60_000 } = parts;
  const servers = new Map<string, RunningServer>();
  const clients = new Map<string, RunningClient>();
  const merged = new Map<string, string>();
  const byFlow = new WeakMap<Flow, Set<RunningServer | RunningClient>>();
  let strays = 0;

  function receive(message: ReceivedMessage, flow: Flow): void {
    if (message.kind === "request") receiveRequest(message, flow);
    else receiveResponse(message);
  }

  function receiveResponse(response: ReceivedResponse): void {
    // RFC 3261 8.1.3.3: an answer with two Vias is not for us.
    const ours = response.headers.filter((h) => h.name === "via").length === 1;
    const client = ours ? clients.get(responseKey(response)) : undefined;
    if (client) client.receive(response);
    else strays++;
  }

  function receiveRequest(request: ReceivedRequest, flow: Flow): void {
    if (!hasBranch(request.via)) {
      if (request.method === "ACK") strays++;
      else refuse(request, flow, { status: 400, reason: "RFC 3261 branch required" });
      return;
    }
    const known = servers.get(serverKey(request));
    if (request.method === "ACK") {
      if (known && known.state !== "accepted") known.dispatch("ack");
      else user.acknowledged(request, flow);
    } else if (known) known.dispatch("copy");
    else if (request.method === "CANCEL") cancel(request, flow);
    else open(request, flow);
  }

  function cancel(request: ReceivedRequest, flow: Flow): void {
    const invite = servers.get(serverKey(request, "INVITE"));
    const own = start(request, flow, () => {});
    own.answer(invite ? 200 : 481, invite ? { toTag: invite.toTag } : {});
    if (invite?.state === "proceeding") user.cancelled(invite, request);
  }

  function open(request: ReceivedRequest, flow: Flow): void {
    const plan = stateless(request, flow);
    if (plan) refuse(request, flow, plan);
    else start(request, flow, (transaction) => user.request(transaction));
  }

  function stateless(request: ReceivedRequest, flow: Flow): Stateless | undefined {
    const other = merged.get(mergeKey(request) ?? "");
    if (other !== undefined) return { status: 482 };
    if (servers.size + clients.size < most) return user.stateless?.(request, flow);
    return { status: 503, headers: [{ name: "retry-after", value: "10" }] };
  }

  /** The tag must be the same for every copy (RFC 3261 8.2.7), so it comes from the branch. */
  function refuse(request: ReceivedRequest, flow: Flow, { status, ...rest }: Stateless): void {
    const toTag = request.via.params.get("branch")?.slice(-16) ?? "0";
    flow.send(serialise(answer(request, status, { toTag, ...rest })));
  }

  function start(request: ReceivedRequest, flow: Flow, tellUser: (t: RunningServer) => void): RunningServer {
    const key = serverKey(request);
    const merge = mergeKey(request);
    const transaction = serverTransaction({
      clock,
      request,
      flow,
      toTag: randomId(),
      tell: (what) => {
        if (what === "request") tellUser(transaction);
        else if (what === "unacknowledged") user.unacknowledged?.(transaction);
      },
      ended: () => {
        servers.delete(key);
        if (merge !== undefined) merged.delete(merge);
        byFlow.get(flow)?.delete(transaction);
      },
    });
    servers.set(key, transaction);
    if (merge !== undefined) merged.set(merge, key);
    remember(flow, transaction);
    transaction.dispatch("start");
    return transaction;
  }

  function request(bare: SipRequest, flow: Flow, clientUser: ClientUser): ClientTransaction {
    const branch = cookie + randomId();
    return send(withVia(bare, flow, branch), flow, branch, clientUser);
  }

  function acknowledge(ack: SipRequest, flow: Flow): () => void {
    const bytes = serialise(withVia(ack, flow, cookie + randomId()));
    const post = (): void => void flow.send(bytes);
    post();
    return post;
  }

  function send(ready: SipRequest, flow: Flow, branch: string, clientUser: ClientUser): RunningClient {
    const key = clientKey(branch, ready.method);
    const transaction = clientTransaction({
      clock,
      request: ready,
      flow,
      user: clientUser,
      sendCancel: (message) => send(message, flow, branch, { answered: () => {}, failed: () => {} }),
      ended: () => {
        clients.delete(key);
        byFlow.get(flow)?.delete(transaction);
      },
    });
    clients.set(key, transaction);
    remember(flow, transaction);
    transaction.dispatch("start");
    return transaction;
  }

  /** Datagrams have no connection to lose. */
  function remember(flow: Flow, transaction: RunningServer | RunningClient): void {
    if (!flow.reliable) return;
    const known = byFlow.get(flow);
    if (known) known.add(transaction);
    else byFlow.set(flow, new Set([transaction]));
  }

  return {
    receive,
    request,
    acknowledge,
    lost(flow) {
      // A copy: who is told may send on the dead road again, which must not be told in the same breath.
      for (const transaction of Array.from(byFlow.get(flow) ?? [])) transaction.dispatch("road lost");
    },
    get size() {
      return servers.size + clients.size;
    },
    get strays() {
      return strays;
    },
  };
}

const withVia = (request: SipRequest, flow: Flow, branch: string): SipRequest =>
  withFirst(request, "via", `SIP/2.0/${flow.transport} ${flow.sentBy};branch=${branch};rport`);
