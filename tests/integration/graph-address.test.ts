import { afterEach, beforeEach, expect, test } from "vitest";
import { type World, world } from "../support/world.ts";

let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(() => w.close());

test.each(["https://169.254.169.254/x", "http://127.0.0.1:5432"])(
  "an account whose Graph is at %s reaches nothing, and says why",
  async (graphUrl) => {
    const admin = await w.person("quantri", { roles: ["admin"] });
    const { account } = await admin.call("channel_account.save", {
      id: null,
      channel: "facebook",
      name: "Trang lạ",
      queueId: w.queueId,
      config: { appId: "1003", appSecret: "s", verifyToken: "v", pageId: "777", pageToken: "t", graphUrl },
    });
    await w.settle();
    await expect(admin.call("channel_account.check", { accountId: account.id })).rejects.toMatchObject({
      message: expect.stringMatching(/not a public one|no http: here/),
    });
  },
);
