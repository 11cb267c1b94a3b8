import { Manager } from "socket.io-client";
import { expect, test, vi } from "vitest";
import { openGatewaySocket } from "./socket.ts";

test("asked to hurry between two tries, it tries at once", async () => {
  const failed = vi.fn();
  const nothing = () => {};
  const socket = openGatewaySocket({ url: "http://127.0.0.1:1", token: () => null })({
    connected: nothing,
    disconnected: failed,
    refused: nothing,
    journal: nothing,
    typing: nothing,
    floor: () => {},
    ended: nothing,
  });
  await vi.waitFor(() => expect(failed).toHaveBeenCalled(), 5_000);
  // The first wait is at least a quarter of a second long: what opens now was hurried.
  const open = vi.spyOn(Manager.prototype, "open");
  socket.hurry();
  expect(open).toHaveBeenCalledOnce();
  socket.close();
});
