import type { AccountCheck, ChannelDeps, Link, ParsedItem, SendOutcome, WebhookRequest } from "../channel.ts";

/** The seam between the SMS channel and who carries its messages. */
export interface SmsProvider {
  /** The number or brandname that the account writes from. */
  readonly sender: string;
  /** Path segment of the webhook. Without signatures it is the secret itself. */
  readonly webhookKey: string;
  /** See `Account`. */
  readonly keyField?: string;
  verify(request: WebhookRequest): boolean;
  send(message: OutgoingSms, signal: AbortSignal): Promise<SendOutcome>;
  /** Are the credentials good? Rejects on trouble that may pass. */
  check(signal: AbortSignal): Promise<AccountCheck>;
  /** For what comes by a line that we keep: see `Account`. */
  connect?(link: Link, signal: AbortSignal): Promise<void>;
}

export interface OutgoingSms {
  /** Our id: given to providers that drop repetitions by it. */
  readonly id: string;
  /** E.164. */
  readonly to: string;
  /** Composed (NFC). */
  readonly text: string;
}

export interface ProviderKind<C> {
  open(config: C, deps: ChannelDeps): SmsProvider;
  /** Whether a verified request is of this provider's form: its fields, or `null`. */
  decode(request: WebhookRequest): Readonly<Record<string, unknown>> | null;
  /**
   * What `decode` gave. May throw: it is then kept as `unsupported`.
   * @param accountIds the accounts at the address that it came to
   */
  parse(fields: Readonly<Record<string, unknown>>, accountIds: readonly string[]): ParsedItem;
}
