import { PanelLeft, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useT } from "../i18n/index.ts";
import { Avatar } from "./avatar.tsx";
import { Badge } from "./badge.tsx";
import { Section } from "./catalogue-section.tsx";
import { ChannelIcon, type ChannelKind } from "./channel-icon.tsx";
import { cn } from "./cn.ts";
import { IconButton } from "./icon-button.tsx";
import { SplitPane, type SplitPaneHandle } from "./split-pane.tsx";
import { Elapsed } from "./time.tsx";
import { VirtualList } from "./virtual-list.tsx";

const kinds: readonly ChannelKind[] = ["voice", "facebook", "zalo", "sms", "email"];
const names = ["Nguyễn Thị Lan", "Trần Minh", "Công Tằng Tôn Nữ Thị Huyền Trang", "Hà", "Đỗ Đức"];

interface Row {
  readonly id: string;
  readonly name: string;
  readonly channel: ChannelKind;
  readonly since: number;
}

const rowOf = (n: number, now: number): Row => ({
  id: `r${n}`,
  name: `${names[n % names.length]}`,
  channel: kinds[n % kinds.length] ?? "sms",
  since: now - n * 37_000,
});

export function CatalogueLists() {
  const t = useT();
  const [rows, setRows] = useState(() => Array.from({ length: 500 }, (_, n) => rowOf(n, Date.now())));
  const [selected, setSelected] = useState<string | null>("r1");
  const split = useRef<SplitPaneHandle>(null);
  const list = (
    <VirtualList
      items={rows}
      getKey={(row) => row.id}
      rowHeight={56}
      label={t("inbox.list")}
      selectedKey={selected}
      onSelect={setSelected}
      renderRow={(row, { selected: chosen }) => (
        <div className={cn("flex h-14 items-center gap-3 px-3", chosen ? "bg-selected" : "hover:bg-hover")}>
          <Avatar id={row.id} name={row.name} corner={<ChannelIcon channel={row.channel} size={14} />} />
          <div className="min-w-0 flex-1">
            <div className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">{row.name}</span>
              <Elapsed
                since={row.since}
                warnAfter={120_000}
                lateAfter={600_000}
                className="text-small text-ink-3"
              />
            </div>
            <div className="truncate text-small text-ink-3">Đơn hàng 1042 của em tới đâu rồi ạ</div>
          </div>
        </div>
      )}
    />
  );
  return (
    <Section title="List, panes">
      <IconButton
        icon={PanelLeft}
        label={t("shortcuts.foldLeft")}
        onClick={() => split.current?.toggle("list")}
      />
      <IconButton
        icon={Plus}
        label={t("common.add")}
        onClick={() => setRows((now) => [rowOf(now.length + 1000, Date.now()), ...now])}
      />
      <div className="h-72 w-full overflow-hidden rounded-ui shadow-[0_0_0_1px_var(--line)]">
        <SplitPane
          ref={split}
          panes={[
            { id: "list", label: t("inbox.list"), width: 240, minWidth: 180, foldable: true, content: list },
            {
              id: "middle",
              label: t("conversation.label"),
              minWidth: 80,
              content: (
                <div className="p-3">
                  <Badge tone="blue">{selected}</Badge>
                </div>
              ),
            },
          ]}
        />
      </div>
    </Section>
  );
}
