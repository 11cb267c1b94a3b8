import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { connectMailbox, letter } from "../support/mailbox.ts";
import { until } from "../support/until.ts";
import { type World, world } from "../support/world.ts";

let mail: MailServer;
let w: World;
beforeAll(async () => {
  mail = await startMailServer();
  w = await world();
});
afterAll(async () => {
  await w.close();
  await mail.close();
});

const here = async (user: string): Promise<number> => {
  const all = await w.gateway.ctx.store.db.selectFrom("message").select("external_id").execute();
  return all.filter((m) => m.external_id?.endsWith(`.${user}@sen.test`)).length;
};

/** Two letters come while the mailbox is listened to, and one lies among what was sent. */
async function afterTwo(user: string, config: Record<string, unknown>) {
  const put = (id: string, folder?: string) =>
    mail.drop(user, letter({ id: `${id}.${user}@sen.test`, to: `${user}@sen.test` }), folder);
  await put("sent", "Sent");
  const change = { ...config, sentFolder: "Sent", historyDays: "1" };
  const id = await connectMailbox(w, mail, { user, config: change });
  onTestFinished(
    () => void connectMailbox(w, mail, { user, id, config: { ...change, afterwards: "nothing" } }),
  );
  await put("one");
  await until(async () => (await here(user)) === 2, "the first letter");
  await put("two");
  await until(async () => (await here(user)) === 3, "the second letter");
  return () => ({
    inbox: mail.look(user).map((m) => m.seen),
    done: mail.look(user, "Xong").length,
    sent: mail.look(user, "Sent").map((m) => m.seen),
  });
}

test.each([
  ["support", {}, { inbox: [false, false], done: 0 }],
  ["sales", { afterwards: "seen" }, { inbox: [true, true], done: 0 }],
  ["mai", { afterwards: "move", moveTo: "Xong" }, { inbox: [], done: 2 }],
  ["lan", { afterwards: "delete" }, { inbox: [], done: 0 }],
] as const)(
  "of %s, once a letter is here, the server's copy is treated as %j says",
  async (user, config, end) => {
    const now = await afterTwo(user, config);
    // What is sent elsewhere is never touched.
    const all = { ...end, sent: [false] };
    await until(() => JSON.stringify(now()) === JSON.stringify(all), "the server's copies").catch(() => {});
    expect(now()).toEqual(all);
  },
);
