/** Where the file stands -> what it may import (`ok`) and what it may not (`no`). */
export const imports: Record<string, { ok: string[]; no: string[] }> = {
  "packages/shared/src/index.ts": {
    ok: ["./clock.ts", "./contract/commands.ts", "./domain/fold.ts"],
    no: ["./testing/index.ts", "node:fs", "zod/v3"],
  },
  "packages/shared/src/contract/plant.ts": {
    ok: ["zod", "./scalars.ts"],
    no: ["../domain/fold.ts", "node:crypto", "kysely", "@tongdai/gateway"],
  },
  "packages/shared/src/domain/plant.ts": {
    ok: ["zod", "./fold.ts", "../contract/errors.ts", "../clock.ts"],
    no: ["../testing/index.ts", "../index.ts", "node:timers", "react", "../../../../apps/gateway/src/ids.ts"],
  },
  "packages/shared/src/domain/report/plant.ts": {
    ok: ["zod", "./fold.ts", "../zone.ts", "../../contract/errors.ts", "../../clock.ts"],
    no: ["../../testing/index.ts", "../../index.ts", "node:timers", "react"],
  },
  "packages/shared/src/testing/plant.ts": {
    ok: ["./fake-clock.ts", "../clock.ts"],
    no: ["vitest", "node:os"],
  },

  "apps/gateway/src/log.ts": {
    ok: ["pino", "./ids.ts", "@tongdai/shared"],
    no: ["./store/index.ts", "./gateway.ts", "./context.ts", "kysely"],
  },
  "apps/gateway/src/context.ts": {
    ok: ["./store/index.ts", "./channels/channel.ts", "./config.ts"],
    no: ["./features/users/index.ts", "./http/index.ts", "./gateway.ts"],
  },
  "apps/gateway/src/gateway.ts": {
    ok: ["./features/users/index.ts", "./channels/facebook/index.ts", "./http/index.ts", "./store/index.ts"],
    no: ["./features/users/log-in.ts", "./testing/scene.ts", "./main.ts", "kysely", "node:process"],
  },
  "apps/gateway/src/boot.ts": { ok: ["./main.ts", "node:module"], no: ["./gateway.ts", "./config.ts"] },
  "apps/gateway/src/main.ts": {
    ok: ["./gateway.ts", "./config.ts", "./log.ts", "./console/admin.ts"],
    no: ["./features/users/index.ts", "./store/index.ts", "pg"],
  },
  "apps/gateway/src/store/plant.ts": {
    ok: ["kysely", "better-sqlite3", "pg", "./schema.ts", "node:fs", "@tongdai/shared"],
    no: ["../features/users/index.ts", "../context.ts", "../http/index.ts", "fastify", "process"],
  },
  "apps/gateway/src/media/plant.ts": { ok: ["sharp", "node:fs"], no: ["../store/index.ts", "../context.ts"] },
  "apps/gateway/src/presenters/plant.ts": {
    ok: ["../store/schema.ts", "@tongdai/shared"],
    no: ["../features/users/index.ts", "../context.ts"],
  },
  "apps/gateway/src/features/access.ts": {
    ok: ["../context.ts", "../store/sight.ts"],
    no: ["./users/index.ts", "../http/index.ts"],
  },
  "apps/gateway/src/features/users/plant.ts": {
    ok: [
      "../audit/index.ts",
      "../access.ts",
      "../cursor.ts",
      "../../store/people.ts",
      "../../context.ts",
      "./x.ts",
    ],
    no: [
      "../audit/record.ts",
      "./../audit/record.ts",
      "../../http/index.ts",
      "../../realtime/server.ts",
      "../../gateway.ts",
      "../../main.ts",
      "../../channels/facebook/index.ts",
      "../../testing/scene.ts",
      "kysely",
      "kysely/migration",
      "fastify",
      "socket.io",
      "@tongdai/shared/testing",
    ],
  },
  "apps/gateway/src/channels/plant.ts": {
    ok: ["../features/conversations/index.ts", "../store/index.ts", "./channel.ts"],
    no: ["./facebook/index.ts", "../http/index.ts", "../features/conversations/look.ts", "pg"],
  },
  "apps/gateway/src/channels/registry.ts": {
    ok: ["./channel.ts"],
    no: ["./inbound.ts", "../store/index.ts"],
  },
  "apps/gateway/src/channels/facebook/plant.ts": {
    ok: ["../channel.ts", "./graph.ts", "@tongdai/shared", "node:crypto", "zod"],
    no: [
      "../fake/index.ts",
      "../inbound.ts",
      "../../store/index.ts",
      "../../features/users/index.ts",
      "../../ids.ts",
      "better-sqlite3",
      "@tongdai/gateway",
    ],
  },
  "apps/gateway/src/channels/facebook/testing/plant.ts": {
    ok: ["@tongdai/shared/testing", "../graph.ts"],
    no: ["../../../store/index.ts", "../../fake/index.ts"],
  },
  "apps/gateway/src/telephony/plant.ts": {
    ok: ["./edge/exchange.ts", "./edge/leg/index.ts", "./rtpengine/index.ts", "@tongdai/shared"],
    no: ["./edge/leg/cause.ts", "../store/index.ts", "../features/calls/index.ts", "kysely"],
  },
  "apps/gateway/src/telephony/endpoint/plant.ts": {
    ok: ["node:child_process", "werift", "zod"],
    no: ["../provider.ts", "../edge/flow.ts", "@tongdai/shared"],
  },
  "apps/gateway/src/telephony/rtpengine/plant.ts": {
    ok: ["node:dgram", "@tongdai/shared"],
    no: ["../provider.ts", "../edge/flow.ts", "../../store/index.ts"],
  },
  "apps/gateway/src/telephony/edge/message/plant.ts": {
    ok: ["./grammar.ts", "node:buffer"],
    no: ["../flow.ts", "../transaction/index.ts", "@tongdai/shared"],
  },
  "apps/gateway/src/telephony/edge/transaction/plant.ts": {
    ok: ["../message/index.ts", "../flow.ts", "node:crypto", "@tongdai/shared"],
    no: ["../message/parse.ts", "../../../store/index.ts", "../../../channels/channel.ts", "kysely"],
  },
  "apps/gateway/src/telephony/edge/testing/plant.ts": {
    ok: ["@tongdai/shared/testing", "../exchange.ts", "../message/index.ts"],
    no: ["../message/parse.ts", "../../../store/index.ts"],
  },
  "apps/gateway/src/http/plant.ts": {
    ok: ["fastify", "@fastify/cookie", "../features/users/index.ts", "../context.ts"],
    no: ["../features/users/log-in.ts", "../gateway.ts", "../realtime/server.ts", "kysely", "node:process"],
  },
  "apps/gateway/src/realtime/plant.ts": {
    ok: ["socket.io", "../features/users/index.ts", "../store/journal.ts"],
    no: ["../features/users/log-in.ts", "../http/index.ts", "../gateway.ts", "fastify", "process"],
  },
  "apps/gateway/src/console/plant.ts": {
    ok: ["../features/users/index.ts", "../store/index.ts", "../config.ts"],
    no: ["../features/users/log-in.ts", "../http/index.ts", "../gateway.ts", "kysely"],
  },
  "apps/gateway/src/testing/plant.ts": {
    ok: ["@tongdai/shared/testing", "../store/index.ts", "../features/users/index.ts"],
    no: ["../features/users/log-in.ts", "../../../desktop/src/ipc-contract.ts"],
  },

  "apps/desktop/src/ipc-contract.ts": { ok: ["zod"], no: ["./main/ipc.ts", "node:fs", "electron"] },
  "apps/desktop/src/main/plant.ts": {
    ok: ["electron", "node:fs", "../ipc-contract.ts"],
    no: ["../renderer/net/socket.ts", "../preload/bridge.ts", "react"],
  },
  "apps/desktop/src/preload/plant.ts": {
    ok: ["electron", "../ipc-contract.ts", "./bridge.ts"],
    no: ["../main/ipc.ts", "../renderer/ui/cn.ts", "node:fs", "zod"],
  },
  "apps/desktop/src/renderer/plant.tsx": {
    ok: ["./shell/shell.tsx", "react"],
    no: ["../main/ipc.ts", "electron", "node:fs", "socket.io-client", "sip.js"],
  },
  "apps/desktop/src/renderer/i18n/vi/plant.ts": {
    ok: ["../types.ts", "i18next"],
    no: ["../../state/store.ts"],
  },
  "apps/desktop/src/renderer/state/plant.ts": {
    ok: ["./store.ts", "@tongdai/shared", "zustand/vanilla"],
    no: ["../net/socket.ts", "../actions/run.ts", "../ui/cn.ts", "react", "socket.io-client", "node:fs"],
  },
  "apps/desktop/src/renderer/net/plant.ts": {
    ok: ["../state/store.ts", "zod"],
    no: ["socket.io-client", "../actions/run.ts", "../panels/inbox/index.tsx", "react", "electron"],
  },
  "apps/desktop/src/renderer/net/socket.ts": { ok: ["socket.io-client"], no: ["react", "sip.js"] },
  "apps/desktop/src/renderer/softphone/plant.ts": {
    ok: ["./softphone.ts"],
    no: ["sip.js", "../net/socket.ts"],
  },
  "apps/desktop/src/renderer/softphone/sip.ts": { ok: ["sip.js"], no: ["socket.io-client", "react"] },
  "apps/desktop/src/renderer/web-call/plant.ts": {
    ok: ["./state.ts", "../softphone/media.ts"],
    no: ["sip.js", "../net/socket.ts", "../ui/cn.ts"],
  },
  "apps/desktop/src/renderer/web-call/call.ts": { ok: ["sip.js"], no: ["react", "../state/store.ts"] },
  "apps/desktop/src/renderer/ui/plant.tsx": {
    ok: ["react", "radix-ui", "../i18n/index.ts", "./cn.ts"],
    no: ["../state/store.ts", "../net/socket.ts", "../actions/run.ts", "zustand", "socket.io-client"],
  },
  "apps/desktop/src/renderer/actions/plant.ts": {
    ok: ["../net/request.ts", "../state/store.ts", "react", "zustand"],
    no: ["../panels/inbox/index.tsx", "../ui/cn.ts", "../shell/shell.tsx", "socket.io-client"],
  },
  "apps/desktop/src/renderer/panels/plant.ts": {
    ok: ["../actions/client.ts", "../ui/button.tsx", "../state/model.ts"],
    no: ["../net/socket.ts", "../shell/shell.tsx"],
  },
  "apps/desktop/src/renderer/panels/inbox/plant.tsx": {
    ok: ["../panel.ts", "../../actions/run.ts", "../../state/selectors.ts", "../../ui/button.tsx", "./x.tsx"],
    no: [
      "../conversation/index.tsx",
      "../../net/request.ts",
      "../../shell/shell.tsx",
      "../../../main/ipc.ts",
      "socket.io-client",
      "electron",
      "@tongdai/gateway",
    ],
  },
  "apps/desktop/src/renderer/shell/plant.tsx": {
    ok: ["../panels/inbox/index.ts", "../actions/client.ts", "../ui/cn.ts"],
    no: ["../net/socket.ts", "../panels/inbox/inbox-row.tsx", "../../main/ipc.ts"],
  },

  "tests/simulators/facebook/plant.test.ts": {
    ok: ["node:http", "./simulator.ts"],
    no: [
      "@tongdai/shared",
      "../../../apps/gateway/src/channels/facebook/parse.ts",
      "../../../packages/shared/src/index.ts",
    ],
  },
  "scripts/plant.ts": {
    ok: ["node:fs", "./lib/paths.ts"],
    no: ["@tongdai/gateway", "../apps/gateway/src/gateway.ts"],
  },
  "scripts/bootstrap.mjs": { ok: ["node:fs"], no: ["./lib/paths.ts", "zod"] },
};

const lines = (n: number, line: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => line(i)).join("\n");

/** Rule -> file and offence. */
export const offences: Record<string, [file: string, text: string]> = {
  "style/noProcessEnv": ["apps/gateway/src/features/users/env.ts", "export const port = process.env.PORT;"],
  "style/noExcessiveLinesPerFile": [
    "apps/gateway/src/store/long.ts",
    lines(401, (i) => `export const line${i} = ${i};`),
  ],
  "complexity/noExcessiveLinesPerFunction": [
    "apps/gateway/src/store/tall.ts",
    `export function tall(x: number[]): void {\n${lines(121, (i) => `  x.push(${i});`)}\n}`,
  ],
  "complexity/useMaxParams": [
    "apps/gateway/src/store/wide.ts",
    "export const wide = (a: number, b: number, c: number, d: number, e: number, f: number) => a + b + c + d + e + f;",
  ],
  "complexity/noExcessiveCognitiveComplexity": [
    "apps/gateway/src/store/deep.ts",
    `export function deep(n: number): number {\n${lines(8, (i) => `${"  ".repeat(i)}if (n > ${i}) {`)}\nreturn 1;\n${"}".repeat(8)}\nreturn 0;\n}`,
  ],
  "suspicious/noImportCycles": [
    "apps/gateway/src/store/circle.ts",
    'import { square } from "./square.ts";\nexport const circle = () => square;',
  ],
  "correctness/noUndeclaredDependencies": [
    "apps/gateway/src/store/stranger.ts",
    'import left from "left-pad";\nexport const stranger = left;',
  ],
  "typescript(no-floating-promises)": [
    "apps/gateway/src/store/floating.ts",
    "export function start(work: () => Promise<void>): void {\n  work();\n}",
  ],
  "typescript(consistent-type-imports)": [
    "apps/gateway/src/store/inline.ts",
    'export type Inline = import("../features/users/index.ts").Handlers;',
  ],
  "typescript(no-explicit-any)": [
    "apps/gateway/src/store/any.ts",
    "export const any = (x: any): unknown => x;",
  ],
};
