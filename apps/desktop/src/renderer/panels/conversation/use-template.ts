import {
  type CommandInput,
  guessedValues,
  type MessageTemplate,
  readPhoneNumber,
  type TemplateProblem,
  type TemplateTo,
  templateProblems,
  templateValues,
} from "@tongdai/shared";
import { useState } from "react";

type Problems = Readonly<Record<string, TemplateProblem | undefined>>;

/** What somebody has put into a template so far. */
export interface Filled {
  readonly values: Readonly<Record<string, string>>;
  readonly setValue: (name: string, value: string) => void;
  /** `id`, `phone` or one of the customer's identities. */
  readonly to: string;
  readonly setTo: (to: string) => void;
  readonly phone: string;
  readonly setPhone: (phone: string) => void;
  /** Shown once somebody has tried to send. */
  readonly problems: Problems;
  readonly badPhone: boolean;
  /** `null`: something does not fit, and is shown. */
  read(template: MessageTemplate): Pick<CommandInput<"template.send">, "values" | "to"> | null;
}

interface Start {
  /** The address that is chosen before anybody chooses. */
  readonly to: string;
  readonly customer: { readonly name: string; readonly attributes: Readonly<Record<string, string>> };
}

/** What is put in stays where another template asks for the same; what is known of the customer stands there beforehand. */
export function useTemplate(template: MessageTemplate | null, start: Start): Filled {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const values = { ...(template && guessedValues(template.params, start.customer)), ...typed };
  const [chosen, setTo] = useState<string | null>(null);
  const [phone, setPhone] = useState("");
  const [tried, setTried] = useState<string | null>(null);
  const to = chosen ?? start.to;
  const isTried = template !== null && tried === template.id;
  const problems = isTried ? templateProblems(template.params, templateValues(template.params, values)) : {};
  const isBad = to === "phone" && readPhoneNumber(phone)?.kind !== "mobile";
  return {
    values,
    setValue: (name, value) => setTyped((known) => ({ ...known, [name]: value })),
    to,
    setTo,
    phone,
    setPhone,
    problems,
    badPhone: isTried && isBad,
    read({ id, params }) {
      setTried(id);
      const ready = templateValues(params, values);
      if (isBad || Object.keys(templateProblems(params, ready)).length > 0) return null;
      return { values: ready, to: receiver(to, phone) };
    },
  };
}

function receiver(to: string, phone: string): TemplateTo {
  if (to === "id") return { by: "id" };
  return to === "phone" ? { by: "phone", phone } : { by: "identity", identityId: to };
}
