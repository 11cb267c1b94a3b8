import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Clock } from "./clock.ts";

export interface HttpCall {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers?: Record<string, string>;
  readonly body?: Uint8Array;
  readonly timeoutMs: number;
}

export type HttpOutcome =
  | { readonly status: number; readonly body: string }
  | { readonly status: 0; readonly error: string; readonly body: "" };

export interface HttpCaller {
  call(input: HttpCall): Promise<HttpOutcome>;
  close(): void;
}

const BODY_KEPT = 2_000;

/** Plain requests without keep-alive or redirects: the sender of webhooks follows nobody. */
export function createHttpCaller(clock: Clock): HttpCaller {
  const open = new Set<ClientRequest>();
  return {
    call(input) {
      return new Promise((resolve) => {
        const send = input.url.protocol === "https:" ? httpsRequest : httpRequest;
        const request = send(input.url, { method: input.method, headers: input.headers, agent: false });
        open.add(request);
        const stopTimer = clock.setTimeout(() => request.destroy(new Error("timeout")), input.timeoutMs);
        const finish = (outcome: HttpOutcome) => {
          stopTimer();
          open.delete(request);
          resolve(outcome);
        };
        request.on("error", (error) => finish({ status: 0, error: error.message, body: "" }));
        request.on("response", (response) => {
          let body = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            if (body.length < BODY_KEPT) body += part;
          });
          response.on("end", () => finish({ status: response.statusCode ?? 0, body }));
          response.on("error", (error) => finish({ status: 0, error: error.message, body: "" }));
        });
        request.end(input.body);
      });
    },
    close() {
      for (const request of open) request.destroy(new Error("simulator closed"));
    },
  };
}
