import { AppError, ConfigFile, type ConfigPlan } from "@tongdai/shared";
import { useRef, useState } from "react";
import { applyConfig, tryConfig } from "../../actions/config-file.ts";
import { useClient } from "../../actions/react-client.ts";

const mostBytes = 16 * 1024 * 1024;

export type FileFault = "notJson" | "notConfig" | "tooBig" | "unreadable";

interface Chosen {
  readonly name: string;
  readonly text: string;
  readonly content: ConfigFile["content"];
}

export type Step =
  | { readonly name: "empty" }
  | { readonly name: "unfit"; readonly file: string; readonly fault: FileFault }
  | { readonly name: "trying"; readonly file: Chosen }
  | { readonly name: "planned"; readonly file: Chosen; readonly plan: ConfigPlan }
  | { readonly name: "applying"; readonly file: Chosen; readonly plan: ConfigPlan }
  | { readonly name: "done"; readonly file: Chosen; readonly plan: ConfigPlan }
  | {
      readonly name: "failed";
      readonly file: Chosen;
      readonly during: "try" | "apply";
      readonly cause: AppError;
    };

/** From a file that was chosen to what it did; a file that is chosen meanwhile takes the place of the one before. */
export function useConfigFile() {
  const client = useClient();
  const [step, setStep] = useState<Step>({ name: "empty" });
  const turn = useRef(0);
  return {
    step,
    async choose(chosen: File) {
      const mine = ++turn.current;
      const show = (next: Step) => mine === turn.current && setStep(next);
      const read = await readConfig(chosen);
      if (typeof read === "string") return show({ name: "unfit", file: chosen.name, fault: read });
      show({ name: "trying", file: read });
      try {
        show({ name: "planned", file: read, plan: await tryConfig(client, read.text) });
      } catch (cause) {
        show({ name: "failed", file: read, during: "try", cause: refusalOf(cause) });
      }
    },
    async apply(file: Chosen, plan: ConfigPlan) {
      turn.current++;
      setStep({ name: "applying", file, plan });
      try {
        setStep({ name: "done", file, plan: await applyConfig(client, file.text) });
      } catch (cause) {
        setStep({ name: "failed", file, during: "apply", cause: refusalOf(cause) });
      }
    },
  };
}

const refusalOf = (cause: unknown): AppError =>
  cause instanceof AppError ? cause : new AppError("internal", String(cause));

async function readConfig(chosen: File): Promise<Chosen | FileFault> {
  if (chosen.size > mostBytes) return "tooBig";
  const text = await chosen.text().catch(() => null);
  if (text === null) return "unreadable";
  try {
    const file = ConfigFile.safeParse(JSON.parse(text));
    return file.success ? { name: chosen.name, text, content: file.data.content } : "notConfig";
  } catch {
    return "notJson";
  }
}

/** The thing of the file that a place like `queues[2].rules` lies in, by its name. */
export function thingAt(content: ConfigFile["content"], place: string): string | null {
  const [, section = "", index = ""] = /^(\w+)\[(\d+)\]/.exec(place) ?? [];
  const thing = content[section]?.[Number(index)];
  const name = thing?.["name"] ?? thing?.["shortcut"] ?? thing?.["username"] ?? thing?.["queueId"];
  return typeof name === "string" ? name : null;
}
