import {
  ChevronDown,
  Inbox,
  Mic,
  MicOff,
  Moon,
  PanelRight,
  Phone,
  Plus,
  Search,
  Send,
  Sun,
  Ticket,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { type Language, setLanguage, useLanguage, useT } from "../i18n/index.ts";
import { Avatar } from "./avatar.tsx";
import { Badge, Tag } from "./badge.tsx";
import { Button } from "./button.tsx";
import { CatalogueForms } from "./catalogue-forms.tsx";
import { CatalogueLists } from "./catalogue-lists.tsx";
import { Section } from "./catalogue-section.tsx";
import { ChannelIcon } from "./channel-icon.tsx";
import { CommandMenu } from "./command-menu.tsx";
import { AlertDialog } from "./dialog.tsx";
import { EmojiPicker } from "./emoji-picker.tsx";
import { FileChip, ImageThumb } from "./files.tsx";
import { Highlight } from "./highlight.tsx";
import { IconButton } from "./icon-button.tsx";
import { Kbd } from "./kbd.tsx";
import { ContextMenu, DropdownMenu, type MenuEntry } from "./menu.tsx";
import { Popover } from "./popover.tsx";
import { Progress } from "./progress.tsx";
import { SafeText } from "./safe-text-view.tsx";
import { ShortcutSheet } from "./shortcut-sheet.tsx";
import { shortcut, shortcutIds } from "./shortcuts.ts";
import { SkeletonRows } from "./skeleton.tsx";
import { Spinner } from "./spinner.tsx";
import { Banner, EmptyState, ErrorState } from "./states.tsx";
import { StatusDot } from "./status-dot.tsx";
import { applyTheme, type Theme } from "./theme.ts";
import { Countdown, Elapsed, RelativeTime, Ring } from "./time.tsx";
import { Toaster, toast } from "./toast.tsx";
import { TooltipScope } from "./tooltip.tsx";
import { runShortcut, useShortcuts } from "./use-shortcuts.ts";

const minute = 60_000;
const states = ["offline", "available", "busy", "away", "wrap_up"] as const;
const channels = ["voice", "facebook", "zalo", "sms", "email"] as const;
const people = [
  "Nguyễn Thị Lan",
  "Trần Văn Minh",
  "Đỗ Đức",
  "Hà",
  "Công Tằng Tôn Nữ Thị Huyền Trang",
  "+84 901",
];

/** Every component in its states, to look at. */
export function Catalogue() {
  const t = useT();
  const language = useLanguage();
  const [palette, setPalette] = useState(location.hash.includes("palette"));
  const [help, setHelp] = useState(location.hash.includes("help"));
  const [question, setQuestion] = useState(false);
  const [muted, setMuted] = useState(false);
  const [start] = useState(() => Date.now());
  useShortcuts({ palette: () => setPalette(true), help: () => setHelp(true) });
  const theme = (next: Theme) => applyTheme(next);
  const entries: readonly MenuEntry[] = [
    { kind: "title", id: "t", label: t("conversation.label") },
    { id: "r", label: t("shortcuts.reply"), shortcut: "reply", icon: Send, onSelect: () => toast("r") },
    { id: "x", label: t("shortcuts.transfer"), shortcut: "transfer", onSelect: () => toast("x") },
    {
      kind: "menu",
      id: "s",
      label: t("park.park"),
      entries: [{ id: "s1", label: t("park.hour"), onSelect: () => toast("s") }],
    },
    { kind: "line", id: "l" },
    { id: "d", label: t("common.delete"), icon: Trash2, danger: true, onSelect: () => setQuestion(true) },
  ];
  return (
    <TooltipScope>
      <main className="h-full overflow-y-auto p-3">
        <header className="mb-3 flex items-center gap-2">
          <h1 className="flex-1 text-title font-semibold">{t("common.appName")}</h1>
          <Button onClick={() => void setLanguage(language === "vi" ? "en" : ("vi" satisfies Language))}>
            {language}
          </Button>
          <IconButton icon={Sun} label={t("settings.appearance.light")} onClick={() => theme("light")} />
          <IconButton icon={Moon} label={t("settings.appearance.dark")} onClick={() => theme("dark")} />
        </header>
        <div className="columns-3 gap-3">
          <Section title="Button">
            <Button variant="primary" icon={Phone} shortcut="accept">
              {t("offer.accept")}
            </Button>
            <Button>{t("offer.decline")}</Button>
            <Button variant="ghost" icon={Plus}>
              {t("common.add")}
            </Button>
            <Button variant="danger">{t("common.delete")}</Button>
            <Button loading>{t("common.saving")}</Button>
            <Button disabled variant="primary">
              {t("common.save")}
            </Button>
            <Button size="small">{t("common.undo")}</Button>
            <Button size="large" variant="primary" shortcut="offer.accept">
              {t("offer.answer")}
            </Button>
            <IconButton icon={Search} label={t("common.search")} shortcut="search" />
            <IconButton
              icon={muted ? MicOff : Mic}
              label={t("conversation.call.mute")}
              shortcut="call.mute"
              pressed={muted}
              onClick={() => setMuted(!muted)}
            />
            <IconButton
              icon={PanelRight}
              label={t("shortcuts.foldRight")}
              shortcut="pane.right"
              variant="secondary"
              size="small"
            />
          </Section>
          <Section title="Menu, popover, dialog">
            <DropdownMenu
              trigger={<Button icon={ChevronDown}>{t("common.more")}</Button>}
              entries={entries}
            />
            <ContextMenu entries={entries}>
              <div className="rounded-ui bg-sunken px-2 py-1">ContextMenu</div>
            </ContextMenu>
            <Popover label={t("common.details")} trigger={<Button>{t("common.details")}</Button>}>
              {t("agent.missedBody")}
            </Popover>
            <Button onClick={() => setQuestion(true)}>{t("auth.signOut")}</Button>
            <EmojiPicker onPick={(emoji) => toast(emoji)} />
            <Kbd keys="mod+k" /> <Kbd keys="g i" />
            <Button
              onClick={() =>
                toast(t("common.saved"), {
                  tone: "success",
                  detail: t("ticket.saved", { number: "1042" }),
                  action: { label: t("common.undo"), onClick: () => {} },
                })
              }
            >
              Toast
            </Button>
            <Button
              onClick={() =>
                toast(t("errors.title"), { tone: "error", detail: t("errors.code.unavailable") })
              }
            >
              Toast
            </Button>
          </Section>
          <CatalogueForms />
          <Section title="Badge, tag">
            {(["neutral", "accent", "green", "amber", "red", "blue"] as const).map((tone) => (
              <Badge key={tone} tone={tone}>
                {t("ticket.status.pending")}
              </Badge>
            ))}
            <Tag label="VIP" />
            <Tag label="Khách hàng thân thiết của chi nhánh Đà Nẵng" onRemove={() => {}} />
            <Spinner />
            <Progress label={t("common.loading")} value={0.42} className="w-full" />
          </Section>
          <Section title="Avatar, channel, state">
            {people.map((name, index) => (
              <Avatar
                key={name}
                id={name}
                name={name}
                corner={index === 0 ? <StatusDot state="available" /> : undefined}
              />
            ))}
            <div className="flex w-full gap-4">
              {channels.map((channel) => (
                <span key={channel} className="inline-flex items-center gap-1.5 text-small text-ink-2">
                  <ChannelIcon channel={channel} decorative />
                  {t(`common.channel.${channel}`)}
                </span>
              ))}
            </div>
            <div className="flex w-full flex-wrap gap-x-4 gap-y-1">
              {states.map((state) => (
                <span key={state} className="inline-flex items-center gap-1.5 text-small text-ink-2">
                  <StatusDot state={state} decorative />
                  {t(`agent.state.${state}`)}
                </span>
              ))}
            </div>
          </Section>
          <Section title="Time">
            <RelativeTime at={start - 5 * minute} />
            <Elapsed since={start - 134_000} warnAfter={60_000} />
            <Elapsed since={start - 734_000} lateAfter={60_000} />
            <Countdown until={start + 21 * 60 * minute} />
            <Countdown until={start + 95 * minute} />
            <Countdown until={start + 9 * minute} />
            <Countdown until={start - minute} />
            <Ring startsAt={start - 4000} endsAt={start + 16_000} />
            <Ring startsAt={start - 16_000} endsAt={start + 4000} />
          </Section>
          <Section title="Banner">
            <div className="flex w-full flex-col gap-2">
              <Banner
                tone="warning"
                detail={t("common.connection.held", { count: 3 })}
                action={{ label: t("common.connection.retryNow"), onClick: () => {} }}
              >
                {t("common.connection.offlineSince", { time: "14:05" })}
              </Banner>
              <Banner tone="info" onDismiss={() => {}}>
                {t("common.connection.behind")}
              </Banner>
              <Banner tone="danger">{t("settings.channels.tokenDead")}</Banner>
            </div>
          </Section>
          <Section title="Text, files">
            <p className="w-full text-read">
              <SafeText
                text={
                  "Chị xem https://shop.vn/don-hang/1042 hoặc gọi 0901 234 567 nhé. hoadon\u202efdp.exe 👨‍👩‍👧 https://vietcombаnk.com"
                }
                onLink={({ href }) => toast(href)}
              />
            </p>
            <p className="w-full">
              <Highlight text="Đơn hàng của chị Lan, Lân" query="lan don" />
            </p>
            <FileChip
              name="Hoa_don_GTGT_thang_11_Cong_ty_TNHH_Ánh_Dương.pdf"
              bytes={1_240_000}
              type="application/pdf"
              onOpen={() => {}}
              onRemove={() => {}}
            />
            <FileChip name="anh.png" type="image/png" progress={0.6} onRemove={() => {}} />
            <FileChip
              name="phim.mov"
              type="video/quicktime"
              error={t("errors.code.too_large")}
              onRemove={() => {}}
            />
            <ImageThumb
              src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'%3E%3Crect width='4' height='3' fill='%23789'/%3E%3C/svg%3E"
              alt="mẫu"
              width={120}
              height={90}
              onOpen={() => {}}
            />
            <ImageThumb src="missing.png" alt="" width={120} height={90} />
          </Section>
          <Section title="Empty, error, first load">
            <EmptyState
              className="w-full"
              icon={Inbox}
              title={t("inbox.empty.mineTitle")}
              body={t("inbox.empty.mineBody")}
              action={<Button>{t("inbox.empty.mineAction")}</Button>}
            />
            <ErrorState
              className="w-full"
              title={t("inbox.loadFailed")}
              body={t("errors.whatToDo")}
              reference="7F3A-0192"
              onRetry={() => {}}
            />
            <div className="w-full">
              <SkeletonRows count={2} />
            </div>
          </Section>
          <CatalogueLists />
        </div>
        <ShortcutSheet open={help} onOpenChange={setHelp} />
        <CommandMenu
          open={palette}
          onOpenChange={setPalette}
          commands={[
            ...shortcutIds
              .filter((id) => shortcut(id).scope !== "list")
              .map((id) => ({
                id,
                label: t(shortcut(id).labelKey as "shortcuts.palette"),
                group: t(`shortcuts.scope.${shortcut(id).scope}`),
                shortcut: id,
                run: () => void runShortcut(id),
              })),
            { id: "new", label: t("ticket.create"), group: t("ticket.title"), icon: Ticket, run: () => {} },
          ]}
        />
        <AlertDialog
          open={question}
          onOpenChange={setQuestion}
          title={t("auth.signOutTitle")}
          body={t("auth.signOutBody", { count: 2 })}
          confirm={t("auth.signOut")}
          danger
          onConfirm={() => {}}
        />
        <Toaster />
      </main>
    </TooltipScope>
  );
}
