import type { Capabilities } from "@tongdai/shared";
import type { OutgoingPart, SendOutcome } from "../channel.ts";

/** What the vendor does with a part. */
export type Answer =
  | SendOutcome
  | ((part: OutgoingPart, signal: AbortSignal) => SendOutcome | Promise<SendOutcome>);

/** `externalId` is what the vendor calls the part if it takes it. */
export type SentPart = OutgoingPart & { readonly account: string; readonly externalId: string };

interface Outbox {
  readonly attempts: readonly SentPart[];
  readonly sent: readonly SentPart[];
  script(...answers: readonly Answer[]): void;
  always(answer: Answer | null): void;
  attempted(count: number): Promise<void>;
  send(account: string, part: OutgoingPart, signal: AbortSignal): Promise<SendOutcome>;
}

const noAnswer: SendOutcome = { kind: "unknown", detail: "no answer in time" };

/** The sending half of the fake: refuses what a vendor refuses, then does what the test told. */
export function outbox(capabilities: Capabilities): Outbox {
  const attempts: SentPart[] = [];
  const sent: SentPart[] = [];
  const scripted: Answer[] = [];
  let standing: Answer | null = null;
  let waiting: { readonly count: number; readonly wake: () => void }[] = [];

  const wakeWaiting = (): void => {
    const due = waiting.filter((w) => w.count <= attempts.length);
    waiting = waiting.filter((w) => w.count > attempts.length);
    for (const { wake } of due) wake();
  };

  return {
    attempts,
    sent,
    script: (...answers) => void scripted.push(...answers),
    always: (answer) => {
      standing = answer;
    },
    attempted: (count) =>
      new Promise((wake) => {
        waiting.push({ count, wake });
        wakeWaiting();
      }),
    async send(account, part, signal) {
      if (signal.aborted) return noAnswer;
      const given: SentPart = { ...part, account, externalId: `out-${attempts.length + 1}` };
      attempts.push(given);
      wakeWaiting();
      const mistake = mistakeIn(part, capabilities);
      if (mistake) return mistake;
      const answer = scripted.shift() ?? standing ?? { kind: "sent", externalId: given.externalId };
      const outcome =
        typeof answer === "function" ? await unlessAborted(answer(part, signal), signal) : answer;
      if (outcome.kind === "sent") sent.push({ ...given, externalId: outcome.externalId });
      return outcome;
    },
  };
}

function mistakeIn({ content }: OutgoingPart, { text, attachments }: Capabilities): SendOutcome | null {
  if (content.kind === "text") {
    const fits = content.text.trim() !== "" && content.text.length <= text.maxLength;
    return fits ? null : { kind: "failed", code: "invalid", detail: "text too short or too long" };
  }
  const most = content.kind === "image" ? attachments.imageMaxBytes : attachments.maxBytes;
  const size = content.bytes.byteLength;
  const fits = attachments.kinds.includes(content.kind) && size > 0 && size <= most;
  return fits ? null : { kind: "failed", code: "attachment_refused", detail: "kind or size not accepted" };
}

/** A vendor that hangs is left by the caller's signal, and nobody knows what it did. */
function unlessAborted(
  outcome: SendOutcome | Promise<SendOutcome>,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { promise, resolve } = Promise.withResolvers<SendOutcome>();
  const leave = (): void => resolve(noAnswer);
  signal.addEventListener("abort", leave, { once: true });
  return Promise.race([Promise.resolve(outcome), promise]).finally(() =>
    signal.removeEventListener("abort", leave),
  );
}
