import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createClient } from "./actions/create-client.ts";
import { desktopBridge } from "./actions/desktop.ts";
import { startClient } from "./actions/start-client.ts";
import { startI18n } from "./i18n/index.ts";
import { browserClock } from "./net/browser-clock.ts";
import { createRest } from "./net/rest.ts";
import { openGatewaySocket } from "./net/socket.ts";
import { browserStorage } from "./net/storage.ts";
import { cookieTokens, desktopTokens } from "./net/tokens.ts";
import { App } from "./shell/app.tsx";
import { setFormatDefaults } from "./ui/format.ts";
import { applyTheme } from "./ui/theme.ts";

/** Fetched when there is telephony, and not before. */
async function loadPhone() {
  const [{ createSipPhone }, { createPhoneAudio }, { createAudioDesk }] = await Promise.all([
    import("./softphone/sip.ts"),
    import("./softphone/audio.ts"),
    import("./softphone/devices.ts"),
  ]);
  const report = (error: unknown) => console.warn(String(error));
  const phone = createSipPhone({
    clock: browserClock,
    audio: createPhoneAudio(report),
    newId: () => crypto.randomUUID(),
    random: Math.random,
    report,
  });
  return { phone, devices: createAudioDesk(browserClock) };
}

async function start(root: HTMLElement): Promise<void> {
  const desktop = desktopBridge();
  const baseUrl = desktop ? (await desktop.getSettings()).gatewayUrl.replace(/\/$/, "") : "";
  const tokens = desktop ? await desktopTokens(desktop) : cookieTokens;
  const client = createClient({
    clock: browserClock,
    storage: browserStorage(),
    rest: createRest({ baseUrl, tokens, clock: browserClock }),
    tokens,
    openSocket: openGatewaySocket({ url: baseUrl || window.location.origin, token: tokens.get }),
    desktop,
    gatewayUrl: baseUrl || window.location.origin,
    loadPhone,
    newId: () => crypto.randomUUID(),
    hash: window.location.hash,
    log: (message) => console.warn(message),
  });
  const { language, theme } = client.store.getState().ui.preferences;
  startI18n({ language });
  setFormatDefaults({ language });
  applyTheme(theme)();
  createRoot(root).render(
    <StrictMode>
      <App client={client} />
    </StrictMode>,
  );
  await startClient(client);
}

const root = document.getElementById("root");
if (import.meta.env.DEV && window.location.hash.startsWith("#catalogue")) void import("./ui/entry.tsx");
else if (root) void start(root);
