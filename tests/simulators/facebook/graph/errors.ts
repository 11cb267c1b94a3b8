import type { JsonObject } from "../../kit/json.ts";
import { newTraceId } from "../core/ids.ts";

export interface GraphErrorParts {
  readonly message: string;
  readonly code: number;
  readonly subcode?: number;
  readonly type?: string;
  readonly status?: number;
  readonly transient?: boolean;
  readonly userTitle?: string;
  readonly userMessage?: string;
}

export class GraphError extends Error {
  readonly parts: GraphErrorParts;

  constructor(parts: GraphErrorParts) {
    super(parts.message);
    this.parts = parts;
  }

  get status(): number {
    return this.parts.status ?? 400;
  }

  toJson(): JsonObject {
    const { message, code, subcode, transient, userTitle, userMessage } = this.parts;
    return {
      error: {
        message,
        type: this.parts.type ?? "OAuthException",
        code,
        error_subcode: subcode,
        is_transient: transient,
        error_user_title: userTitle,
        error_user_msg: userMessage,
        fbtrace_id: newTraceId(),
      },
    };
  }
}

export function invalid(message: string, subcode?: number): GraphError {
  return new GraphError({ message: `(#100) ${message}`, code: 100, ...(subcode ? { subcode } : {}) });
}

export const errors = {
  noToken: () =>
    new GraphError({ message: "An access token is required to request this resource.", code: 104 }),
  badToken: () =>
    new GraphError({
      message: "Invalid OAuth access token - Cannot parse access token",
      code: 190,
      status: 401,
    }),
  revokedToken: () =>
    new GraphError({
      message: "Error validating access token: The session has been invalidated by the user.",
      code: 190,
      subcode: 460,
      status: 401,
    }),
  badProof: () =>
    new GraphError({
      message: "Invalid appsecret_proof provided in the API argument",
      code: 100,
      type: "GraphMethodException",
    }),
  proofRequired: () =>
    new GraphError({
      message: "API calls from the server require an appsecret_proof argument",
      code: 100,
      type: "GraphMethodException",
    }),
  noObject: (id: string, verb: string) =>
    new GraphError({
      message: `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
      code: 100,
      subcode: 33,
      type: "GraphMethodException",
    }),
  unknownPath: (path: string) =>
    new GraphError({ message: `Unknown path components: ${path}`, code: 2500, status: 400 }),
  noUser: () => invalid("No matching user found", 2018001),
  outsideWindow: () =>
    new GraphError({
      message: "(#10) This message is sent outside of allowed window.",
      code: 10,
      subcode: 2018278,
    }),
  retiredTag: (tag: string) =>
    new GraphError({
      message: `(#100) The message tag ${tag} is no longer supported.`,
      code: 100,
      subcode: 1893061,
    }),
  throttled: () =>
    new GraphError({ message: "(#613) Calls to this api have exceeded the rate limit.", code: 613 }),
  tooManyRequests: () =>
    new GraphError({ message: "(#4) Application request limit reached", code: 4, status: 429 }),
  serverError: () =>
    new GraphError({
      message: "An unexpected error has occurred. Please retry your request later.",
      code: 2,
      status: 500,
      transient: true,
    }),
  restricted: () =>
    new GraphError({
      message: "(#10) This Page is temporarily restricted from sending messages.",
      code: 10,
      subcode: 1893063,
      userTitle: "Page restricted",
      userMessage: "This Page is temporarily restricted from sending messages.",
    }),
  otherAppControls: () =>
    new GraphError({
      message: "(#10) Message not sent: another app is controlling this thread now.",
      code: 10,
      subcode: 2018300,
    }),
  personUnavailable: () =>
    new GraphError({
      message: "(#551) This person isn't available right now.",
      code: 551,
      subcode: 1545041,
    }),
  phoneAccount: () =>
    new GraphError({
      message: "(#100) Profile information is not available for an account made from a phone number.",
      code: 100,
      subcode: 2018218,
    }),
  badAttachment: () => invalid("Invalid attachment id", 2018074),
  fetchFailed: () => invalid("Failed to fetch the file from the url", 2018008),
  videoFetchTimeout: () => invalid("Timed out while fetching the video", 2018294),
  typeMismatch: () => invalid("Upload attachment failure: the type does not match the file", 2018047),
  noPermission: () =>
    new GraphError({
      message: "(#200) Requires pages_manage_engagement permission to manage the object",
      code: 200,
    }),
  notToThisActivity: () =>
    new GraphError({ message: "(#10903) This user can't reply to this activity", code: 10903 }),
  alreadyReplied: () => new GraphError({ message: "(#10900) Activity already replied to", code: 10900 }),
} as const;
