import type { Page } from "playwright-core";

/** The socket between a page and the gateway, with a hand on some of its commands. */
export interface Line {
  /** Every command of this name stays without an answer. */
  hold(command: string): void;
  /** Every command of this name is answered with a fault. */
  refuse(command: string): void;
  pass(): void;
}

const fault = JSON.stringify([{ ok: false, error: { code: "internal", message: "planted" } }]);

/** To be called before the page is opened. */
export async function tapLine(page: Page): Promise<Line> {
  const rules = new Map<string, "hold" | "refuse">();
  await page.routeWebSocket(/\/socket\.io\//, (client) => {
    const gateway = client.connectToServer();
    client.onMessage((frame) => {
      // A socket.io packet of type event that wants an acknowledgement: 42<id>["name",…].
      const [, id, command = ""] = /^42(\d+)\["([a-z_.]+)"/.exec(String(frame)) ?? [];
      const rule = rules.get(command);
      if (rule === undefined) gateway.send(frame);
      else if (rule === "refuse") client.send(`43${id}${fault}`);
    });
  });
  return {
    hold: (command) => void rules.set(command, "hold"),
    refuse: (command) => void rules.set(command, "refuse"),
    pass: () => rules.clear(),
  };
}
