import { Search } from "lucide-react";
import { useState } from "react";
import { useT } from "../i18n/index.ts";
import { Section } from "./catalogue-section.tsx";
import { Field } from "./field.tsx";
import { Input, Textarea } from "./input.tsx";
import { Kbd } from "./kbd.tsx";
import { Select } from "./select.tsx";
import { Tabs } from "./tabs.tsx";
import { Checkbox, RadioGroup, Switch } from "./toggles.tsx";

export function CatalogueForms() {
  const t = useT();
  const [text, setText] = useState("Chào chị Lan, em kiểm tra đơn hàng giúp chị ngay ạ.");
  const [priority, setPriority] = useState<"low" | "normal" | "high" | "urgent">("normal");
  const [on, setOn] = useState(true);
  const [tab, setTab] = useState<"mine" | "waiting" | "unread">("mine");
  return (
    <Section title="Form">
      <div className="flex w-full flex-col gap-3">
        <Input
          icon={Search}
          aria-label={t("common.search")}
          placeholder={t("common.searchHint")}
          trailing={<Kbd keys="/" />}
        />
        <Field label={t("auth.email")} hint={t("auth.serverHint")} required>
          <Input defaultValue="lan@example.vn" />
        </Field>
        <Field label={t("customer.phone")} error={t("errors.field.phone")}>
          <Input defaultValue="0901 234" />
        </Field>
        <Field label={t("ticket.priorityLabel")} optional>
          <Select
            value={priority}
            onChange={setPriority}
            options={(["low", "normal", "high", "urgent"] as const).map((value) => ({
              value,
              label: t(`ticket.priority.${value}`),
            }))}
          />
        </Field>
        <Field label={t("wrapUp.note")} hint={t("wrapUp.noteHint")}>
          <Textarea value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <Switch
          checked={on}
          onChange={setOn}
          label={t("settings.sounds.ring")}
          hint={t("settings.sounds.ringDevice")}
        />
        <Checkbox checked={on} onChange={setOn} label={t("auth.remember")} />
        <Checkbox checked="mixed" onChange={setOn} label={t("common.all")} />
        <RadioGroup
          label={t("settings.appearance.theme")}
          orientation="horizontal"
          value={priority}
          onChange={setPriority}
          options={[
            { value: "low", label: t("settings.appearance.light") },
            { value: "normal", label: t("settings.appearance.dark") },
          ]}
        />
        <Tabs
          label={t("inbox.filters.label")}
          value={tab}
          onChange={setTab}
          tabs={[
            { value: "mine", label: t("inbox.filters.mine"), count: 4 },
            { value: "waiting", label: t("inbox.filters.waiting"), count: 128 },
            { value: "unread", label: t("inbox.filters.unread") },
          ]}
        />
      </div>
    </Section>
  );
}
