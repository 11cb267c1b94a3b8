import { PhoneForwarded } from "lucide-react";
import { useState } from "react";
import { callTo, transferCall } from "../../actions/call.ts";
import { useRun } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import type { Talk } from "../../state/talk.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { formatPhone } from "../../ui/phone.ts";
import { StatusDot } from "../../ui/status-dot.tsx";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { type Target, useTargets } from "./use-targets.ts";

/** To whom the other side goes: at once, or after a word with them. */
export function TransferCall({ talk }: { readonly talk: Talk }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  useShortcuts({ "call.transfer": () => setOpen(true) });
  return (
    <>
      <IconButton
        icon={PhoneForwarded}
        label={t("call.transfer")}
        shortcut="call.transfer"
        disabled={talk.isMoving}
        onClick={() => setOpen(true)}
      />
      {isOpen && <Choice talk={talk} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ChoiceProps {
  readonly talk: Talk;
  readonly onClose: () => void;
}

function Choice({ talk, onClose }: ChoiceProps) {
  const t = useT();
  const run = useRun();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const targets = useTargets(query);
  // Nobody is chosen for the agent before a word was typed: Enter must not send a customer anywhere.
  const target = targets.find(({ to }) => to === chosen) ?? (query.trim() === "" ? undefined : targets[0]);
  const go = (how: "now" | "ask") => {
    if (!target) return;
    onClose();
    run((client) => (how === "now" ? transferCall(client, talk.id, target.to) : callTo(client, target.to)));
  };
  const step = (by: number) => {
    const at = targets.findIndex(({ to }) => to === target?.to);
    const next = at < 0 ? (by > 0 ? 0 : targets.length - 1) : at + by;
    setChosen(targets[(next + targets.length) % targets.length]?.to ?? null);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("call.transfer")}
      description={t("call.askHint")}
      footer={
        <>
          <Button disabled={!target} onClick={() => go("ask")}>
            {t("call.askFirst")}
          </Button>
          <Button variant="primary" disabled={!target} onClick={() => go("now")}>
            {t("call.transferNow")}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          go("now");
        }}
      >
        <Field label={t("call.transferTo")}>
          <Input
            value={query}
            placeholder={t("call.search")}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
              event.preventDefault();
              step(event.key === "ArrowDown" ? 1 : -1);
            }}
          />
        </Field>
        <Targets targets={targets} chosen={target?.to ?? null} onChoose={setChosen} />
      </form>
    </Dialog>
  );
}

interface TargetsProps {
  readonly targets: readonly Target[];
  readonly chosen: string | null;
  readonly onChoose: (to: string) => void;
}

function Targets({ targets, chosen, onChoose }: TargetsProps) {
  const t = useT();
  if (targets.length === 0) return <p className="py-4 text-center text-ink-3">{t("call.nobody")}</p>;
  return (
    <div
      role="radiogroup"
      aria-label={t("call.transferTo")}
      className="max-h-60 overflow-y-auto rounded-ui border border-line"
    >
      {targets.map(({ to, name, agent }) => (
        // biome-ignore lint/a11y/useSemanticElements: rows with a face and a state, not round buttons
        <button
          key={to}
          type="button"
          role="radio"
          aria-checked={to === chosen}
          onClick={() => onChoose(to)}
          className={cn(
            "focus-inset flex h-11 w-full items-center gap-3 px-3 text-left",
            to === chosen ? "bg-selected" : "hover:bg-hover",
          )}
        >
          {agent && <Avatar id={to} name={name} size="small" />}
          <span className="min-w-0 flex-1 truncate">
            {agent ? name : t("call.number", { number: formatPhone(name) })}
          </span>
          {agent && <StatusDot state={agent.state} />}
        </button>
      ))}
    </div>
  );
}
