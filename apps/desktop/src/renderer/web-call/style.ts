/** Of the shadow tree: the site's own rules do not reach in, and nothing here reaches out. */
export const style = `
:host {
  --tongdai-accent: light-dark(#0f766e, #2dd4bf);
  --on-accent: light-dark(#ffffff, #06201d);
  --surface: light-dark(#ffffff, #1b1d22);
  --ink: light-dark(#17181c, #ececf0);
  --soft: light-dark(#5f616d, #a5a8b3);
  --line: light-dark(#c9cad2, #3a3d46);
  --edge: light-dark(#8b8d97, #787b87);
  --red: light-dark(#c42020, #f87171);
  --on-red: light-dark(#ffffff, #2b0a0a);
  color-scheme: light dark;
  font: 15px/1.45 "Be Vietnam Pro", system-ui, sans-serif;
  color: var(--ink);
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host(:not([inline])) { position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; }
:host([inline]) { display: block; }
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
button { font: inherit; color: inherit; cursor: pointer; border-radius: 8px; min-height: 40px; padding: 8px 14px;
  border: 1px solid var(--edge); background: transparent; }
button:focus-visible { outline: 3px solid var(--tongdai-accent); outline-offset: 2px; }
button[aria-pressed="true"] { background: var(--ink); border-color: var(--ink); color: var(--surface); }
.main { background: var(--tongdai-accent); border-color: transparent; color: var(--on-accent); font-weight: 600; }
.end { background: var(--red); border-color: transparent; color: var(--on-red); font-weight: 600; }
.open { border-radius: 999px; min-height: 48px; padding: 10px 20px; box-shadow: 0 4px 16px rgb(0 0 0 / 0.25); }
.panel { width: 300px; max-width: calc(100vw - 40px); padding: 16px; display: grid; gap: 12px;
  background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
:host(:not([inline])) .panel { box-shadow: 0 8px 32px rgb(0 0 0 / 0.28); }
.head { display: flex; align-items: center; justify-content: space-between; gap: 8px; }
h2 { font-size: 16px; font-weight: 600; }
.close { border: 0; padding: 0; width: 32px; min-height: 32px; font-size: 18px; line-height: 1; color: var(--soft); }
.status { min-height: 44px; }
.time { color: var(--soft); font-variant-numeric: tabular-nums; }
.level { display: grid; gap: 4px; font-size: 13px; color: var(--soft); }
.track { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; }
.bar { height: 100%; background: var(--tongdai-accent); transform-origin: left; transform: scaleX(0); }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.actions > * { flex: 1 0 auto; }
/* In the page it is as wide as its place: one line where there is room. */
:host([inline]) .panel { width: auto; max-width: none; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 20px; }
:host([inline]) .status { flex: 1 1 240px; min-height: 0; }
:host([inline]) .level { flex: 0 1 160px; }
`;
