import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { AppError, commands } from "@tongdai/shared";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { createUser } from "../features/users/index.ts";
import { openStore } from "../store/index.ts";
import { askSecret } from "./ask-secret.ts";

const HELP = `npm run admin -- create-user --username NAME [--name "Full name"] --role admin|supervisor|agent

Makes somebody who can log in. Give --role more than once for several roles.
The password is asked for; without a terminal it is the first line of standard input.
`;

/** The command line's commands. @returns the exit code */
export async function runAdmin(config: Config, args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name !== "create-user" || rest.includes("--help")) {
    process.stdout.write(HELP);
    return name === undefined || name === "--help" || rest.includes("--help") ? 0 : 64;
  }
  const { values } = parseArgs({
    args: rest,
    options: {
      username: { type: "string" },
      name: { type: "string" },
      role: { type: "string", multiple: true },
    },
  });
  const password = await askSecret("Password (10 characters or more): ");
  const input = commands["user.create"].input.safeParse({
    username: values.username,
    name: values.name ?? values.username,
    password,
    roles: values.role ?? [],
  });
  if (!input.success) {
    process.stderr.write(
      `${input.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("\n")}\n${HELP}`,
    );
    return 64;
  }
  await mkdir(config.dataDir, { recursive: true });
  const store = await openStore(config.databaseUrl, { onFatal: () => {} });
  try {
    const user = await createUser({ store, clock: systemClock }, null, input.data);
    process.stdout.write(`${user.username} can log in now.\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await store.close();
  }
}
