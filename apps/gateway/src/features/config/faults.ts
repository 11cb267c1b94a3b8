import { AppError, type ConfigFault, type ErrorCode } from "@tongdai/shared";
import { ZodError } from "zod";

type Issue = ZodError["issues"][number];

/** A refusal with its place in the file, and a reason that clients have words for. */
export const fault = (place: string, reason: ConfigFault, message: string): AppError =>
  new AppError("invalid_input", place === "" ? message : `${place}: ${message}`, { place, reason });

/** What is refused is refused with its place in the file. */
export async function placed<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZodError) throw misfit(place, error);
    if (!(error instanceof AppError)) throw error;
    const code = error.code === "forbidden" ? "forbidden" : "invalid_input";
    const reason = reasons[error.code];
    throw new AppError(code, `${place}: ${error.message}`, {
      ...(reason && { reason }),
      ...error.details,
      place,
    });
  }
}

const reasons: Readonly<Partial<Record<ErrorCode, ConfigFault>>> = {
  not_found: "not_found",
  conflict: "clash",
  invalid_input: "wrong_value",
};

export function misfit(place: string, { issues }: ZodError): AppError {
  const [first] = issues;
  if (!first) return fault(place, "wrong_value", "does not fit");
  const strange = first.code === "unrecognized_keys" ? first.keys.slice(0, 1) : [];
  const path = [...first.path, ...strange];
  const at = path.reduce<string>(
    (whole, step) =>
      typeof step === "number" ? `${whole}[${step}]` : [whole, String(step)].filter(Boolean).join("."),
    place,
  );
  return fault(at, at === "version" ? "other_version" : reasonOf(first), first.message);
}

function reasonOf(issue: Issue): ConfigFault {
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined") ? "missing" : "wrong_kind";
    case "unrecognized_keys":
      return "unknown_field";
    case "too_big":
      return "too_much";
    case "too_small":
      return "too_little";
    case "invalid_format":
      return "wrong_form";
    default:
      return "wrong_value";
  }
}

/** Rules nest six deep; what walks a file must not be led further. */
const MOST_DEEP = 40;

/** Throws `invalid_input` for what no configuration is nested like. Reads no deeper than that, however deep it goes. */
export function assertShallow(file: unknown): void {
  let level: unknown[] = [file];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEEP) throw fault("", "too_deep", "nested too deeply");
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
}
