import { createServer } from "node:http";
import { isAsset, sendAsset } from "../kit/assets.ts";
import { isLocal } from "../kit/guard.ts";
import { plain } from "../kit/json.ts";
import { listen } from "../kit/listen.ts";
import type { Options } from "./people.ts";
import { statementOf } from "./statement.ts";

export interface CustomerPage {
  readonly url: string;
  close(): Promise<void>;
}

const PAGE = new URL("./page/", import.meta.url);

/** What the page is told: everybody with what the site's server says of them. */
const toldOf = ({ channels, people, calls }: Options) => ({
  channels,
  people: people.map((one) => ({ ...one, statement: calls ? statementOf(calls, one) : "" })),
  calls: calls ? { gateway: calls.gateway, number: calls.number } : null,
});

/** One page on which somebody plays customers on every channel: the simulators' own pages, side by side. */
export async function startCustomerPage(o: Options & { readonly port?: number }): Promise<CustomerPage> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page");
    if (!isLocal(request)) response.writeHead(403, { "content-type": "text/plain" }).end("Local use only");
    else if (isAsset(pathname)) void sendAsset(response, pathname, PAGE, o.calls?.gateway);
    else if (pathname === "/sim/state") {
      response.writeHead(200, {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store",
      });
      response.end(JSON.stringify(plain(toldOf(o))));
    } else response.writeHead(404).end();
  });
  const url = await listen(server, { port: o.port ?? 0, host: "127.0.0.1" });
  return {
    url,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
