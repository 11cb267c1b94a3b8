import { type AppError, ConfigFault, type ConfigFile, Permission } from "@tongdai/shared";
import { useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import { Banner } from "../../ui/states.tsx";
import { causeText } from "../words.ts";
import { placeLabel } from "./audit-words.ts";
import type { Words } from "./change-values.ts";
import { plainName } from "./config-names.ts";
import { sectionText } from "./config-steps.tsx";
import { guardText } from "./guard-text.ts";
import { thingAt } from "./use-config-file.ts";

interface Props {
  readonly content: ConfigFile["content"];
  readonly during: "try" | "apply";
  readonly cause: AppError;
}

/** What is wrong with the file and where in it. */
export function ConfigFailure({ content, during, cause }: Props) {
  const t = useT();
  const people = useSelect((state) => state.people);
  const place = cause.details?.["place"];
  // No answer: it may have been done all the same.
  if (during === "apply" && (cause.code === "unavailable" || cause.code === "timeout"))
    return <Banner tone="warning">{t("configFile.unsure")}</Banner>;
  const failed = t(during === "try" ? "configFile.failedTry" : "configFile.failedApply");
  if (typeof place !== "string" || place === "")
    return (
      <Banner tone="danger">
        {failed} {faultText(cause, t)}
      </Banner>
    );
  return (
    <>
      <Banner tone="danger">{failed}</Banner>
      <dl className="mt-3 grid grid-cols-[8rem_1fr] gap-y-1 px-3 text-body select-text">
        <dt className="text-ink-3">{t("configFile.at")}</dt>
        <dd className="wrap-anywhere">{placeText(place, content, { people, t })}</dd>
        <dt className="text-ink-3">{t("configFile.said")}</dt>
        <dd className="wrap-anywhere">{faultText(cause, t)}</dd>
        <dt className="text-ink-3">{t("configFile.inFile")}</dt>
        <dd className="wrap-anywhere">
          <code className="text-small text-ink-2">{plainName(place)}</code>
        </dd>
      </dl>
    </>
  );
}

/** `queues[0].rules.rings[1]` as one finds it on the screen: the kind, the thing, the field. */
function placeText(place: string, content: ConfigFile["content"], words: Words): string {
  const [, section = place, rest = ""] = /^(\w+)\[\d+\]\.?(.*)$/.exec(place) ?? [];
  const path = rest.split(/[.[\]]+/).filter((step) => step !== "" && !/^\d+$/.test(step));
  const steps = [
    sectionText(section, words.t),
    plainName(thingAt(content, place) ?? ""),
    placeLabel(path, words),
  ];
  return steps.filter(Boolean).join(" › ");
}

function faultText(cause: AppError, t: T): string {
  const { reason, named, permission } = cause.details ?? {};
  const guard = guardText({ [String(reason)]: "" }, t);
  if (guard !== null) return guard;
  const needed = Permission.safeParse(permission);
  if (needed.success) return t("configFile.fault.permission", { permission: t(`roles.can.${needed.data}`) });
  const fault = ConfigFault.safeParse(reason);
  if (!fault.success) return causeText(cause, t);
  if (fault.data === "not_there") return t("configFile.fault.not_there", { name: plainName(String(named)) });
  return t(`configFile.fault.${fault.data}`);
}
