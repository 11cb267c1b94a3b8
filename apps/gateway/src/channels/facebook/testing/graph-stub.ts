import { z } from "zod";
import { type Recorded, type Reply, type VendorStub, vendorStub } from "../../kit/testing/vendor-stub.ts";

export const stubConfig = {
  appId: "555",
  appSecret: "app-secret",
  verifyToken: "verify-me",
  pageId: "1",
  pageToken: "access-token",
} as const;

/** appsecret_proof of these credentials, computed outside of this project. */
const PROOF = "dbf9c72b4c8f56924f8e07138f6d465c69cb5c9dbca908ce1403e993e1a5f799";

export const graphError = (code: number, subcode?: number, more: object = {}): Reply => ({
  status: 400,
  json: {
    error: {
      message: "(#x) told",
      type: "OAuthException",
      code,
      error_subcode: subcode,
      fbtrace_id: "AbC",
      ...more,
    },
  },
});

/** The fields that a support inbox reads, written down a second time on purpose. */
const fields =
  `messages messaging_postbacks messaging_referrals message_deliveries message_reads message_echoes
  message_reactions message_edits messaging_handovers messaging_optins messaging_account_linking
  messaging_policy_enforcement standby feed`.split(/\s+/);

/** A page in good health whose customer 42 may be written to. */
export function healthyPage(request: Recorded, nextId: () => string): Reply {
  const { method, path, headers, query, body } = request;
  if (headers.authorization !== "Bearer access-token" || query.get("appsecret_proof") !== PROOF)
    return graphError(190);
  if (method === "GET" && path === "/v25.0/me") return { json: { id: "1", name: "Cửa hàng" } };
  if (method === "GET" && path === "/v25.0/1/subscribed_apps") {
    return { json: { data: [{ id: "555", name: "Tongdai", subscribed_fields: fields }] } };
  }
  if (method === "GET" && path === "/v25.0/42") {
    return {
      json: {
        first_name: "Hà",
        last_name: "Trần",
        name: "Trần Hà",
        profile_pic: "https://cdn.example/42.jpg",
      },
    };
  }
  if (method === "GET") return { json: {} };
  if (path === "/v25.0/c-1/comments") return { json: { id: nextId() } };
  if (path === "/v25.0/c-1" || path === "/v25.0/c-1/likes") return { json: { success: true } };
  if (path !== "/v25.0/1/messages") return graphError(100, 33);
  if (body["sender_action"] !== undefined) return { json: { recipient_id: "42" } };
  return { json: { recipient_id: "42", message_id: nextId() } };
}

const Sent = z.object({
  json: z.union([z.object({ message_id: z.string() }), z.object({ id: z.string() })]),
});

/** A small server that stands for Graph, on a free port of this machine. */
export const graphStub = (): Promise<VendorStub> =>
  vendorStub({ answer: healthyPage, isSent: (reply) => Sent.safeParse(reply).success });
