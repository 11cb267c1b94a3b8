export interface ChannelAccountRow {
  /** Of what people save; health has none. */
  version: number;
  id: string;
  channel: string;
  external_id: string;
  name: string;
  queue_id: string;
  /** Of what is written in public; `null`: the same. */
  comment_queue_id: string | null;
  enabled: number;
  /** Skills that its work asks for. */
  needs: string;
  /** AES-256-GCM of the channel's configuration. */
  config: string;
  webhook_key: string;
  /** Nobody can answer what comes from it. */
  one_way: number;
  health: string;
  health_since: number;
  last_inbound_at: number | null;
  last_error: string | null;
  /** What the vendor told of it beside. */
  facts: string;
  facts_at: number | null;
  /** What of that somebody should know of; see the domain's account-alarms. */
  alarms: string;
}
