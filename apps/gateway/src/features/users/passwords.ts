import { AppError } from "@tongdai/shared";

/** Argon2id, the package's default algorithm, with OWASP's least cost: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes at once: each holds a core and its memory, so a storm of log-ins must queue, not starve the switchboard. */
const AT_ONCE = 2;
const MAX_WAITING = 500;

/** A hash at the same cost that no password opens: what an unknown name is compared with, so that both take as long. */
const NOBODY =
  "$argon2id$v=19$m=19456,t=2,p=1$h6nDqby4O4JlfxS9asn+ew$sl6NJ5itOFIK4LFo6cbO+Xk8K0PeRB0nlEj+krg73Ms";

/** Stands for the hash of somebody who has no password yet: none fits. */
export const NO_PASSWORD = "";

/** Loaded with the first log-in: most starts wait for none. */
const argon2 = () => import("@node-rs/argon2");

let running = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when one of the few places is free. Throws `unavailable` when too many wait already. */
export async function withHashPlace<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw new AppError("unavailable", "too many log-ins at once");
    await new Promise<void>((resume) => waiting.push(resume));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

export const hashPassword = (password: string): Promise<string> =>
  withHashPlace(async () => (await argon2()).hash(normal(password), COST));

/** Takes as long for `null` (an unknown person) and for who has none as for anybody. Call it inside `withHashPlace`. */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const isSet = stored !== null && stored !== NO_PASSWORD;
  return (await (await argon2()).verify(isSet ? stored : NOBODY, normal(password))) && isSet;
}

/** The same password typed on keyboards that compose accents differently is the same password. */
const normal = (password: string): string => password.normalize("NFC");
