import { asList, asObject, asText, type Json, type JsonObject } from "../../kit/json.ts";
import { invalid } from "./errors.ts";

const MAX_BUTTONS = 3;
const MAX_BUTTON_TITLE = 20;
const MAX_BUTTON_TEXT = 640;
const MAX_ELEMENTS = 10;
const MAX_ELEMENT_TITLE = 80;

/** The two templates a contact centre sends: text with buttons, and cards. */
export function checkTemplate(payload: JsonObject): JsonObject {
  switch (asText(payload["template_type"]) ?? "") {
    case "button":
      checkText(payload["text"], MAX_BUTTON_TEXT, "text");
      checkButtons(payload["buttons"], 1);
      return payload;
    case "generic":
      checkElements(asList(payload["elements"]));
      return payload;
    default:
      throw invalid("param template_type has an unknown value");
  }
}

function checkElements(elements: readonly Json[]): void {
  if (elements.length === 0 || elements.length > MAX_ELEMENTS)
    throw invalid("A template holds 1 to 10 elements");
  for (const element of elements) {
    const card = asObject(element);
    checkText(card["title"], MAX_ELEMENT_TITLE, "title");
    if (card["buttons"] !== undefined) checkButtons(card["buttons"], 1);
  }
}

function checkButtons(value: Json | undefined, least: number): void {
  const buttons = asList(value);
  if (buttons.length < least || buttons.length > MAX_BUTTONS)
    throw invalid("A template holds 1 to 3 buttons");
  for (const entry of buttons) {
    const button = asObject(entry);
    checkText(button["title"], MAX_BUTTON_TITLE, "button title");
    const target = button["type"] === "postback" ? button["payload"] : button["url"];
    if (!asText(target)) throw invalid("A button needs a payload or a url");
  }
}

function checkText(value: Json | undefined, limit: number, name: string): void {
  const text = asText(value) ?? "";
  if (text === "" || text.length > limit)
    throw invalid(`Length of param ${name} must be between 1 and ${limit}`);
}
