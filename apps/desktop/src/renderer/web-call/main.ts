import { browserClock } from "../net/browser-clock.ts";
import { browserParts, widgetWith } from "./element.ts";

/**
 * The script that a web site embeds, `/web-call/widget.js`. With `data-number` on its tag it puts a call button into the corner of
 * the page; without, the page places `<tongdai-call>` itself.
 */
const NAME = "tongdai-call";
const tag = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;
const gateway = tag ? new URL(tag.src).origin : location.origin;

class TongdaiCall extends widgetWith(browserParts(browserClock)) {
  override connectedCallback(): void {
    // Whoever serves the script takes the calls, unless the page says otherwise.
    if (!this.hasAttribute("gateway")) this.setAttribute("gateway", gateway);
    super.connectedCallback();
  }
}

// A page may have loaded it twice.
if (!customElements.get(NAME)) customElements.define(NAME, TongdaiCall);

if (tag?.dataset["number"] !== undefined) {
  const { number, statement, lang, theme } = tag.dataset;
  const element = document.createElement(NAME);
  for (const [name, value] of Object.entries({ number, statement, lang, theme }))
    if (value !== undefined) element.setAttribute(name, value);
  const place = (): void => document.body.append(element);
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
}
