import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { setup } from "./setup.ts";

test("what the form shows as chosen while nothing is, is what the mailbox then does", () => {
  const config = readConfig({
    address: "a@sen.test",
    password: "x",
    imapHost: "imap.sen.test",
    smtpHost: "smtp.sen.test",
  });
  const choices = setup.fields.filter(({ kind }) => kind === "choice");
  expect(choices.length).toBeGreaterThan(0);
  const told = Object.fromEntries(choices.map(({ name, defaultValue }) => [name, defaultValue]));
  expect(config).toMatchObject(told);
});
