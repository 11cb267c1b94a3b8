import { checkAddress, type Resolve, resolveAll } from "./guarded-request.ts";

/**
 * `fetch` for addresses that an administrator may choose: public ones by https, others only where `allow` names them as
 * `host:port`. It looks before each request and follows no redirect by itself, but connects by name: a resolver that changes
 * its answer between the two is not held back. Throws AppError when it refuses, before anything is sent.
 */
export function checkedFetch(o: { allow: readonly string[]; resolve?: Resolve }): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const signal = init?.signal ?? new AbortController().signal;
    await checkAddress(url, { allow: o.allow, resolve: o.resolve ?? resolveAll, signal });
    return fetch(input, { redirect: "manual", ...init });
  };
}
