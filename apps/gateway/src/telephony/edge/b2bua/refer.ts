import { dialogKey } from "../dialog/index.ts";
import { talks } from "../leg/index.ts";
import { header, parseReferTo, type Replaces } from "../message/index.ts";
import type { ServerTransaction } from "../transaction/index.ts";
import type { Desk, Destination, RunningCall } from "./call.ts";
import type { Line } from "./line.ts";

export interface ReferParts {
  readonly desk: Desk;
  readonly lines: ReadonlyMap<string, Line>;
  readonly callOf: (line: Line) => RunningCall | undefined;
}

/**
 * REFER: an agent sends the other party on. The address that it names is a wish: the desk says whom it means, and
 * nobody is sent anywhere else. With Replaces it names a talk of the same agent, whose other party takes over.
 */
export function refer(
  parts: ReferParts,
  call: RunningCall,
  line: Line,
  transaction: ServerTransaction,
): void {
  const value = header(transaction.request, "refer-to");
  if (value === undefined) transaction.answer(400);
  else if (!line.isAgent) transaction.answer(603);
  else {
    const { address, replaces } = parseReferTo(value);
    const user = address.uri.kind === "sip" ? address.uri.user : undefined;
    const goal = replaces
      ? consulted(parts, line, replaces)
      : user === undefined
        ? undefined
        : parts.desk.resolve(call, line.party, user);
    if (goal && call.mayTransfer(line)) {
      transaction.answer(202);
      call.transfer(line, goal);
    } else transaction.answer(goal ? 491 : 603);
  }
}

/** The colleague in another talk that the same agent has with us. Some phones write the tags the other way round. */
function consulted({ lines, callOf }: ReferParts, line: Line, named: Replaces): Destination | undefined {
  const { callId, toTag, fromTag } = named;
  const consult =
    lines.get(dialogKey({ callId, localTag: toTag, remoteTag: fromTag })) ??
    lines.get(dialogKey({ callId, localTag: fromTag, remoteTag: toTag }));
  const call = consult && callOf(consult);
  if (!consult || !call || consult === line || consult.party !== line.party) return undefined;
  const other = call.otherOf(consult);
  const dialog = other?.session.dialog;
  if (!other?.isAgent || !dialog || !talks(other.leg)) return undefined;
  const replaces = `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
  return {
    device: { user: other.party, uri: dialog.target, flow: other.session.flow },
    headers: [{ name: "replaces", value: replaces }],
    replaced: call,
  };
}
