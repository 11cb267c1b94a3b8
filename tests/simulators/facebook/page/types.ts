export interface Attachment {
  readonly type: string;
  readonly mediaId?: string;
  readonly name?: string;
  readonly contentType?: string;
  readonly size?: number;
  readonly stickerId?: string;
  readonly title?: string;
  readonly url?: string;
  readonly template?: Template;
}

export interface TemplateButton {
  readonly type: string;
  readonly title: string;
  readonly payload?: string;
  readonly url?: string;
}

export interface TemplateCard {
  readonly title?: string;
  readonly subtitle?: string;
  readonly text?: string;
  readonly buttons?: readonly TemplateButton[];
}

export interface Template extends TemplateCard {
  readonly elements?: readonly TemplateCard[];
}

export interface Message {
  readonly mid: string;
  readonly from: "customer" | "page";
  readonly at: number;
  readonly text?: string;
  readonly attachments: readonly Attachment[];
  readonly quickReplies: readonly { readonly title: string; readonly payload: string }[];
  readonly replyTo?: string;
  readonly edits: number;
  readonly reactions: { readonly customer?: string; readonly page?: string };
  readonly state: "sent" | "delivered" | "read";
}

export interface Transcript {
  readonly psid: string;
  readonly name: string;
  readonly blocked: boolean;
  readonly offline: boolean;
  readonly typing: boolean;
  readonly window: { readonly standardLeftMs: number; readonly humanAgentLeftMs: number };
  readonly messages: readonly Message[];
}

export interface FaultState {
  readonly name: string;
  readonly value: boolean | number | string;
}

export interface PublicComment {
  readonly id: string;
  readonly parentId: string;
  readonly author: string;
  readonly message: string;
  readonly byPage: boolean;
}

export interface LogLine {
  readonly id: number;
  readonly what: string;
  readonly state: "sending" | "delivered" | "waiting" | "lost";
  readonly attempts: number;
  readonly status: number;
  readonly error: string;
}

export interface Snapshot {
  readonly now: number;
  readonly travelledMs: number;
  readonly faults: readonly FaultState[];
  readonly transcript: Transcript | null;
  readonly comments: readonly PublicComment[];
  readonly subscriptions: readonly { readonly appId: string; readonly state: string }[];
  readonly log: readonly LogLine[];
}

export interface Overview {
  readonly pages: readonly {
    readonly id: string;
    readonly name: string;
    /** Those who wrote to this page before. */
    readonly people: readonly { readonly psid: string; readonly name: string }[];
  }[];
  readonly people: readonly { readonly name: string; readonly profile: "full" | "none" | "phone" }[];
  readonly stickers: readonly { readonly id: string; readonly label: string; readonly mediaId: string }[];
  readonly faults: readonly FaultState[];
}
