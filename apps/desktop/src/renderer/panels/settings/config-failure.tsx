import type { AppError, ConfigFile } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { Banner } from "../../ui/states.tsx";
import { causeText } from "../words.ts";
import { thingAt } from "./use-config-file.ts";

interface Props {
  readonly content: ConfigFile["content"];
  readonly during: "try" | "apply";
  readonly cause: AppError;
}

/** What is wrong with the file and where in it. */
export function ConfigFailure({ content, during, cause }: Props) {
  const t = useT();
  const place = cause.details?.["place"];
  // No answer: it may have been done all the same.
  if (during === "apply" && (cause.code === "unavailable" || cause.code === "timeout"))
    return <Banner tone="warning">{t("configFile.unsure")}</Banner>;
  const failed = t(during === "try" ? "configFile.failedTry" : "configFile.failedApply");
  if (typeof place !== "string" || place === "")
    return (
      <Banner tone="danger">
        {failed} {causeText(cause, t)}
      </Banner>
    );
  const name = thingAt(content, place);
  const why = cause.message.startsWith(`${place}: `) ? cause.message.slice(place.length + 2) : cause.message;
  return (
    <>
      <Banner tone="danger">{failed}</Banner>
      <dl className="mt-3 grid grid-cols-[6rem_1fr] gap-y-1 px-3 text-body select-text">
        <dt className="text-ink-3">{t("configFile.at")}</dt>
        <dd className="wrap-anywhere">
          {name !== null && <span className="mr-2">{neutralise(name)}</span>}
          <code className="text-ink-2">{neutralise(place)}</code>
        </dd>
        <dt className="text-ink-3">{t("configFile.said")}</dt>
        <dd className="wrap-anywhere">
          {cause.code === "forbidden" ? causeText(cause, t) : neutralise(why)}
        </dd>
      </dl>
    </>
  );
}
