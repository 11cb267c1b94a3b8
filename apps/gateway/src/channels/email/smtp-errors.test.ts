import SMTPConnection from "nodemailer/lib/smtp-connection";
import { expect, test } from "vitest";
import { outcomeOf } from "./smtp-errors.ts";
import { mailStub } from "./testing/mail-stub.ts";

test("an address that no server is asked about has failed, and is not tried for days", async () => {
  const stub = await mailStub();
  const line = new SMTPConnection({ host: "127.0.0.1", port: stub.smtpPort, ignoreTLS: true });
  await new Promise<void>((resume) => line.connect(() => resume()));
  const envelope = { from: "support@sen.test", to: ["mai>@khach.vn"] };
  const error = await new Promise((resume) => line.send(envelope, "Subject: x\r\n\r\nDạ", resume));
  expect(outcomeOf(error)).toMatchObject({ kind: "failed", code: "recipient_unknown" });
  line.close();
  await stub.close();
});

test.each([
  ["a line that broke", { code: "ECONNECTION", message: "closed" }, "retry temporary"],
  ["no such mailbox", { responseCode: 550, response: "550 5.1.1 unknown" }, "failed recipient_unknown"],
  ["a full mailbox", { responseCode: 552, response: "552 5.2.2 full" }, "failed recipient_unavailable"],
  ["a letter too large", { responseCode: 552, response: "552 5.3.4 too big" }, "failed attachment_refused"],
  [
    "a letter too large, without a code",
    { responseCode: 552, response: "552 too much mail data" },
    "failed attachment_refused",
  ],
  ["a rule of theirs", { responseCode: 550, response: "550 5.7.1 no" }, "failed policy"],
  ["greylisting", { responseCode: 451, response: "451 4.5.1 later" }, "retry temporary"],
  ["too many", { responseCode: 421, response: "421 4.7.0 slow down" }, "retry throttled"],
  ["a wrong password", { code: "EAUTH", responseCode: 535, response: "535 5.7.8 no" }, "paused login_needed"],
] as const)("%s", (_name, error, means) => {
  const outcome = outcomeOf({ message: "", ...error });
  expect(`${outcome.kind} ${"code" in outcome ? outcome.code : ""}`).toBe(means);
});
