import { type EmojiPickerListComponents, EmojiPicker as Frimousse } from "frimousse";
import { useLanguage, useT } from "../i18n/index.ts";

/** The library counts rows and columns from nought; ARIA counts from one. */
function countedFromOne<
  P extends { "aria-rowindex"?: number | undefined; "aria-colindex"?: number | undefined },
>(props: P): P {
  const { "aria-rowindex": row, "aria-colindex": column } = props;
  return {
    ...props,
    ...(row === undefined ? {} : { "aria-rowindex": row + 1 }),
    ...(column === undefined ? {} : { "aria-colindex": column + 1 }),
  };
}

const parts: EmojiPickerListComponents = {
  CategoryHeader: ({ category, ...rest }) => (
    <div {...rest} className="bg-raised px-2 pt-2 pb-1 text-small font-medium text-ink-3">
      {category.label}
    </div>
  ),
  Row: ({ children, ...rest }) => (
    <div {...countedFromOne(rest)} className="scroll-my-1 px-1">
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...rest }) => (
    <button
      {...countedFromOne(rest)}
      type="button"
      aria-label={emoji.label}
      className="flex size-8 items-center justify-center rounded-tight text-title data-[active]:bg-hover"
    >
      {emoji.emoji}
    </button>
  ),
};

/** Served by ourselves; a public CDN would be refused by the page's policy and fail offline. */
const emojibaseUrl = () => new URL("emoji", document.baseURI).href;

export default function EmojiPanel({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const t = useT();
  const language = useLanguage();
  return (
    <Frimousse.Root
      columns={9}
      locale={language}
      emojibaseUrl={emojibaseUrl()}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
      className="flex h-80 w-76 flex-col"
    >
      <Frimousse.Search
        // Fetched when it is first opened, it comes after the popover has looked for a box to focus.
        autoFocus
        aria-label={t("common.emojiSearch")}
        placeholder={t("common.emojiSearch")}
        className="mx-2 mt-2 h-8 rounded-ui border border-line-strong bg-surface px-2.5 text-body"
      />
      <Frimousse.Viewport className="relative mt-1 min-h-0 flex-1 outline-none">
        <Frimousse.Loading className="absolute inset-0 flex items-center justify-center text-body text-ink-3">
          {t("common.emojiLoading")}
        </Frimousse.Loading>
        <Frimousse.Empty className="absolute inset-0 flex items-center justify-center text-body text-ink-3">
          {t("common.noResults")}
        </Frimousse.Empty>
        <Frimousse.List components={parts} className="pb-1 select-none" />
      </Frimousse.Viewport>
    </Frimousse.Root>
  );
}
