import { type ConfigPlan, ConfigSection, configPermissions } from "@tongdai/shared";
import { Download, FileUp, Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { downloadConfig } from "../../actions/config-file.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { run } from "../../actions/run.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { AlertDialog } from "../../ui/dialog.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Spinner } from "../../ui/spinner.tsx";
import { Banner, EmptyState } from "../../ui/states.tsx";
import { ConfigFailure } from "./config-failure.tsx";
import { ConfigSteps, countsOf, sectionText } from "./config-steps.tsx";
import { Page } from "./page.tsx";
import { type Step, useConfigFile } from "./use-config-file.ts";

/** What is set up, out as one file, and in from one: first what it would do, then, if one says so, all of it or nothing. */
export function ConfigFile() {
  const t = useT();
  const client = useClient();
  const { step, choose, apply } = useConfigFile();
  const input = useRef<HTMLInputElement>(null);
  const isBusy = step.name === "trying" || step.name === "applying";
  const ask = () => input.current?.click();
  const take = (file: File | undefined) => {
    if (file && !isBusy) void choose(file);
  };
  return (
    <Page
      title={t("settings.file.title")}
      lead={t("configFile.lead")}
      isWide
      action={
        <Button icon={Download} onClick={() => run(client, downloadConfig(client))}>
          {t("configFile.download")}
        </Button>
      }
    >
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label={t("configFile.input")}
        className="hidden"
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file, mended meanwhile, may be chosen again.
          event.target.value = "";
        }}
      />
      <Missing />
      <DropPlace onDropped={take}>
        {step.name === "empty" ? (
          <EmptyState
            icon={FileUp}
            title={t("configFile.drop")}
            body={t("configFile.dropBody")}
            action={
              <Button variant="primary" icon={Upload} onClick={ask}>
                {t("configFile.choose")}
              </Button>
            }
          />
        ) : (
          <div className="flex items-center gap-3 px-4 py-3">
            <p className="min-w-0 flex-1 truncate text-body font-medium">
              {neutralise(typeof step.file === "string" ? step.file : step.file.name)}
            </p>
            <Button size="small" icon={Upload} disabled={isBusy} onClick={ask}>
              {t("configFile.chooseOther")}
            </Button>
          </div>
        )}
      </DropPlace>
      <Outcome step={step} onApply={apply} />
    </Page>
  );
}

/** What a download of this reader's leaves out, because they may not set it. */
function Missing() {
  const t = useT();
  const permissions = useSelect((state) => state.session.permissions);
  const lacks = ConfigSection.options.filter((key) =>
    configPermissions(key).some((permission) => !permissions.includes(permission)),
  );
  if (lacks.length === 0) return null;
  const list = lacks.map((key) => sectionText(key, t)).join(", ");
  return <p className="mb-3 text-body text-ink-3">{t("configFile.lacks", { list })}</p>;
}

interface DropPlaceProps {
  readonly onDropped: (file: File | undefined) => void;
  readonly children: ReactNode;
}

function DropPlace({ onDropped, children }: DropPlaceProps) {
  const [isOver, setOver] = useState(false);
  // The button inside does the same by keyboard.
  const drops = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      onDropped(event.dataTransfer.files[0]);
    },
  };
  return (
    <div
      {...drops}
      className={cn(
        "mb-4 rounded-ui border border-dashed",
        isOver ? "border-accent bg-hover" : "border-line-strong",
      )}
    >
      {children}
    </div>
  );
}

interface OutcomeProps {
  readonly step: Step;
  readonly onApply: ReturnType<typeof useConfigFile>["apply"];
}

function Outcome({ step, onApply }: OutcomeProps) {
  const t = useT();
  switch (step.name) {
    case "empty":
      return null;
    case "unfit":
      return <Banner tone="danger">{t(`configFile.${step.fault}`)}</Banner>;
    case "failed":
      return <ConfigFailure content={step.file.content} during={step.during} cause={step.cause} />;
    case "trying":
      return (
        <p role="status" className="flex items-center gap-2 px-1 py-4 text-body text-ink-2">
          <Spinner size={14} />
          {t("configFile.trying")}
        </p>
      );
    case "done":
      return (
        <>
          <Done plan={step.plan} />
          <ConfigSteps plan={step.plan} />
        </>
      );
    case "planned":
    case "applying":
      return (
        <>
          <Decision
            plan={step.plan}
            isBusy={step.name === "applying"}
            onApply={() => void onApply(step.file, step.plan)}
          />
          <ConfigSteps plan={step.plan} />
        </>
      );
  }
}

interface DecisionProps {
  readonly plan: ConfigPlan;
  readonly isBusy: boolean;
  readonly onApply: () => void;
}

function Decision({ plan, isBusy, onApply }: DecisionProps) {
  const t = useT();
  const [isAsked, setAsked] = useState(false);
  const counts = countsOf(plan.steps);
  const summary = t("configFile.summary", counts);
  if (counts.created + counts.changed === 0) return <Banner tone="info">{t("configFile.nothing")}</Banner>;
  return (
    <div className="mb-4 flex items-start gap-4">
      <div className="min-w-0 flex-1" role="status">
        <p className="tabular text-read font-medium">{isBusy ? t("configFile.applying") : summary}</p>
        <p className="text-body text-ink-3">{t("configFile.stays")}</p>
      </div>
      <Button variant="primary" loading={isBusy} onClick={() => setAsked(true)}>
        {t("configFile.apply")}
      </Button>
      <AlertDialog
        open={isAsked}
        onOpenChange={setAsked}
        title={t("configFile.confirmTitle")}
        body={t("configFile.confirmBody", { summary })}
        confirm={t("configFile.confirm")}
        onConfirm={onApply}
      />
    </div>
  );
}

function Done({ plan }: { readonly plan: ConfigPlan }) {
  const t = useT();
  const rests = plan.steps.some((step) => step.todo !== null);
  return (
    <div className="mb-4">
      <Banner tone="info">
        {t("configFile.done")} {t("configFile.summary", countsOf(plan.steps))}{" "}
        {rests && t("configFile.doneRests")}
      </Banner>
    </div>
  );
}
