import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { setup } from "./setup.ts";

const webhookSecret = "a-secret-path-of-24-signs";

test.each([
  { provider: "esms", sender: "SEN", apiKey: "key-1", secretKey: "key-2", webhookSecret },
  { provider: "speedsms", sender: "SEN", accessToken: "key-1", webhookSecret },
  { provider: "smpp", sender: "SEN", host: "127.0.0.1", systemId: "sen", password: "x" },
])("by $provider an account does what the form shows as chosen while nothing is", (given) => {
  const choices = setup.fields.filter(
    ({ kind, when }) => kind === "choice" && when?.is.includes(given.provider),
  );
  expect(choices.length).toBeGreaterThan(0);
  const told = Object.fromEntries(choices.map(({ name, defaultValue }) => [name, defaultValue]));
  expect(readConfig(given)).toMatchObject(told);
});
